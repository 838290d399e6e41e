// A workspace of a campaign: runs the built program in it, and tells what stands and what must not have happened.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** The program under test. */
export const program = resolve(process.env.IPLAN_PROGRAM ?? join(here, "../dist/iplan.js"));

/** What must be zero at the end of a campaign, in words. */
export const forbidden = {
  lost: "verified steps lost",
  repeated: "verified steps repeated",
  falsely: "falsely verified",
  damaged: "documents damaged",
  unfinished: "runs that did not end as they must",
};

/** Counts and cases of a campaign, all at zero. */
export function createTally() {
  const zeros = Object.fromEntries(Object.keys(forbidden).map((name) => [name, 0]));
  return { faults: 0, blocks: 0, plans: 0, person: 0, ...zeros, cases: [] };
}

/** A workspace with its own trust and key, approved. */
export async function createScene(workspace, folder) {
  const { CLAUDECODE: _1, GEMINI_CLI: _2, CODEX_SANDBOX: _3, CURSOR_AGENT: _4, OPENCODE: _5, ...rest } = process.env;
  const environment = { ...rest, XDG_STATE_HOME: join(folder, "state"), NO_COLOR: "1" };
  mkdirSync(environment.XDG_STATE_HOME, { recursive: true });
  const original = workspace.documents.map((path) => readFileSync(path, "utf8"));
  const scene = { accepts: [0], ...workspace, environment, original };
  const shown = await iplan(scene, ["trust", scene.plan, "--json"]);
  // Exit status 5 says that approval is wanted, which comes next.
  if (shown.status !== 0 && shown.status !== 5)
    throw new Error(`the plan cannot be shown (exit ${shown.status})\n${shown.stdout}${shown.stderr}`);
  const approved = await iplan(scene, ["trust", scene.plan, `--approve=${JSON.parse(shown.stdout).data.sha256}`]);
  if (approved.status !== 0) throw new Error(`the plan could not be approved\n${approved.stdout}${approved.stderr}`);
  return scene;
}

/** Starts the program; `preload` is a module that node loads before it. */
export function startProgram(scene, args, { preload, environment = {} } = {}) {
  const before = preload === undefined ? [] : ["--import", preload];
  const child = spawn(process.execPath, [...before, program, ...args], {
    cwd: scene.directory,
    env: { ...scene.environment, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"])
    child[name].setEncoding("utf8").on("data", (text) => (printed[name] = (printed[name] + text).slice(-4 << 20)));
  // Why: on `exit`, not on `close`: a block that outlives the program may hold its pipes.
  const ended = new Promise((done) =>
    child.on("exit", (status, signal) => setTimeout(() => done({ status, signal, ...printed }), 5)),
  );
  return { child, ended };
}

/** Runs the program to its end. */
export function iplan(scene, args, options) {
  return startProgram(scene, args, options).ended;
}

/**
 * Runs the plan to its end, as a person would who starts it again where a killed block was told as failed. What a killed program of
 * a block left behind and only a person may clear (`index.lock` of git) is cleared and counted apart.
 */
export async function runToEnd(scene, tally, report) {
  let end;
  for (let tries = 0; tries < 8; tries++) {
    const before = observe(scene);
    end = await iplan(scene, ["run", scene.plan]);
    compare(scene, before, report);
    if (scene.accepts.includes(end.status)) break;
    const lock = join(scene.directory, ".git/index.lock");
    if (existsSync(lock)) {
      tally.person += 1;
      rmSync(lock);
    }
  }
  if (!scene.accepts.includes(end.status))
    report("unfinished", `exit ${end.status ?? end.signal}\n${end.stdout}${end.stderr}`);
  const missing = scene.expected.filter((key) => !observe(scene).verified.has(key));
  if (missing.length > 0) report("unfinished", `${missing.join(", ")} not verified at the end`);
}

/** Events of all runs in order; a torn last line is no event, any other unreadable one is damage. */
export function journal(scene) {
  const folder = join(scene.directory, ".iplan/runs");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".ndjson"));
  return names.toSorted().flatMap((name) => lines(join(folder, name)).flatMap(eventOf));
}

function eventOf(line) {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

function lines(path) {
  return readFileSync(path, "utf8").split("\n").slice(0, -1);
}

/** What stands at this moment: verified steps by the journal, and how often each action ran by the blocks' own count. */
export function observe(scene) {
  const verdicts = new Map();
  for (const event of journal(scene)) {
    if (event.type === "verdict" && event.kind === "step") verdicts.set(event.unit, event.verdict);
  }
  const verified = new Set([...verdicts].filter(([, verdict]) => verdict === "verified").map(([unit]) => unit));
  return { verified, effects: scene.effects() };
}

/** Reports everything that stood before and does not stand now, and everything that is claimed and not true. */
export function compare(scene, before, report) {
  const now = observe(scene);
  for (const unit of before.verified) {
    if (!now.verified.has(unit)) report("lost", unit);
    if (now.effects.get(unit) !== before.effects.get(unit)) {
      report("repeated", `${unit}: ${before.effects.get(unit)} became ${now.effects.get(unit)}`);
    }
  }
  for (const unit of scene.falseOf(now.verified)) report("falsely", unit);
  for (const [index, path] of scene.documents.entries()) {
    if (neutral(readFileSync(path, "utf8")) !== neutral(scene.original[index]))
      report("damaged", `${path} changed where nothing may`);
  }
  for (const problem of receiptProblems(scene, now)) report("damaged", problem);
}

function receiptProblems(scene, now) {
  const path = `${scene.documents[0]}.receipt.ndjson`;
  if (!existsSync(path)) return [];
  const raw = readFileSync(path, "utf8");
  const problems = raw.endsWith("\n") ? [] : ["the receipt ends in half a line"];
  for (const line of raw.split("\n").slice(0, -1)) {
    const [entry] = eventOf(line);
    if (entry === undefined) problems.push(`the receipt holds a line that is no JSON: ${line.slice(0, 60)}`);
    else if (entry.kind === "step" && entry.verdict === "verified" && !now.verified.has(entry.unit))
      problems.push(`the receipt calls ${entry.unit} verified`);
  }
  return problems;
}

/** The document without what the program may write (boxes, statuses, dates, effort, the resume marker) and the editor's own lines. */
function neutral(text) {
  return text
    .split("\n")
    .filter((line) => !line.includes("RESUME HERE") && !/^Edited \d+\.\r?$/.test(line))
    .map((line) =>
      line
        .replace(/^(\s*- )\[[ xX]\]/, "$1[ ]")
        .replace(/^(\| \*\*(?:Status|Last Updated|Actual Effort)\*\* \|)[^\r]*/, "$1")
        .replace(/^(### Phase [^\r]*?)(?: - [A-Z ]+[^\r]*)?(\r?)$/, "$1$2"),
    )
    .join("\n")
    .replace(/\n{3,}/g, "\n\n");
}

/** Prints what a campaign found; true when nothing happened that must not. */
export function tellTally(title, tally, say) {
  say(`\n${title}`);
  for (const [name, words] of Object.entries(forbidden))
    say(`  ${words.padEnd(36)} ${String(tally[name]).padStart(5)}`);
  if (tally.person > 0) say(`  ${"locks of git a person has to clear".padEnd(36)} ${String(tally.person).padStart(5)}`);
  for (const each of tally.cases) say(`  ${each}`);
  return Object.keys(forbidden).every((name) => tally[name] === 0);
}
