// Kills the program hard at random moments of a run, resumes it, and counts what must never happen.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createExampleWorkspace } from "./example-workspace.mjs";
import { createRandom } from "./seeded.mjs";
import { createSyntheticWorkspace } from "./synthetic-workspace.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const program = resolve(process.env.IPLAN_PROGRAM ?? join(here, "../dist/iplan.js"));

const makers = { synthetic: createSyntheticWorkspace, example: createExampleWorkspace };

/**
 * Runs plans of a kind again and again, each killed `perPlan` times at most and then run to its end, until `kills` kills fell. Gives
 * the counts of what was lost, repeated, falsely verified or damaged, and a line for each case.
 */
export async function killCampaign({
  kind = "synthetic",
  kills,
  seed,
  perPlan = 4,
  keep = false,
  say = () => undefined,
}) {
  const random = createRandom(seed);
  const counts = { kills: 0, blocks: 0, plans: 0, lost: 0, repeated: 0, falsely: 0, damaged: 0, unfinished: 0 };
  const cases = [];
  const home = mkdtempSync(join(realpathSync(tmpdir()), "iplan-kill-"));
  let duration = 0;
  while (counts.kills < kills) {
    const folder = join(home, `plan-${++counts.plans}`);
    mkdirSync(folder);
    const scene = createScene(makers[kind](join(folder, "workspace"), random), folder);
    const report = (what, detail) => {
      counts[what] += 1;
      cases.push(`${what}: plan ${counts.plans} (seed ${seed}), kill ${counts.kills}: ${detail}`);
    };
    if (duration === 0) duration = await measure(kind, home, random, report);
    const limit = Math.min(perPlan, kills - counts.kills);
    for (let left = limit; left > 0; left--) {
      const before = observe(scene);
      const killed = await runAndKill(scene, random, duration);
      if (!killed.tool) break;
      if (killed.block) counts.blocks += 1;
      counts.kills += 1;
      compare(scene, before, report);
      say(`${counts.kills}/${kills}: ${[...observe(scene).verified].length} steps verified`);
    }
    const before = observe(scene);
    const end = runToEnd(scene);
    compare(scene, before, report);
    if (!scene.accepts.includes(end.status))
      report("unfinished", `exit ${end.status ?? end.signal}\n${end.stdout}${end.stderr}`);
    const missing = scene.expected.filter((key) => !observe(scene).verified.has(key));
    if (missing.length > 0) report("unfinished", `${missing.join(", ")} not verified at the end`);
    if (!keep) rmSync(folder, { recursive: true, force: true });
  }
  if (!keep) rmSync(home, { recursive: true, force: true });
  return { ...counts, cases, seed, kind, home };
}

/** A workspace with its own trust and key, approved. */
function createScene(workspace, folder) {
  const { CLAUDECODE: _1, GEMINI_CLI: _2, CODEX_SANDBOX: _3, CURSOR_AGENT: _4, OPENCODE: _5, ...rest } = process.env;
  const environment = { ...rest, XDG_STATE_HOME: join(folder, "state"), NO_COLOR: "1" };
  mkdirSync(environment.XDG_STATE_HOME, { recursive: true });
  const scene = { accepts: [0], ...workspace, environment, original: readFileSync(workspace.document, "utf8") };
  const shown = iplan(scene, ["trust", scene.plan, "--json"]);
  // Exit status 5 says that approval is wanted, which comes next.
  if (shown.status !== 0 && shown.status !== 5)
    throw new Error(`the plan cannot be shown (exit ${shown.status})\n${shown.stdout}${shown.stderr}`);
  const trust = JSON.parse(shown.stdout);
  const approved = iplan(scene, ["trust", scene.plan, `--approve=${trust.data.sha256}`]);
  if (approved.status !== 0) throw new Error(`the plan could not be approved\n${approved.stdout}${approved.stderr}`);
  return scene;
}

function iplan(scene, args) {
  const options = { cwd: scene.directory, env: scene.environment, encoding: "utf8", maxBuffer: 64 << 20 };
  return spawnSync(process.execPath, [program, ...args], options);
}

function runToEnd(scene) {
  return iplan(scene, ["run", scene.plan]);
}

/** How long one run takes that nobody kills, in milliseconds. */
async function measure(kind, home, random, report) {
  const folder = join(home, "measured");
  mkdirSync(folder);
  const scene = createScene(makers[kind](join(folder, "workspace"), random), folder);
  const began = performance.now();
  const end = runToEnd(scene);
  if (!scene.accepts.includes(end.status))
    report("unfinished", `without a kill: exit ${end.status ?? end.signal}\n${end.stdout}${end.stderr}`);
  return performance.now() - began;
}

/** Starts the run and kills it at a random moment; sometimes the block that runs goes with it. Tells which of the two were killed. */
async function runAndKill(scene, random, duration) {
  const left = 1 - observe(scene).verified.size / (scene.expected.length + 1);
  const moment = random.next() * duration * left;
  const blockToo = random.chance(0.9) && !scene.stateful;
  const child = spawn(process.execPath, [program, "run", scene.plan], {
    cwd: scene.directory,
    env: scene.environment,
    stdio: "ignore",
  });
  const begun = blocksBegun(scene) + random.between(1, 5);
  // Why: blocks are short; to die with its block the tool is killed as soon as a chosen one has begun.
  const aimed = blockToo && setInterval(() => blocksBegun(scene) >= begun && child.kill("SIGKILL"), 3);
  const timer = blockToo ? undefined : setTimeout(() => child.kill("SIGKILL"), moment);
  const signal = await new Promise((ended) => child.on("exit", (_code, name) => ended(name)));
  clearTimeout(timer);
  clearInterval(aimed);
  const tool = signal === "SIGKILL";
  return { tool, block: tool && blockToo && killBlock(scene) };
}

function blocksBegun(scene) {
  return journal(scene).filter((event) => event.type === "block-running").length;
}

/** Why: after a reboot the block is gone too. Only the block this campaign's own run started last, if it has no end yet. */
function killBlock(scene) {
  const last = journal(scene).findLast((event) => event.type === "block-running" || event.type === "block-ended");
  if (last?.type !== "block-running" || startOf(last.pid) !== last.processStart.split("@")[0]) return false;
  try {
    process.kill(-last.pid, "SIGKILL");
    return true;
  } catch {
    // It ended by itself meanwhile.
    return false;
  }
}

/** The start time of a process in clock ticks, the first part of what the journal writes; undefined when it cannot be told. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

/** Events of all runs in order; a torn last line is no event, any other unreadable one is damage. */
function journal(scene) {
  const folder = join(scene.directory, ".iplan/runs");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".ndjson"));
  return names.toSorted().flatMap((name) => lines(join(folder, name)).map((line) => JSON.parse(line)));
}

function lines(path) {
  return readFileSync(path, "utf8").split("\n").slice(0, -1);
}

/** What stands at this moment: verified steps by the journal, and how often each action ran. */
function observe(scene) {
  const verdicts = new Map();
  for (const event of journal(scene)) {
    if (event.type === "verdict" && event.kind === "step") verdicts.set(event.unit, event.verdict);
  }
  const verified = new Set([...verdicts].filter(([, verdict]) => verdict === "verified").map(([unit]) => unit));
  return { verified, effects: scene.effects() };
}

function compare(scene, before, report) {
  const now = observe(scene);
  for (const unit of before.verified) {
    if (!now.verified.has(unit)) report("lost", unit);
    if (now.effects.get(unit) !== before.effects.get(unit)) {
      report("repeated", `${unit}: ${before.effects.get(unit)} became ${now.effects.get(unit)}`);
    }
  }
  for (const unit of scene.falseOf(now.verified)) report("falsely", unit);
  for (const problem of damageOf(scene, now)) report("damaged", problem);
}

/** What is wrong with the document and its receipt: anything but the places the program may write. */
function damageOf(scene, now) {
  const problems = [];
  const text = readFileSync(scene.document, "utf8");
  if (neutral(text) !== neutral(scene.original)) problems.push("the document changed where nothing may");
  const receipt = `${scene.document}.receipt.ndjson`;
  if (!existsSync(receipt)) return problems;
  const raw = readFileSync(receipt, "utf8");
  if (!raw.endsWith("\n")) problems.push("the receipt ends in half a line");
  for (const line of lines(receipt)) {
    try {
      const { kind, unit, verdict } = JSON.parse(line);
      if (kind === "step" && verdict === "verified" && !now.verified.has(unit))
        problems.push(`the receipt calls ${unit} verified`);
    } catch {
      problems.push(`the receipt holds a line that is no JSON: ${line.slice(0, 60)}`);
    }
  }
  return problems;
}

/** The document without what the program may write: boxes, statuses, dates, effort, the resume marker. */
function neutral(text) {
  return text
    .split("\n")
    .filter((line) => !line.includes("RESUME HERE"))
    .map((line) =>
      line
        .replace(/^(\s*- )\[[ xX]\]/, "$1[ ]")
        .replace(/^(\| \*\*(?:Status|Last Updated|Actual Effort)\*\* \|).*$/, "$1")
        .replace(/^(### Phase .*?)(?: - [A-Z ]+.*)?$/, "$1"),
    )
    .join("\n");
}

/** Prints what a campaign found; true when nothing happened that must not. */
export function tellCampaign(result, say) {
  const forbidden = ["lost", "repeated", "falsely", "damaged", "unfinished"];
  const names = {
    lost: "verified steps lost",
    repeated: "verified steps repeated",
    falsely: "falsely verified",
    damaged: "documents damaged",
    unfinished: "runs that did not end as they must",
  };
  say(
    `\n${result.kind} plans, seed ${result.seed}: ${result.kills} kills over ${result.plans} plans, the running block killed too in ${result.blocks}`,
  );
  for (const name of forbidden) say(`  ${names[name].padEnd(36)} ${String(result[name]).padStart(5)}`);
  for (const each of result.cases) say(`  ${each}`);
  return forbidden.every((name) => result[name] === 0);
}
