// Makes the real program fail at every write, sync, rename and spawn of a run, on a full disk, in a read-only directory and under a
// clock that is set back; then goes on without faults, and counts what must never happen.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createShapedWorkspace } from "./plans.mjs";
import { compare, createScene, createTally, iplan, observe, runToEnd, startProgram } from "./scene.mjs";
import { createRandom } from "./seeded.mjs";

const preload = new URL("./preload.mjs", import.meta.url).href;
const calls = ["write", "sync", "rename", "spawn"];

/** What is done at the Nth call: it fails once, it and all after it fail, or the program is killed there. */
export const modes = ["once", "on", "kill"];

/** How a plan is made and its faults are set; each gives the environments under which a run is made, one plan for each. */
const families = {
  async nth({ home, seed, share, random }) {
    const counts = await countCalls(home, seed);
    const all = calls.flatMap((call) =>
      modes.flatMap((mode) => Array.from({ length: counts[call] }, (_, index) => ({ call, mode, nth: index + 1 }))),
    );
    // Why: in a random order, so that a run that is stopped early has seen something of everything.
    return all
      .map((each) => ({ each, place: random.next() }))
      .toSorted((one, other) => one.place - other.place)
      .slice(0, Math.ceil(all.length * share))
      .map(({ each }) => each)
      .map(({ call, mode, nth }) => ({
        name: `${mode === "kill" ? "killed at" : "failing"} ${call} ${nth}${mode === "on" ? " and all after" : ""}`,
        environment: () => ({
          FAULT_CALL: call,
          FAULT_NTH: String(nth),
          FAULT_MODE: mode,
          FAULT_CODE: mode === "on" ? "ENOSPC" : "EIO",
        }),
      }));
  },
  clock({ rounds }) {
    const jumps = [1, 1000, 3_600_000, 86_400_000 * 400];
    return Array.from({ length: rounds }, (_, index) => ({
      name: `clock set back by ${jumps[index % jumps.length]} ms again and again`,
      environment: () => ({ FAULT_CLOCK: String(jumps[index % jumps.length]) }),
      kill: true,
    }));
  },
  readonly({ rounds }) {
    const places = {
      "the state": (scene) => join(scene.directory, ".iplan"),
      "the journals": (scene) => join(scene.directory, ".iplan/runs"),
      "the evidence": (scene) => join(scene.directory, ".iplan/evidence"),
      "the documents": (scene) => join(scene.directory, "docs"),
      "the user's state": (scene) => scene.environment.XDG_STATE_HOME,
      everything: (scene) => join(scene.directory, ".."),
    };
    const all = Object.entries(places);
    return Array.from({ length: rounds }, (_, index) => {
      const [name, place] = all[index % all.length];
      return {
        name: `${name} read-only`,
        environment: (scene) => ({
          FAULT_UNDER: realpathSync(existsSync(place(scene)) ? place(scene) : scene.directory),
          FAULT_CODE: "EROFS",
        }),
        killFirst: index >= all.length,
      };
    });
  },
  full({ rounds }) {
    return Array.from({ length: rounds }, (_, index) => ({ name: `disk full, round ${index + 1}`, full: true }));
  },
};

/** Names of everything that can be made to fail. */
export const faultKinds = Object.keys(families);

/** Counts the calls of a run that nothing fails. */
async function countCalls(home, seed) {
  const folder = join(home, "counted");
  mkdirSync(folder);
  const scene = await createScene(createShapedWorkspace("tiny", folder, createRandom(seed)), folder);
  const path = join(folder, "counts.json");
  await iplan(scene, ["run", scene.plan], { preload, environment: { FAULT_COUNTS: path } });
  const counts = JSON.parse(readFileSync(path, "utf8"));
  rmSync(folder, { recursive: true });
  return counts;
}

/** Runs one family of faults; `share` of the Nth calls, or so many `rounds`. */
export async function faultCampaign({
  kind,
  seed,
  share = 1,
  rounds = 12,
  worlds = 2,
  say = () => undefined,
  isStopped = () => false,
}) {
  const home = mkdtempSync(join(realpathSync(tmpdir()), "iplan-fault-"));
  const tally = { ...createTally(), stopped: 0 };
  const random = createRandom(seed);
  const faults = await families[kind]({ home, seed, share, rounds, random });
  let next = 0;
  const work = async () => {
    for (let index = next++; index < faults.length && !isStopped(); index = next++) {
      const fault = faults[index];
      const folder = join(home, `plan-${index}`);
      mkdirSync(folder);
      const report = (what, detail) => {
        tally[what] += 1;
        tally.cases.push(`${what}: ${fault.name} (seed ${seed}): ${detail}`);
      };
      // Why: the same plan for every N, so that N names the same call; else one of its own.
      const plan = createRandom(kind === "nth" ? seed : seed * 1000 + index);
      await (fault.full ? onFullDisk(folder, plan, tally, report) : withFault(fault, folder, plan, tally, report));
      tally.plans += 1;
      if (index % 20 === 0) say(`${index + 1}/${faults.length}: ${fault.name}`);
      rmSync(folder, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: worlds }, work));
  rmSync(home, { recursive: true, force: true });
  return { ...tally, seed, kind, of: faults.length };
}

async function withFault(fault, folder, random, tally, report) {
  const shape = fault.kill || fault.killFirst ? "mixed" : "tiny";
  const scene = await createScene(createShapedWorkspace(shape, folder, random), folder);
  if (fault.killFirst) await runKilled(scene, random, {});
  const options = { preload, environment: fault.environment(scene) };
  let before = observe(scene);
  if (fault.kill) await runKilled(scene, random, options);
  compare(scene, before, report);
  before = observe(scene);
  const { status, signal, stderr } = await iplan(scene, ["run", scene.plan], options);
  tally.faults += 1;
  if (status !== 0 || signal !== null) tally.stopped += 1;
  if (stderr.includes("Something went wrong inside")) report("unfinished", `not told as an error of ours\n${stderr}`);
  compare(scene, before, report);
  await runToEnd(scene, tally, report);
}

async function runKilled(scene, random, options) {
  const { child, ended } = startProgram(scene, ["run", scene.plan], options);
  const timer = setTimeout(() => child.kill("SIGKILL"), 200 + random.next() * 600);
  await ended;
  clearTimeout(timer);
}

/** A small file system of its own where that is allowed; it is filled while the plan runs, and emptied again. */
async function onFullDisk(folder, random, tally, report) {
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", folder]);
  try {
    const scene = await createScene(createShapedWorkspace("mixed", folder, random), folder);
    const before = observe(scene);
    const { ended } = startProgram(scene, ["run", scene.plan]);
    const filler = join(folder, "filler");
    const left = random.between(0, 12) * 1024;
    const timer = setTimeout(() => fill(folder, filler, left), 150 + random.next() * 700);
    const { status, stderr } = await ended;
    clearTimeout(timer);
    tally.faults += 1;
    if (status !== 0) tally.stopped += 1;
    if (stderr.includes("Something went wrong inside")) report("unfinished", `not told as an error of ours\n${stderr}`);
    rmSync(filler, { force: true });
    compare(scene, before, report);
    await runToEnd(scene, tally, report);
  } finally {
    execFileSync("umount", ["--lazy", folder]);
  }
}

/** Fills what is free but for so many bytes. */
function fill(folder, path, left) {
  const { bavail, bsize } = statfsSync(folder);
  try {
    writeFileSync(path, Buffer.alloc(Math.max(0, bavail * bsize - left)));
  } catch {
    // Why: it is full, which is all that was wanted.
  }
}

/** True where a small file system may be mounted. */
export function canMount() {
  const folder = mkdtempSync(join(tmpdir(), "iplan-mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], { stdio: "ignore" });
    execFileSync("umount", [folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
