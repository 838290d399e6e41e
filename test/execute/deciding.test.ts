import type { ScriptedBlock } from "#host/memory";
import { createShellParser } from "#host/shell-parser";
import { describe, expect, it } from "vitest";
import type { Claim } from "#model/understanding";
import { createRunWorld } from "../support/run-world.ts";
import { type BlockSketch, type StepSketch, action, outcome, planOf, verification } from "../support/understood.ts";

const parser = await createShellParser();

async function verdictOf(
  step: StepSketch,
  output?: string,
): Promise<{ verdict: string | undefined; reason: string | undefined }> {
  const world = createRunWorld(
    output === undefined ? {} : { script: (request) => ({ output, ...(request.statements && { statuses: [0] }) }) },
  );
  const result = await world.run(planOf([step]));
  const [first] = result.steps;
  return { verdict: first?.verdict, reason: first?.reason };
}

const exists = (path: string): Claim => ({ kind: "path", path, expect: "exists" });
const runner: BlockSketch = { recognised: ["node --test"] };
const tap = (pass: number, fail: number, skipped = 0): string =>
  `TAP version 13\n# tests ${pass + fail + skipped}\n# pass ${pass}\n# fail ${fail}\n# skipped ${skipped}\n`;

describe("the verdict of a step", () => {
  it.each<[string, StepSketch, string, RegExp]>([
    [
      "is verified by its verification",
      { blocks: [action("write a 1"), verification("check a")] },
      "verified",
      /check a/,
    ],
    [
      "is verified by a recognised check in its action",
      { blocks: [action("test", runner)] },
      "verified",
      /node --test/,
    ],
    [
      "is verified by an outcome that holds",
      { blocks: [action("write a 1")], outcomes: [outcome("a", [exists("a")])] },
      "verified",
      /outcome/,
    ],
    [
      "is failed by an action that fails",
      { blocks: [action("exit 3"), verification("check a")] },
      "failed",
      /exited with status 3/,
    ],
    [
      "is failed by each failing line of its verification",
      { blocks: [verification("check a\nprint x\ncheck b")] },
      "failed",
      /check a: .*\n.*check b: /,
    ],
    [
      "is failed by an outcome that does not hold",
      { blocks: [action("do x"), verification("check log")], outcomes: [outcome("b there", [exists("b")])] },
      "failed",
      /b there: b does not exist/,
    ],
    ["is unverifiable without any check", { blocks: [action("do x")] }, "unverifiable", /no verification/],
    [
      "is unverifiable when its verification cannot fail",
      { blocks: [action("do x"), verification("print ok", { vacuity: "vacuous" })] },
      "unverifiable",
      /it only prints/,
    ],
    [
      "is unverifiable when nothing is known of its verification",
      { blocks: [verification("x", { vacuity: "unknown" })] },
      "unverifiable",
      /cannot fail/,
    ],
    [
      "is suspect when the output speaks of failure",
      { blocks: [action("print ❌ broken"), verification("check log", { vacuity: "checks" })], outcomes: [] },
      "failed",
      /check log/,
    ],
    [
      "is suspect when a passing verification prints a cross",
      { blocks: [verification("print ❌ coverage below bound")] },
      "suspect",
      /❌ coverage/,
    ],
    [
      "is suspect when a passing verification prints an error",
      { blocks: [verification("print Error: no such module")] },
      "suspect",
      /Error: no such module/,
    ],
    ["is not suspect for a count of no failures", { blocks: [verification("print FAIL: 0")] }, "verified", /./],
    [
      "is not suspect for such a word inside a line",
      { blocks: [verification("print no FAIL here, and no Error: either")] },
      "verified",
      /./,
    ],
    ["is a handoff where there is nothing to run", { handoff: "write the parser" }, "handoff", /write the parser/],
    [
      "is verified where there is nothing to run but its outcomes hold",
      { handoff: "x", outcomes: [outcome("log", [{ kind: "path", path: "missing", expect: "absent" }])] },
      "verified",
      /outcomes hold/,
    ],
  ])("%s", async (_name, step, verdict, reason) => {
    const found = await verdictOf(step);
    expect(found.verdict).toBe(verdict);
    expect(found.reason).toMatch(reason);
  });

  it.each<[string, string, string, string]>([
    ["is verified when tests ran and passed", tap(3, 0), "verified", "node --test"],
    ["is unverifiable when no test ran", tap(0, 0), "unverifiable", "node --test ran no test"],
    ["is unverifiable when all tests were skipped", tap(0, 0, 4), "unverifiable", "node --test ran no test"],
    [
      "is unverifiable when the only test is an empty file",
      `ok 1 - /w/empty.test.js\n${tap(1, 0)}`,
      "unverifiable",
      "ran no test",
    ],
    ["is failed when tests failed behind an exit status of 0", tap(3, 1), "failed", "counts 1 failed"],
    [
      "is not suspect when the tool's own summary was read",
      `FAIL is the name of a test\n${tap(3, 0)}`,
      "verified",
      "node --test",
    ],
  ])("%s", async (_name, output, verdict, reason) => {
    const found = await verdictOf({ blocks: [verification("node --test", runner)] }, output);
    expect(found.verdict).toBe(verdict);
    expect(found.reason).toContain(reason);
  });

  it("stays suspect when a summary was printed by something that is no test runner", async () => {
    const found = await verdictOf({ blocks: [verification("check x")] }, `❌ broken\n${tap(3, 0)}`);
    expect(found.verdict).toBe("suspect");
  });

  it("does not count failed tests against a command that asks for them", async () => {
    const found = await verdictOf(
      { blocks: [verification("! npm test", { ...runner, syntax: parser.parse("! npm test") })] },
      tap(0, 2),
    );
    expect(found.verdict).toBe("verified");
  });

  it("is failed when a block runs out of time", async () => {
    const world = createRunWorld({ script: () => ({ exit: { signal: "SIGKILL", timedOut: true } }) });
    const result = await world.run(planOf([{ blocks: [action("sleep", { settings: { timeoutMs: 5 } })] }]));
    expect(result.steps[0]).toMatchObject({ verdict: "failed", reason: "its action ran out of time" });
    expect(world.host.shell.requests[0]?.timeoutMs).toBe(5);
  });

  it("is failed when its shell ends before all lines of a verification ran", async () => {
    const world = createRunWorld({ script: () => ({ exit: { status: 0 } }) });
    const session = await world.host.shell.open();
    const run = session.run.bind(session);
    world.host.shell.open = () =>
      Promise.resolve({ ...session, run: async (request) => ({ ...(await run(request)), statements: [] }) });
    const result = await world.run(planOf([{ blocks: [verification("check a\ncheck b")] }]));
    expect(result.steps[0]?.reason).toContain("check b: did not run");
  });
});

describe("claims", () => {
  const files = {
    "/ws/dist/a.js": "1",
    "/ws/dist/b.js": "2",
    "/ws/dist/sub/c.ts": "3",
    "/ws/empty": "",
  };
  const holds = async (
    claim: Claim,
    text = "print Python 3.11.4\nprint coverage: 91.5 % of lines\nprint 12 passed",
  ): Promise<string | undefined> => {
    const world = createRunWorld({ files });
    const result = await world.run(planOf([{ blocks: [verification(text)], outcomes: [outcome("it", [claim])] }]));
    return result.items[0]?.verdict === undefined || result.steps[0]?.verdict === "failed"
      ? "failed"
      : result.items[0].verdict;
  };

  it("read a text through the colours it was printed in", async () => {
    const claim: Claim = { kind: "output", text: "9 scenarios (9 passed)", form: "literal", expect: "present" };
    expect(await holds(claim, "print 9 scenarios (\u001b[32m9 passed\u001b[39m)")).toBe("verified");
  });

  it.each<[string, Claim, string]>([
    ["a path that exists", exists("dist/a.js"), "verified"],
    ["a path that does not", exists("dist/x.js"), "failed"],
    ["a path from the root of the workspace", exists("./dist/"), "verified"],
    ["an absent path", { kind: "path", path: "dist/x.js", expect: "absent" }, "verified"],
    ["a path that should be absent", { kind: "path", path: "dist/a.js", expect: "absent" }, "failed"],
    ["a file", { kind: "path", path: "dist/a.js", expect: "file" }, "verified"],
    ["a directory taken for a file", { kind: "path", path: "dist", expect: "file" }, "failed"],
    ["a directory", { kind: "path", path: "dist", expect: "directory" }, "verified"],
    ["an empty file", { kind: "path", path: "empty", expect: "not-empty" }, "failed"],
    ["a file with content", { kind: "path", path: "dist/a.js", expect: "not-empty" }, "verified"],
    ["a file that is not executable", { kind: "path", path: "dist/a.js", expect: "executable" }, "failed"],
    ["a created file", { kind: "path", path: "dist/b.js", expect: "created" }, "verified"],
    [
      "two files in a directory",
      { kind: "count", directory: "dist", of: "file", operator: "=", count: 2, recursive: false },
      "verified",
    ],
    [
      "three files below it",
      { kind: "count", directory: "dist", of: "file", operator: ">=", count: 3, recursive: true },
      "verified",
    ],
    [
      "more files of a pattern than there are",
      { kind: "count", directory: "dist", pattern: "*.ts", of: "file", operator: ">", count: 1, recursive: true },
      "failed",
    ],
    [
      "one directory",
      { kind: "count", directory: "dist", of: "directory", operator: "=", count: 1, recursive: false },
      "verified",
    ],
    [
      "files in a directory that is not there",
      { kind: "count", directory: "nowhere", of: "entry", operator: ">=", count: 0, recursive: false },
      "failed",
    ],
    ["a text in the output", { kind: "output", text: "12 passed", form: "literal", expect: "present" }, "verified"],
    ["a text that is not there", { kind: "output", text: "13 passed", form: "literal", expect: "present" }, "failed"],
    [
      "a text that must not be there",
      { kind: "output", text: "failed", form: "literal", expect: "absent" },
      "verified",
    ],
    [
      "a pattern in the output",
      { kind: "output", text: "^\\d+ passed$", form: "regex", expect: "present" },
      "verified",
    ],
    [
      "a text in the output of one command",
      { kind: "output", text: "3.11", form: "literal", expect: "present", command: "print Python 3.11.4" },
      "verified",
    ],
    [
      "a text of a command that never ran",
      { kind: "output", text: "x", form: "literal", expect: "present", command: "other" },
      "manual",
    ],
    ["a pattern that is none", { kind: "output", text: "(?=x)", form: "regex", expect: "present" }, "manual"],
    [
      "a version within its bounds",
      { kind: "version", command: "print Python", bounds: [{ operator: ">=", version: "3.11" }] },
      "verified",
    ],
    [
      "a version outside of them",
      { kind: "version", command: "print Python", bounds: [{ operator: "<", version: "3.11" }] },
      "failed",
    ],
    ["a version of a command that never ran", { kind: "version", command: "ruby --version", bounds: [] }, "manual"],
    [
      "a number against its bound",
      { kind: "number", subject: "coverage", operator: ">=", value: 85, unit: "%" },
      "verified",
    ],
    [
      "a number below its bound",
      { kind: "number", subject: "coverage", operator: ">=", value: 95, unit: "%" },
      "failed",
    ],
    ["a number nobody printed", { kind: "number", subject: "latency", operator: "<", value: 5 }, "manual"],
    [
      "a number of another unit",
      { kind: "number", subject: "coverage", operator: ">", value: 1, unit: "ms" },
      "manual",
    ],
    ["a tool that ended well", { kind: "clean", tool: "print" }, "verified"],
    ["a tool that never ran", { kind: "clean", tool: "eslint" }, "manual"],
  ])("%s", async (_name, claim, verdict) => {
    expect(await holds(claim)).toBe(verdict);
  });

  it("decide nothing by a number that was printed in two values", async () => {
    const claim: Claim = { kind: "number", subject: "coverage", operator: ">", value: 1 };
    expect(await holds(claim, "print coverage 90\nprint coverage 80")).toBe("manual");
  });

  it("read what the very command printed before what a longer one of the same words did", async () => {
    const claim: Claim = { kind: "output", text: "7", form: "literal", expect: "present", command: "print 7" };
    const says = outcome("seven", [claim]);
    const script = ({ text }: { text: string }): ScriptedBlock =>
      text === "print 7 8" ? { exit: { status: 0 }, output: "nothing\n" } : { exit: { status: 0 }, output: "7\n" };
    const world = createRunWorld({ script });
    const result = await world.run(planOf([{ blocks: [action("print 7 8"), action("print 7")], outcomes: [says] }]));
    expect(result.verdict).toBe("verified");
  });

  it("read the step's own command before the same one of another step", async () => {
    const claim: Claim = { kind: "output", text: "ready", form: "literal", expect: "present", command: "show" };
    let shown = 0;
    const script = (): ScriptedBlock => ({ exit: { status: 0 }, output: shown++ === 0 ? "ready\n" : "broken\n" });
    const steps = ["one", "two"].map((name) => ({
      blocks: [verification("show")],
      outcomes: [outcome(name, [claim])],
    }));
    const result = await createRunWorld({ script }).run(planOf(steps), { keepGoing: true });
    expect(result.steps.map((step) => step.verdict)).toEqual(["verified", "failed"]);
  });

  it("never start a program", async () => {
    const world = createRunWorld({ files });
    const claims: readonly Claim[] = [
      exists("dist"),
      { kind: "clean", tool: "rm" },
      { kind: "version", command: "node", bounds: [] },
    ];
    await world.run(planOf([{ handoff: "nothing to run", outcomes: [outcome("it", claims)] }]));
    expect(world.host.shell.requests).toEqual([]);
  });

  it("are also asked of deliverables and checklist items, once the work is done", async () => {
    const items = [
      outcome("log is there", [exists("log")], "check:1"),
      outcome("nice", [], "check:2"),
      outcome("gone", [exists("gone")], "check:3"),
    ];
    const world = createRunWorld();
    const result = await world.run(planOf([{ blocks: [action("do x"), verification("check log")] }], { items }));
    expect(Object.fromEntries(result.items.map((item) => [item.unit, item.verdict]))).toEqual({
      "check:1": "verified",
      "check:2": "manual",
      "check:3": "failed",
    });
    expect(result.exitCode).toBe(1);
  });

  it("are not asked of items while steps are missing", async () => {
    const items = [outcome("gone", [exists("gone")], "check:3")];
    const result = await createRunWorld().run(planOf([{ blocks: [verification("check none")] }], { items }));
    expect(result.items).toEqual([]);
  });

  it("and verifications of a task are asked when its steps are verified", async () => {
    const world = createRunWorld();
    const tasks = [
      { id: "TASK-1", blocks: [verification("check log")], verify: [outcome("log", [exists("log")], "v:1")] },
    ];
    const result = await world.run(
      planOf([{ blocks: [action("do x"), verification("check log")], task: "TASK-1" }], { tasks }),
    );
    expect(result.items).toContainEqual(expect.objectContaining({ unit: "task:TASK-1", verdict: "verified" }));
    expect(result.exitCode).toBe(0);
  });
});
