// Four short chapters: what the program does when somebody, or something, lies to it.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { cli, command, environment, heading, home, json, must, paint, say, show } from "./demo-stage.mjs";

const plan = "IPLAN-001";
const document = "IPLAN-001_chapter_20260101_090000.md";

/** Makes a workspace with one approved plan; `steps` are titles with their action and verification. */
function stage(name, title, steps) {
  const workspace = join(home, name);
  mkdirSync(workspace, { recursive: true });
  writeFileSync(join(workspace, "iplan.config.yaml"), "docs: .\n");
  const tasks = steps.map((step, index) => `- [ ] **TASK-1.${index + 1}**: ${step.title} (1 hour)${declared(step)}`);
  const fence = (text) => `\`\`\`bash\n${text}\n\`\`\`\n`;
  const blocks = steps.map(
    ({ title: step, annotation, run, verify }, index) =>
      `**Step ${index + 1}: ${step}** (TASK-1.${index + 1})\n\n${annotation === undefined ? "" : `<!-- iplan: ${annotation} -->\n`}${fence(run)}\nVerification:\n\n${fence(verify)}`,
  );
  const text = `# ${plan}: ${title}\n\n## Task List\n\n### Phase 1: Work (${steps.length} hours) - PENDING\n\n${tasks.join("\n")}\n\n## Execution Steps\n\n${blocks.join("\n")}`;
  writeFileSync(join(workspace, document), text);
  approve(workspace);
  return workspace;
}

function declared({ file }) {
  return file === undefined ? "" : `\n  - File: \`${file}\``;
}

function approve(workspace) {
  const { data } = json(workspace, ["trust", plan]);
  must(json(workspace, ["trust", plan, `--approve=${data.sha256}`]).status === 0, "a chapter's plan was not approved");
}

function verdicts(workspace) {
  return json(workspace, ["run", plan, "--keep-going"]).data.steps.map(({ verdict }) => verdict);
}

function quote(text) {
  for (const line of text.split("\n")) say(`  ${paint(2, "│")} ${line}`);
  say();
}

/** Verifications that print their verdict and always exit with status 0. */
function lies() {
  heading("Chapter 1: a lying verification is caught");
  const loud = 'test -s build/summary.txt && echo "✅ summary is there" || echo "❌ summary is missing"';
  const quiet = 'grep -q "total: 42" build/report.txt || true';
  const workspace = stage("lies", "Ship the report", [
    { title: "Build the report", run: "mkdir -p build && echo 'total: 0' > build/report.txt", verify: loud },
    { title: "Check the numbers", run: "echo done > build/checked.txt", verify: quiet },
  ]);
  say("Both verifications exit with status 0, whatever happens:\n");
  quote(`${loud}\n${quiet}`);
  must(show(workspace, ["run", plan, "--keep-going"]) === 1, "lies must end with exit code 1");
  const found = verdicts(workspace);
  must(found.join() === "suspect,unverifiable", `the verdicts are ${found.join(", ")}, not suspect, unverifiable`);
  must(!readFileSync(join(workspace, document), "utf8").includes("[x]"), "a box was ticked for a lie");
}

/** A failed verdict is turned into a verified one with an editor. */
function tampering() {
  heading("Chapter 2: a tampered journal is located");
  const workspace = stage("tampering", "The answer", [
    { title: "Write the greeting", run: "echo hello > greeting.txt", verify: "grep -qx hello greeting.txt" },
    { title: "Write the answer", run: "echo 41 > answer.txt", verify: "grep -qx 42 answer.txt" },
  ]);
  must(show(workspace, ["run", plan]) === 1, "the wrong answer must fail");
  const folder = join(workspace, ".iplan/runs");
  const name = readdirSync(folder).find((each) => each.endsWith(".ndjson"));
  const lines = readFileSync(join(folder, name), "utf8").split("\n");
  const index = lines.findIndex((line) => line.includes('"verdict":"failed"'));
  lines[index] = lines[index].replace('"verdict":"failed"', '"verdict":"verified"');
  writeFileSync(join(folder, name), lines.join("\n"));
  say();
  command(`sed -i '${index + 1}s/"failed"/"verified"/' .iplan/runs/${name}`);
  must(show(workspace, ["status", plan]) === 1, "status must not follow the edited journal");
  must(show(workspace, ["doctor"]) === 1, "doctor must find the edited journal");
  const found = json(workspace, ["doctor"]).data.examinations.map(({ finding }) => finding);
  must(
    found.some((finding) => finding.includes("edited") && finding.includes(`${name}:${index + 1}`)),
    `the place ${name}:${index + 1} is not named in ${JSON.stringify(found)}`,
  );
  const now = json(workspace, ["run", plan]);
  must(now.data.steps[1].verdict === "failed", `step 2 is ${now.data.steps[1].verdict} after the forgery, not failed`);
  must(existsSync(join(folder, `${name}.damaged`)), "the damaged journal was not kept");
}

/** What was proved, and ticked, changes afterwards. */
function staleness() {
  heading("Chapter 3: a stale tick is found");
  const workspace = stage("stale", "A greeting", [
    {
      title: "Write the greeting",
      run: "echo hello > greeting.txt",
      verify: "grep -q hello greeting.txt",
      file: "greeting.txt",
    },
  ]);
  must(show(workspace, ["run", plan]) === 0, "the greeting must be verified");
  command(`grep TASK-1.1 ${document}`);
  quote(
    readFileSync(join(workspace, document), "utf8")
      .split("\n")
      .find((line) => line.startsWith("- [")) ?? "",
  );
  command("echo goodbye > greeting.txt");
  writeFileSync(join(workspace, "greeting.txt"), "goodbye\n");
  must(show(workspace, ["status", plan]) === 1, "a stale tick must show");
  const [standing] = json(workspace, ["status", plan]).data.plans;
  must(standing.verdict === "stale", `the plan is ${standing.verdict}, not stale`);
}

/** The program and its service are killed; the service is started again when the plan goes on. */
async function service() {
  heading("Chapter 4: a service is started again when the plan goes on");
  const port = await freePort();
  const listening = "console.log('listening')";
  const workspace = stage("service", "A greeting house", [
    {
      title: "Open the house",
      annotation: "background ready=output:listening",
      run: `echo opened >> .opened\nexec node -e "http.createServer((_, to) => to.end('hello')).listen(${port}, () => ${listening})"`,
      verify: `node -e "fetch('http://127.0.0.1:${port}').then((from) => from.text()).then(console.log)" | grep -x hello`,
    },
    {
      title: "Ask for a greeting",
      run: `touch .asking; sleep 1\nnode -e "fetch('http://127.0.0.1:${port}').then((from) => from.text()).then(console.log)" > greeting.txt`,
      verify: "grep -qx hello greeting.txt",
    },
  ]);
  command(`iplan run ${plan}`);
  const child = spawn(cli, ["run", plan], { cwd: workspace, env: environment, stdio: "ignore" });
  const ended = new Promise((done) => child.on("exit", (_code, signal) => done(signal)));
  while (!existsSync(join(workspace, ".asking")) && child.exitCode === null)
    await new Promise((go) => setTimeout(go, 20));
  const groups = running(workspace);
  child.kill("SIGKILL");
  must((await ended) === "SIGKILL", "the run ended before it could be killed");
  for (const pid of groups) killGroup(pid);
  say(
    paint(
      31,
      `kill -9 ${[child.pid, ...groups].join(" ")}   # the program, its service and its block: as at a power cut\n`,
    ),
  );
  must(show(workspace, ["run", plan]) === 0, "the plan did not end well");
  const starts = readFileSync(join(workspace, ".opened"), "utf8").trim().split("\n").length;
  must(starts === 2, `the service was started ${starts} times, not twice`);
}

/** A port nobody listens on. */
async function freePort() {
  const server = createServer();
  await new Promise((open) => server.listen(0, "127.0.0.1", open));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Processes of this demo's own blocks that still live, by its own journal. */
function running(workspace) {
  const folder = join(workspace, ".iplan/runs");
  const lines = readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), "utf8").split("\n").slice(0, -1),
  );
  const events = lines.map((line) => JSON.parse(line));
  const blocks = events.flatMap(({ type, pid, processStart }) =>
    type === "block-running" ? [{ pid, startTime: processStart }] : [],
  );
  const left = events.flatMap(({ type, processes }) => (type === "leftover" ? processes : []));
  return [...blocks, ...left].filter(({ pid, startTime }) => isSame(pid, startTime)).map(({ pid }) => pid);
}

/** Why: the number of a process that ended may be another's by now. */
function isSame(pid, processStart) {
  if (process.platform !== "linux") return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] === processStart.split("@")[0];
  } catch {
    return false;
  }
}

function killGroup(pid) {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, "SIGKILL");
    } catch {
      // It has ended by itself, or leads no group.
    }
  }
}

/** Tells all chapters; ends the process with an error when one does not go as it must. */
export async function tellChapters() {
  lies();
  tampering();
  staleness();
  await service();
}
