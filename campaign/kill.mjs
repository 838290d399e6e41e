// Kills the program, its bash, or both hard at random moments of a run, goes on, and counts what must never happen.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createExampleWorkspace } from "./example-workspace.mjs";
import { createShapedWorkspace, shapes } from "./plans.mjs";
import { compare, createScene, createTally, iplan, journal, observe, runToEnd, startProgram } from "./scene.mjs";
import { createRandom } from "./seeded.mjs";

/** Every kind of plan a campaign can kill. */
export const kinds = [...Object.keys(shapes), "example"];

/** What is killed: the program, bash (the block or its keeper), or all of it as at a reboot. */
const victims = ["tool", "tool", "block", "keeper", "both", "both"];

function createWorkspace(kind, folder, random) {
  return kind === "example"
    ? createExampleWorkspace(join(folder, "workspace"))
    : createShapedWorkspace(kind, folder, random);
}

/**
 * Runs plans of the kinds in turn, each killed `perPlan` times at most and then run to its end, until `kills` kills fell. Several
 * worlds run side by side. Gives the counts of what was lost, repeated, falsely verified or damaged, and a line for each case.
 */
export async function killCampaign({
  kind,
  kills,
  seed,
  perPlan = 4,
  worlds = 2,
  keep = false,
  say = () => undefined,
  isStopped = () => false,
}) {
  const tally = { ...createTally(), killed: { tool: 0, block: 0, keeper: 0, both: 0 }, kinds: {} };
  const home = mkdtempSync(join(realpathSync(tmpdir()), "iplan-kill-"));
  const chosen = kind === "all" ? Object.keys(shapes) : [kind].flat();
  const durations = new Map();
  const work = async () => {
    while (tally.faults < kills && !isStopped()) {
      const number = ++tally.plans;
      const shape = chosen[number % chosen.length];
      const folder = join(home, `plan-${number}`);
      mkdirSync(folder);
      const random = createRandom(seed * 1000 + number);
      const report = (what, detail) => {
        tally[what] += 1;
        tally.cases.push(`${what}: ${shape} plan ${number} (seed ${seed}): ${detail}`);
      };
      const scene = await createScene(createWorkspace(shape, folder, random), folder);
      if (!durations.has(shape))
        durations.set(shape, await measure(shape, `${folder}-measured`, random, tally, report));
      for (let left = perPlan; left > 0 && tally.faults < kills; left--) {
        const before = observe(scene);
        const killed = await runAndKill(scene, random, durations.get(shape));
        compare(scene, before, report);
        if (killed === undefined) break;
        tally.faults += 1;
        tally.killed[killed] += 1;
        tally.kinds[shape] = (tally.kinds[shape] ?? 0) + 1;
      }
      say(`${tally.faults}/${kills}: plan ${number}, ${shape}, ${observe(scene).verified.size} steps verified`);
      await runToEnd(scene, tally, report);
      if (!keep) rmSync(folder, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: Math.min(worlds, kills) }, work));
  if (!keep) rmSync(home, { recursive: true, force: true });
  return { ...tally, seed, kind, home };
}

/** How long one run takes that nobody kills, in milliseconds. */
async function measure(shape, folder, random, tally, report) {
  mkdirSync(folder);
  const scene = await createScene(createWorkspace(shape, folder, random), folder);
  const began = performance.now();
  await iplan(scene, ["run", scene.plan]);
  const duration = performance.now() - began;
  await runToEnd(scene, tally, report);
  rmSync(folder, { recursive: true, force: true });
  return duration;
}

/** Starts the run and kills at a random moment. Gives who was killed; undefined when the run had ended before. */
async function runAndKill(scene, random, duration) {
  const left = 1 - observe(scene).verified.size / (scene.expected.length + 1);
  const victim = victims[random.between(0, victims.length - 1)];
  const { child, ended } = startProgram(scene, ["run", scene.plan]);
  const moment = random.next() * duration * left;
  let hit = false;
  const timers = [setTimeout(() => (hit = strike(victim, child, scene)), moment)];
  if (scene.edit !== undefined) timers.push(setTimeout(scene.edit, random.next() * moment));
  const { signal } = await ended;
  for (const timer of timers) clearTimeout(timer);
  if (victim === "tool" || victim === "both") return signal === "SIGKILL" ? victim : undefined;
  return hit ? victim : undefined;
}

/** Kills the victim with everything that belongs to it; true when something was there to kill. */
function strike(victim, child, scene) {
  if (child.exitCode !== null || child.signalCode !== null) return false;
  const keepers = childrenOf(child.pid);
  const blocks = keepers.flatMap(childrenOf);
  if (victim === "keeper") return keepers.map((pid) => kill(pid)).some(Boolean);
  if (victim === "block") return killBlock(scene);
  const killed = kill(child.pid);
  if (victim === "both") {
    for (const pid of keepers) kill(pid);
    for (const pid of blocks) for (const each of [-pid, pid]) kill(each);
    killBlock(scene);
  }
  return killed;
}

/** Kills the block that this campaign's own run started last, with its group, if it has no end yet. */
function killBlock(scene) {
  const last = journal(scene).findLast((event) => event.type === "block-running" || event.type === "block-ended");
  if (last?.type !== "block-running" || startOf(last.pid) !== last.processStart.split("@")[0]) return false;
  return kill(-last.pid);
}

function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    // It ended by itself meanwhile.
    return false;
  }
}

function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
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
