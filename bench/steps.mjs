import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./build.mjs";

const rounds = 9;
const count = 100;

/** Milliseconds a command takes; throws when it fails. */
function time(command, args) {
  const began = performance.now();
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return performance.now() - began;
}

/** Milliseconds the driver takes; making and removing its directory does not count. */
function timeDriver(driver, blocks, ...more) {
  const root = mkdtempSync(join(tmpdir(), "iplan-bench-"));
  try {
    return time(process.execPath, [driver, root, String(blocks), ...more]);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** What is compared, each measured once a round, so that a busy machine is busy for all of them. */
function subjects(driver) {
  return {
    [`${count} bare \`bash -c x=1\` from a shell`]: () =>
      time("bash", ["-c", `for ((i = 0; i < ${count}; i++)); do bash -c x=1; done`]),
    "an empty `node`": () => time(process.execPath, ["-e", "0"]),
    "`node`, a session, no block": () => timeDriver(driver, 0),
    [`\`node\`, a session, ${count} blocks \`x=1\``]: () => timeDriver(driver, count),
    "the same with two synced journal lines a block": () => timeDriver(driver, count, "sync"),
  };
}

/** The shell room alone: trivial blocks against bare shells. */
export async function run() {
  const folder = await bundle({ steps: "bench/steps-driver.ts" });
  const measured = Object.entries(subjects(fileURLToPath(new URL("steps.mjs", folder)))).map(([what, measure]) => ({
    what,
    measure,
    times: [],
  }));
  for (let round = 0; round < rounds; round += 1) for (const { measure, times } of measured) times.push(measure());
  const bare = measured[0].times;
  const rows = measured.map(({ what, times }) => ({
    what,
    ms: median(times).toFixed(0),
    "times bare bash": median(times.map((each, round) => each / bare[round])).toFixed(2),
  }));
  return {
    title: "Trivial steps: the shell session",
    rows,
    notes: `Median of ${rounds} rounds; ratios are taken within a round.`,
  };
}
