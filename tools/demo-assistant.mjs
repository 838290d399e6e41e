#!/usr/bin/env node
// A scripted assistant works over MCP and the command line: from the example's task list to a new plan, through every task, to the
// commit, with a restart in the middle and one attempt to cheat. It knows how to write the service (from the example's own plan) and
// nothing of verdicts. Every answer is printed with what it costs in tokens. Exits 0 only if all verdicts are the expected ones.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { cli, command, environment, heading, home, json, must, paint, root, say, show } from "./demo-stage.mjs";

const example = join(root, "examples/parcel-locker");
const workspace = join(home, "parcel-locker");
const plan = "IPLAN-002";
const began = performance.now();
const costs = [];

const quietly = (program, args, options = {}) => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: workspace,
    env: environment,
    encoding: "utf8",
    ...options,
  });
  must(status === 0, `${program} ${args.join(" ")} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
};

function prepare() {
  heading("A workspace with documents, and no line of code");
  if (!existsSync(join(example, "node_modules"))) quietly("npm", ["ci", "--silent"], { cwd: example });
  const left = new Set(["node_modules", "reports", ".iplan"]);
  cpSync(example, workspace, { recursive: true, filter: (from) => !left.has(basename(from)) });
  symlinkSync(join(example, "node_modules"), join(workspace, "node_modules"), "dir");
  mkdirSync(environment.XDG_STATE_HOME, { recursive: true });
  quietly("git", ["init", "--quiet"]);
  quietly("git", ["config", "user.name", "Demo"]);
  quietly("git", ["config", "user.email", "demo@example.invalid"]);
  quietly("git", ["add", "--all"]);
  quietly("git", ["commit", "--quiet", "--message", "Documents of the parcel locker"]);
  say(`${workspace}: the chain from BRD-001 to TASKS-001`);
}

/** A client of the official library, connected to `iplan mcp` as an assistant's program connects. */
async function connect() {
  const client = new Client({ name: "scripted assistant", version: "1" }, { capabilities: {} });
  const transport = new StdioClientTransport({
    command: cli,
    args: ["mcp"],
    cwd: workspace,
    env: environment,
    stderr: "ignore",
  });
  await client.connect(transport);
  const call = async (name, given = {}) => {
    const answer = await client.callTool({ name, arguments: given });
    const text = answer.content[0]?.text ?? "";
    const tokens = Math.ceil(Buffer.byteLength(JSON.stringify(answer)) / 4);
    costs.push({ name, tokens });
    const words = Object.entries(given).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    say(`${paint(2, "→")} ${paint(1, name)}(${words.join(", ")})  ${paint(2, `${tokens} tokens`)}`);
    return {
      failed: answer.isError === true,
      text,
      data: answer.structuredContent?.data ?? {},
      exitCode: answer.structuredContent?.exitCode,
    };
  };
  return { client, call, pid: transport.pid };
}

const firstLines = (text, count) =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, count)
    .map((line) => `  ${line.trimEnd()}`)
    .join("\n");

/** What the assistant can: the actions of the example's own plan, by task. */
function knowledge() {
  const { data } = json(workspace, ["show", "IPLAN-001"]);
  const actions = data.plan.steps.map(({ blocks }) =>
    blocks
      .filter(({ role }) => role === "action")
      .map(({ text }) => text)
      .join("\n"),
  );
  const ground = actions.slice(0, 3).join("\n");
  const steps = {
    "TASK-0.1": [1, 2],
    "TASK-1.1": [3],
    "TASK-1.2": [4],
    "TASK-2.1": [5],
    "TASK-2.2": [6],
    "TASK-2.3": [7],
    "TASK-2.4": [8],
  };
  const later = {
    "TASK-3.1": [9],
    "TASK-3.2": [10],
    "TASK-3.3": [11],
    "TASK-4.1": [12],
    "TASK-4.2": [13],
    "TASK-4.3": [14],
  };
  const all = { ...steps, ...later };
  return (task) => {
    must(all[task] !== undefined, `the assistant was handed ${task}, which it cannot do`);
    const own = all[task].filter((number) => number > 3).map((number) => actions[number - 1]);
    // Why: each stretch goes on in the directory where the last one ended, as in a terminal.
    const lines = ["set -e", ground, `cd "$(cat "$1" 2>/dev/null || pwd)"`, ...own, `pwd > "$1"`];
    quietly("bash", ["-c", lines.join("\n"), "assistant", join(home, "directory")]);
  };
}

const placeOfPlan = () => {
  const folder = join(workspace, "docs/IPLAN");
  const name = readdirSync(folder).find((each) => each.startsWith(`${plan}_`) && each.endsWith(".md"));
  must(name !== undefined, `${plan} was not written`);
  return join(folder, name);
};

/** Answers to what the new plan leaves open, as the assistant finds them in the documents of the chain. */
function fillIn() {
  const path = placeOfPlan();
  let text = readFileSync(path, "utf8");
  const put = (from, to) => {
    must(text.includes(from), `the new plan has no ${from}`);
    text = text.replace(from, to);
  };
  const open = "[command that fails while this task is not done]";
  put(open, "grep -x 'scenarios 9' reports/scope.txt\ngrep -x 'modules 6' reports/scope.txt");
  put(open, "test -d src\ntest \"$(grep -c '^// @[a-z]*: [A-Z]*-001' reports/tags.txt)\" -eq 12");
  put(open, "PICKUP_P95_MS=50 START_SECONDS=2 node bench/handover.js\ngrep -x 'pickups: 250' reports/handover.txt");
  put(
    "cucumber-js docs/BDD/BDD-001_parcel_handover.feature",
    "cucumber-js docs/BDD/BDD-001_parcel_handover.feature --import tests/bdd/steps.js",
  );
  put("[1-5]", "3");
  put("[what is there before this plan begins]", "no source file yet");
  text = text
    .replaceAll("- [ ] [What a reader can check]\n", "")
    .replaceAll("[file and function]", "src/locker.js")
    .replaceAll("[test file and line]", "tests/bdd/steps.js")
    .replaceAll("[high, medium or low]", "low")
    .replaceAll("[what prevents it]", "the decision it comes from");
  writeFileSync(path, text);
}

async function write(call) {
  heading("A plan from the task list");
  const made = await call("iplan_new", { type: "iplan", from: ["TASKS-001"] });
  must(!made.failed, made.text);
  say(firstLines(made.text, 3));
  const open = await call("iplan_check", { target: [plan] });
  must(open.exitCode === 1, "a plan with placeholders passed its check");
  fillIn();
  say(paint(2, "  the assistant fills in what check named"));
  const closed = await call("iplan_check", { target: [plan] });
  must(closed.exitCode === 0, closed.text);
  say(firstLines(closed.text.split("\n").slice(-4).join("\n"), 3));
}

async function approve(call) {
  heading("Nothing runs before a person approves it");
  const refused = await call("iplan_verify", { plan });
  must(refused.failed && /A person has to review/.test(refused.text), "unapproved commands ran");
  say(firstLines(refused.text, 3));
  const { data } = json(workspace, ["trust", plan]);
  must(show(workspace, ["trust", plan, `--approve=${data.sha256}`], 4) === 0, "the person could not approve");
}

/** The assistant ticks by hand and says it is done. */
async function cheat(call, task) {
  heading(`One attempt to cheat: ${task} ticked by hand`);
  const path = placeOfPlan();
  const before = readFileSync(path, "utf8");
  const edit = { hook_event_name: "PreToolUse", cwd: workspace, tool_name: "Edit" };
  const tool_input = { file_path: path, old_string: `- [ ] **${task}**`, new_string: `- [x] **${task}**` };
  command("iplan hook pre-tool   # what its program asks before it edits");
  const asked = spawnSync(cli, ["hook", "pre-tool"], {
    cwd: workspace,
    env: { ...environment, CLAUDECODE: "1" },
    input: JSON.stringify({ ...edit, tool_input }),
    encoding: "utf8",
  });
  say(`${asked.stderr.trimEnd()}\n${paint(2, `(exit ${asked.status})`)}`);
  must(asked.status === 2, "the hook let the edit pass");
  say(paint(2, "  it edits all the same"));
  writeFileSync(path, before.replace(`- [ ] **${task}**`, `- [x] **${task}**`));
  const found = await call("iplan_check", { target: [plan] });
  must(/evidence\/tick/.test(found.text), "a tick without proof was not found");
  say(firstLines(found.text, 2));
  const { data } = await call("iplan_status", { plan });
  must(data.plans[0].verdict !== "verified", "a tick by hand was believed");
  const next = await call("iplan_next", { plan, take: true });
  must(next.data.unit.title.includes(task), `after the tick ${next.data.unit.title} was handed out`);
  say(`  still to do: ${next.data.unit.title}`);
  writeFileSync(path, before);
}

async function work(first) {
  heading("Unit by unit: take, do, prove");
  const perform = knowledge();
  let { client, call, pid } = first;
  for (;;) {
    const next = await call("iplan_next", { plan, take: true });
    must(!next.failed, next.text);
    const unit = next.data.unit;
    if (unit === undefined || unit.kind === "signature" || unit.kind === "done") return { client, call };
    const task = /TASK-\d+\.\d+/.exec(unit.title)?.[0];
    must(task !== undefined, `handed ${JSON.stringify(unit)}`);
    if (task === "TASK-2.2") {
      await cheat(call, task);
      say(paint(33, `\nkill -9 ${pid}   # the assistant's program dies with its server`));
      process.kill(pid, "SIGKILL");
      await client.close();
      ({ client, call, pid } = await connect());
      const again = await call("iplan_next", { plan, take: true });
      must(again.data.unit.id === unit.id, `after the restart ${again.data.unit.title} was handed out`);
      say(`  goes on with what it had taken: ${again.data.unit.title}`);
    }
    perform(task);
    const proved = await call("iplan_verify", { plan, unit: unit.id.replace("step:", "") });
    say(firstLines(proved.text, 1));
    must(proved.exitCode === 0 || proved.exitCode === 4, `${task}: ${proved.text}`);
  }
}

/** Why: the new plan names the modules of the specification; tests and measurement are work that only the assistant knows of. */
function written() {
  const files = quietly("git", ["status", "--porcelain", "--untracked-files=all"]).split("\n");
  const names = files
    .map((line) => line.slice(3))
    .filter((name) => /^(?:tests|bench)\/|^tsconfig|^docs\/TASKS\//.test(name));
  return names.flatMap((name) => ["--with", name]);
}

function finish() {
  heading("A person signs what no check of the plan decides, and it is committed");
  const refused = spawnSync(cli, ["sign", plan, "criterion:1", "--reason", "Looks fine"], {
    cwd: workspace,
    env: { ...environment, CLAUDECODE: "1" },
    encoding: "utf8",
  });
  must(refused.status === 2, "an assistant could sign");
  say(`the assistant tries to sign: ${refused.stderr.split("\n")[0]}`);
  const { data } = json(workspace, ["status", plan]);
  for (const { key } of data.plans[0].waiting) {
    const { status } = json(workspace, ["sign", plan, key, "--reason", "Read the test that shows it"]);
    must(status === 0, `${key} could not be signed`);
  }
  say(`a person signs ${data.plans[0].waiting.length} criteria, with a reason each`);
  must(show(workspace, ["commit", plan, ...written()], 30) === 0, "the plan was not committed");
  command("git log -1 --format=%B");
  say(quietly("git", ["log", "-1", "--format=%B"]).trimEnd());
}

prepare();
const first = await connect();
await write(first.call);
await approve(first.call);
const { client, call } = await work(first);
const whole = await call("iplan_verify", { plan });
must(whole.exitCode === 4, whole.text);
say(firstLines(whole.text, 1));
const end = await call("iplan_status", { plan });
say(firstLines(end.text, 7));
finish();
const { data } = json(workspace, ["status", plan]);
must(data.plans[0].verdict === "verified", `${plan} is ${data.plans[0].verdict}`);
await client.close();

heading("What the answers cost");
const byTool = Map.groupBy?.(costs, ({ name }) => name) ?? grouped(costs);
for (const [name, calls] of byTool) {
  const all = calls.map(({ tokens }) => tokens);
  const sum = all.reduce((total, each) => total + each, 0);
  say(
    `  ${name.padEnd(14)} ${String(calls.length).padStart(3)} calls  ${String(sum).padStart(6)} tokens  largest ${Math.max(...all)}`,
  );
}
say(
  `\n${paint(32, "All as it must be.")} ${((performance.now() - began) / 1000).toFixed(1)} s. Look around, then: rm -r ${home}`,
);

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.name, [...(groups.get(row.name) ?? []), row]);
  return groups;
}
