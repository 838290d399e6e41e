import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ended, eventually } from "../support/cli.ts";
import { eventsOf } from "../support/journal-file.ts";
import type { WrittenStep } from "../support/plan-document.ts";
import { checkRow, runPlanOf, trustOf, worldOf } from "../support/plan-run.ts";
import { isAlive, pidIn } from "../support/processes.ts";

/** A program that writes down its process, listens on a free port, writes that down too, and says so. */
const server = `const { createServer } = require("node:http");
const { writeFileSync } = require("node:fs");
const name = process.argv[2] ?? "one";
process.on("SIGTERM", () => { require("node:fs").appendFileSync("order", name + "\\n"); process.exit(0); });
createServer((request, answer) => { answer.statusCode = request.url === "/up" ? 200 : 503; answer.end(name); })
  .listen(Number(process.argv[3] ?? 0), "127.0.0.1", function () {
    writeFileSync(name + ".pid", String(process.pid));
    writeFileSync(name + ".port", String(this.address().port));
    console.log(name, "listens");
  });
`;
const files = { "server.js": server };
const node = `"${process.execPath}"`;
const answers = (name: string): string =>
  `test "$(${node} -e "fetch('http://127.0.0.1:' + require('fs').readFileSync('${name}.port')).then(a => a.text()).then(console.log)")" = ${name}`;

const serving = (annotation: string, name = "one"): WrittenStep => ({
  annotation: `background ${annotation}`,
  run: `${node} server.js ${name}`,
  verify: answers(name),
});

describe("a service", () => {
  test("serves later steps, is ended with the run, the last started first, and its log is shown", () => {
    checkRow({
      title: "",
      steps: [serving("ready=path:one.port"), serving('ready="output:two listens"', "two"), { verify: answers("one") }],
      files,
      code: 0,
      verdicts: ["verified", "verified", "verified"],
      said: [
        /the service of step 1 runs: \d+/,
        /ended the service of step 2: .*\n.*ended the service of step 1: .*evidence/,
      ],
      after: (world) => {
        expect(world.read("order")).toBe("two\none\n");
        expect(isAlive(pidIn(world, "one.pid"))).toBe(false);
        const shown = world.iplan(["show", "IPLAN-001", "1", "--output"]).stdout;
        expect(shown).toMatch(/^service · ended · .*\none listens$/m);
      },
    });
  });

  test("whose block ends in & is known by its form, without an annotation", () => {
    checkRow({
      title: "",
      steps: [
        {
          run: `export NAME=one\n${node} server.js "$NAME" &\nPID=$!\nsleep 0.1; echo started`,
          verify: `until [ -e one.port ]; do sleep 0.05; done\n${answers("one")}`,
        },
        {
          run: `${node} server.js two & echo started`,
          verify: `until [ -e two.port ]; do sleep 0.05; done\n${answers("two")}`,
        },
      ],
      files,
      code: 0,
      verdicts: ["verified", "verified"],
      said: [
        /the service of step 1 runs: \d+/,
        /the service of step 2 runs: \d+/,
        /ended the service of step 2: .*what it printed/,
      ],
      after: (world) => expect(isAlive(pidIn(world, "two.pid"))).toBe(false),
    });
  });

  test("killed with its run is started again on resume, in the state its block began in, and it is said", async () => {
    const world = worldOf({
      steps: [
        { run: "mkdir -p sub; cp server.js sub; cd sub; export NAME=one" },
        { annotation: "background ready=path:sub/one.port", run: `${node} server.js "$NAME"`, verify: answers("one") },
        { run: "cd ..; echo $$ $BASHPID > pids; touch begun; [ -e go ] || sleep 300", verify: "test -e go" },
        { verify: `cd sub; ${answers("one")}` },
      ],
      files,
    });
    const tool = world.start(["run", "IPLAN-001", trustOf(world)]);
    const end = ended(tool);
    await eventually(() => (world.exists("begun") ? true : undefined));
    const [keeper = 0, block = 0] = world.read("pids").split(" ").map(Number);
    const service = pidIn(world, "sub/one.pid");
    tool.kill("SIGKILL");
    for (const pid of [keeper, -block, service]) process.kill(pid, "SIGKILL");
    await end;
    world.write("go", "");
    const again = runPlanOf(world);
    expect(again.steps.map(({ verdict }) => verdict)).toEqual(["unverifiable", "verified", "verified", "verified"]);
    expect(again.stderr).toMatch(
      /the service of step 2 is gone\n.*what it printed: .*\n.*starting the service of step 2 again/,
    );
    expect(pidIn(world, "sub/one.pid")).not.toBe(service);
    expect(isAlive(pidIn(world, "sub/one.pid"))).toBe(false);
    const actions = eventsOf(world).filter((event) => event.type === "block-started" && event.role === "action");
    expect(actions.map((event) => "unit" in event && event.unit)).not.toContain("step:4");
    expect(eventsOf(world).filter((event) => event.type === "block-started" && event.role === "service")).toHaveLength(
      1,
    );
  });

  test("that outlived its run is asked on resume, used when it is ready, and ended with the run that goes on", async () => {
    const world = worldOf({
      steps: [
        serving("ready=path:one.port"),
        {
          run: "echo $$ $BASHPID > pids; touch begun; [ -e go ] || sleep 300",
          verify: `test -e go; ${answers("one")}`,
        },
      ],
      files,
    });
    const tool = world.start(["run", "IPLAN-001", trustOf(world)]);
    const end = ended(tool);
    await eventually(() => (world.exists("begun") ? true : undefined));
    const [keeper = 0, block = 0] = world.read("pids").split(" ").map(Number);
    const service = pidIn(world, "one.pid");
    tool.kill("SIGKILL");
    for (const pid of [keeper, -block]) process.kill(pid, "SIGKILL");
    await end;
    expect(isAlive(service)).toBe(true);
    world.write("go", "");
    const again = runPlanOf(world);
    expect(again.code, again.stderr).toBe(0);
    expect(again.stderr).toMatch(/the service of step 1 still runs \(process .*\) and is ready/);
    expect(pidIn(world, "one.pid")).toBe(service);
    expect(isAlive(service)).toBe(false);
  });

  test("that ends before it is ready fails its step with what it printed", () => {
    checkRow({
      title: "",
      steps: [{ annotation: "background ready=path:never", run: "echo cannot bind >&2; exit 3" }],
      code: 1,
      verdicts: ["failed"],
      reasons: { 0: "its service ended before it was ready (waited for never to be there)" },
      said: ["cannot bind"],
    });
  });
});

describe("retries", () => {
  test("wait longer before each attempt, and every attempt is kept and shown", () => {
    checkRow({
      title: "",
      steps: [
        {
          annotation: "retry=2",
          run: "echo try >> tries; wc -l < tries; test $(wc -l < tries) -ge 3",
          verify: "test -s tries",
        },
      ],
      code: 0,
      verdicts: ["verified"],
      said: [/trying again in 0\.5 s, 2 left/, /trying again in 1 s, 1 left/],
      after: (world, ran) => {
        expect(ran.steps[0]?.attempts).toBe(3);
        const shown = world.iplan(["show", "IPLAN-001", "1", "--output"]).stdout;
        expect(shown).toMatch(
          /attempt 1 of 3 · exit status 1[^]*attempt 2 of 3 · exit status 1[^]*attempt 3 of 3 · exit status 0/,
        );
        const kept = eventsOf(world).filter((event) => event.type === "block-ended");
        expect(kept.map((event) => "attempt" in event && event.attempt)).toEqual([1, 2, 3, 3]);
        expect(readFileSync(join(world.root, "tries"), "utf8")).toBe("try\ntry\ntry\n");
      },
    });
  });
});
