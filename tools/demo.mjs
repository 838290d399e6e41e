#!/usr/bin/env node
// Runs the example plan the way a person would, kills the run hard in the middle, resumes it, then tells four chapters of lies, one of a
// broken chain, one of evidence that leaves the workspace, one of a commit and one of criteria. It
// exits 0 only if every verdict is the one that the plans can honestly have.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { tellBundle } from "./demo-bundle.mjs";
import { tellChain } from "./demo-chain.mjs";
import { tellChapters } from "./demo-chapters.mjs";
import { tellCommit } from "./demo-commit.mjs";
import { tellCriteria } from "./demo-criteria.mjs";
import {
  cli,
  coloured,
  command,
  environment,
  heading,
  home,
  json as jsonIn,
  must,
  paint,
  root,
  say,
  show as showIn,
} from "./demo-stage.mjs";

const example = join(root, "examples/parcel-locker");
const plan = "IPLAN-001";
const stepToKill = "9";

/** What only a person can judge: it stays `manual`, and everything else is `verified`. */
const judgements = [
  "The house manager agrees that these nine scenarios are what the house needs",
  "The developer of the panel can write a client from these notes alone",
  "Somebody who reads only the log understands what the service does and why it stores what it stores",
];

const workspace = join(home, "parcel-locker");
const show = (args, lines) => showIn(workspace, args, lines);
const json = (args) => jsonIn(workspace, args);

function quietly(program, args, cwd) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env: environment, encoding: "utf8" });
  must(status === 0, `${program} ${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

function prepare() {
  heading("A fresh workspace: documents, and no line of code");
  if (!existsSync(join(example, "node_modules"))) {
    command("npm ci   # once, in examples/parcel-locker");
    quietly("npm", ["ci", "--silent"], example);
  }
  const left = new Set(["node_modules", "reports", ".iplan"]);
  cpSync(example, workspace, { recursive: true, filter: (from) => !left.has(basename(from)) });
  symlinkSync(join(example, "node_modules"), join(workspace, "node_modules"), "dir");
  mkdirSync(environment.XDG_STATE_HOME);
  command("git init && git add --all && git commit");
  quietly("git", ["init", "--quiet"], workspace);
  quietly("git", ["add", "--all"], workspace);
  const author = ["-c", "user.name=Demo", "-c", "user.email=demo@example.org", "-c", "commit.gpgsign=false"];
  quietly("git", [...author, "commit", "--quiet", "--message", "Documents of the parcel locker"], workspace);
  say(quietly("git", ["ls-files"], workspace).trimEnd());
}

function approve() {
  heading("Approve: nothing runs that was not looked at");
  command(`iplan trust ${plan} --json`);
  const { data } = json(["trust", plan]);
  const risks = new Set(data.commands.map(({ risk }) => risk));
  const counts = [...risks].map((risk) => `${data.commands.filter((each) => each.risk === risk).length} ${risk}`);
  say(`${data.commands.length} blocks: ${counts.join(", ")}`);
  say(`approved: ${data.approved}, sha256: ${data.sha256}\n`);
  must(show(["trust", plan, `--approve=${data.sha256}`], 2) === 0, "the plan could not be approved");
}

/** Events of all runs, in order; a torn last line is no event. */
function journal() {
  const folder = join(workspace, ".iplan/runs");
  if (!existsSync(folder)) return [];
  const lines = readdirSync(folder)
    .filter((name) => name.endsWith(".ndjson"))
    .toSorted()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").slice(0, -1));
  return lines.map((line) => JSON.parse(line));
}

const startsBlock = (event, number) => event.type === "block-started" && event.unit === `step:${number}`;

/** Starts the run and kills the process, not its children, as soon as a block of the step has begun. */
async function runAndKill() {
  heading(`Run, and kill it hard while step ${stepToKill} is running`);
  command(`iplan run ${plan}`);
  const env = coloured ? { ...environment, FORCE_COLOR: "1" } : environment;
  const child = spawn(cli, ["run", plan], { cwd: workspace, env });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => process.stdout.write(chunk));
  const timer = setInterval(() => {
    const begun = journal().some((event) => startsBlock(event, stepToKill) && event.role === "verification");
    if (begun) child.kill("SIGKILL");
  }, 10);
  const signal = await new Promise((ended) => child.on("close", (_code, name) => ended(name)));
  clearInterval(timer);
  must(signal === "SIGKILL", "the run ended before it could be killed");
  say(paint(31, `\nkill -9 ${child.pid}\n`));
}

function ticked() {
  heading("The document, ticked by the tool");
  const folder = join(workspace, "docs/IPLAN");
  const name = readdirSync(folder).find((each) => each.endsWith(".md"));
  const lines = readFileSync(join(folder, name), "utf8").split("\n");
  const shown = lines.filter((line) => /^\| \*\*(Status|Last Updated)|^### Phase \d|^- \[.\] \*\*TASK-/.test(line));
  for (const line of shown) say(line);
  const open = shown.filter((line) => line.startsWith("- [ ]"));
  must(open.length === 0, `boxes are still open:\n${open.join("\n")}`);
  heading("The receipt, committed beside it");
  const receipt = readFileSync(join(folder, `${name}.receipt.ndjson`), "utf8")
    .trimEnd()
    .split("\n");
  for (const line of receipt.slice(0, 4)) say(line.length > 160 ? `${line.slice(0, 159)}…` : line);
  say(paint(2, `… ${receipt.length} lines in docs/IPLAN/${name}.receipt.ndjson`));
}

/** Every step verified, every step before the kill run once, and exactly the named judgements manual. */
function judge() {
  const { data: run, status } = json(["run", plan]);
  must(status === 4, `a plan with open judgements ends with exit code 4, not ${status}`);
  const bad = run.steps.filter(({ verdict }) => verdict !== "verified");
  must(run.steps.length === 15 && bad.length === 0, `steps that are not verified: ${JSON.stringify(bad)}`);
  must(run.verdict === "manual", `the plan is ${run.verdict}, not manual`);

  const { data } = json(["status", plan]);
  const [standing] = data.plans;
  must(standing?.verdict === "manual", `status says ${standing?.verdict}, not manual`);
  const phases = standing.phases.filter(({ verdict, done, total }) => verdict !== "verified" || done !== total);
  must(phases.length === 0, `phases that are not verified: ${JSON.stringify(phases)}`);
  const manual = (standing.waiting ?? []).map(({ title }) => title).toSorted();
  must(
    JSON.stringify(manual) === JSON.stringify(judgements.toSorted()),
    `manual are ${JSON.stringify(manual, null, 2)}`,
  );

  const events = journal();
  for (let number = 1; number < Number(stepToKill); number += 1) {
    const actions = events.filter((event) => startsBlock(event, number) && event.role === "action");
    must(actions.length === 1, `step ${number} was run ${actions.length} times`);
  }
}

const began = Date.now();
prepare();
heading("Check the documents like code");
must(show(["check"]) === 0, "the documents have findings");
heading("What would run");
must(show(["run", plan, "--dry-run"]) === 5, "the dry run did not end with: approval needed");
approve();
await runAndKill();
heading("Resume: verified work is not repeated");
must(show(["run", plan]) === 4, "the resumed run did not end with judgements alone");
heading("Verify once more: checks only");
must(show(["verify", plan]) === 4, "a verification did not hold");
heading("Where it stands");
show(["status", plan]);
ticked();
judge();
await tellChapters();
tellChain();
tellBundle(workspace, plan);
tellCommit();
tellCriteria(workspace);

heading("As it must be");
say(`15 steps verified; the ${Number(stepToKill) - 1} steps before the kill ran once; 3 outcomes are left to people:`);
for (const text of judgements) say(`  ${paint(33, "manual")}  ${text}`);
say("a lying verification was caught, a tampered journal located, a stale tick found, a service started again");
say("a chain of twelve documents was broken in five ways, each was found, two were repaired, the registry was written");
say("the evidence was verified on a copy without the workspace, and one changed bit of it was located");
say("a plan was committed with its own files and trailers, and half a thought beside it stayed out");
say("every criterion was computed from the reports of the service, and one that was broken was seen to fail");
say(`\nworkspace  ${workspace}`);
say(`journal    ${join(workspace, ".iplan/runs")}`);
say(`evidence   ${join(workspace, ".iplan/evidence")}`);
say(`\n${((Date.now() - began) / 1000).toFixed(1)} s. Look around, then: rm -r ${home}`);
