#!/usr/bin/env node
// Long fault runs over the built program. `npm run campaign -- --kills 200 --seed 7` kills; `--faults nth` (clock, full, readonly)
// makes calls to the system fail; `--races 1000` lets processes take the same units; `--reports 500` reads reports of so many
// megabytes; `--properties 10000` tries each property of reading, graph, findings and fixes with so many cases. CI runs a small
// seeded sample of each.
import { parseArgs } from "node:util";
import { canMount, faultCampaign, faultKinds } from "./faults.mjs";
import { readHugeReports } from "./huge-reports.mjs";
import { killCampaign, kinds } from "./kill.mjs";
import { leaseCampaign } from "./leases.mjs";
import { propertyCampaign } from "./properties.mjs";
import { tellTally } from "./scene.mjs";

const { values } = parseArgs({
  options: {
    kills: { type: "string" },
    kind: { type: "string", multiple: true, default: ["all"] },
    faults: { type: "string", multiple: true, default: [] },
    share: { type: "string", default: "1" },
    rounds: { type: "string", default: "12" },
    races: { type: "string", default: "0" },
    reports: { type: "string", default: "0" },
    properties: { type: "string", default: "0" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    worlds: { type: "string", default: "2" },
    "per-plan": { type: "string", default: "6" },
    keep: { type: "boolean", default: false },
  },
});

const say = (text) => process.stdout.write(`${text}\n`);
const seed = Number(values.seed);
const worlds = Number(values.worlds);
let clean = true;
let stopped = false;
const isStopped = () => stopped;
// Why: what was counted so far is worth telling; the plans that run are brought to their end first.
process.once("SIGINT", () => (stopped = true));

const listed = (counts) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");

async function kill(kind, kills) {
  if (kind !== "all" && !kinds.includes(kind)) throw new Error(`--kind is all or one of ${kinds.join(", ")}`);
  const began = Date.now();
  const result = await killCampaign({
    kind,
    kills,
    seed,
    worlds,
    perPlan: Number(values["per-plan"]),
    keep: values.keep,
    say,
    isStopped,
  });
  const seconds = Math.round((Date.now() - began) / 1000);
  const title = `kill -9, seed ${seed}: ${result.faults} kills over ${result.plans} plans in ${seconds} s`;
  clean =
    tellTally(`${title}\n  killed: ${listed(result.killed)}\n  plans: ${listed(result.kinds)}`, result, say) && clean;
}

async function fault(kind) {
  if (!faultKinds.includes(kind)) throw new Error(`--faults is one of ${faultKinds.join(", ")}`);
  if (kind === "full" && !canMount()) {
    say("\nfull: a small file system cannot be mounted here; `--faults nth` lets every write fail with ENOSPC instead");
    return;
  }
  const rounds = Number(values.rounds);
  const result = await faultCampaign({ kind, seed, share: Number(values.share), rounds, worlds, say, isStopped });
  const title = `${kind}, seed ${seed}: ${result.faults} of ${result.of} faulty runs, ${result.stopped} of them stopped by the fault`;
  clean = tellTally(title, result, say) && clean;
}

async function race(races) {
  const { processes, taken, missed, shared } = await leaseCampaign({ races });
  say(`\nleases: ${processes} processes took ${taken} units, and came second ${missed} times; shared: ${shared}`);
  clean = shared === 0 && clean;
}

function readHuge(megabytes) {
  const began = Date.now();
  const { status, reports = [], stderr } = readHugeReports({ megabytes, heap: 128 });
  const whole = reports.filter(({ complete }) => complete).length;
  say(
    `\nreports: ${whole} of 3 of ${megabytes} MB each read to their end under a heap of 128 MB in ${Math.round((Date.now() - began) / 1000)} s`,
  );
  if (whole < 3) say(`  exit ${status}: ${stderr.slice(0, 400)}`);
  clean = whole === 3 && clean;
}

const long = [values.races, values.reports, values.properties].map(Number);
const asked = values.faults.length > 0 || long.some((count) => count > 0);
const kills = values.kills ?? (asked ? "0" : "50");
if (Number(kills) > 0) for (const kind of values.kind) await kill(kind, Number(kills));
for (const kind of values.faults) await fault(kind);
if (Number(values.races) > 0) await race(Number(values.races));
if (Number(values.reports) > 0) readHuge(Number(values.reports));
if (Number(values.properties) > 0) clean = propertyCampaign({ runs: Number(values.properties) }) && clean;
process.exitCode = clean ? 0 : 1;
