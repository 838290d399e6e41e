import { existsSync, mkdtempSync, readFileSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { RunContext, RunOptions, RunSignal } from "#execute/run-options";
import { runPlan } from "#execute/run-plan";
import type { RunResult } from "#execute/run-result";
import { verifyPlan } from "#execute/verify";
import { createNodeHost } from "#host/node";
import type { Host } from "#model/ports";
import type { Claim, UnderstoodPlan } from "#model/understanding";
import { action, outcome, planOf, verification } from "../support/understood.ts";
import { removeFolder } from "../support/remove-folder.ts";

const scratch = realpathSync(mkdtempSync(join(tmpdir(), "iplan-execute-")));
afterAll(() => removeFolder(scratch));

let root: string;
let host: Host;
let signals: RunSignal[];

beforeEach(() => {
  root = mkdtempSync(join(scratch, "workspace-"));
  signals = [];
  const real = createNodeHost("0.0.0");
  const state = mkdtempSync(join(scratch, "state-"));
  host = {
    ...real,
    trust: (path) => ({ ...real.trust(path), key: () => "ab".repeat(32), stateDirectory: () => state }),
  };
});

const run = (plan: UnderstoodPlan, options: RunOptions = {}, more: Partial<RunContext> = {}): Promise<RunResult> =>
  runPlan(
    plan,
    { host, root, actor: { kind: "person", name: "t" }, listener: (each) => signals.push(each), ...more },
    { trust: plan.approvalHash, ...options },
  );

const read = (name: string): string => readFileSync(join(root, name), "utf8");
const journals = (): string[] => readdirSync(join(root, ".iplan/runs"));

describe("a run in a real shell", () => {
  it("carries directory, variables, functions and options from step to step and into verifications", async () => {
    const plan = planOf([
      { blocks: [action('mkdir -p sub\ncd sub\nexport GREETING=hello\nlocal_one=1\nsay() { echo "$GREETING $1"; }')] },
      {
        blocks: [
          action("say world > out.txt"),
          verification('test -f out.txt\n[ "$local_one" = 1 ]\ngrep -q "hello world" out.txt'),
        ],
      },
    ]);
    const result = await run(plan);
    expect(result.steps.map((step) => [step.verdict, step.reason])).toEqual([
      ["unverifiable", expect.any(String)],
      ["verified", expect.any(String)],
    ]);
    expect(read("sub/out.txt")).toBe("hello world\n");
  });

  it("goes on in another run with the state it left, after a failure", async () => {
    const plan = planOf([
      { blocks: [action("mkdir sub; cd sub; x=kept"), verification("pwd | grep -q sub$")] },
      { blocks: [action("test -f ../go && echo $x > x.txt"), verification("grep -q kept x.txt")] },
    ]);
    expect((await run(plan)).exitCode).toBe(1);
    writeFileSync(join(root, "go"), "");
    expect((await run(plan)).exitCode).toBe(0);
    expect(read("sub/x.txt")).toBe("kept\n");
    expect(journals().length).toBe(1);
  });

  it("reports every failing line of a verification", async () => {
    const result = await run(planOf([{ blocks: [verification("true\ntest -f none\necho between\n[ 1 = 2 ]")] }]));
    expect(result.steps[0]?.reason).toBe("test -f none: exited with status 1\n[ 1 = 2 ]: exited with status 1");
  });

  it("is not fooled by a producer that was cut off because a check had seen enough", async () => {
    const parser = await host.shellParser();
    const parsed = (text: string): ReturnType<typeof verification> =>
      verification(text, { syntax: parser.parse(text) });
    const many = "seq 1 200000";
    const result = await run(planOf([{ blocks: [parsed(`${many} | grep -q 7\n${many} | head -n 1\ntrue`)] }]));
    expect(result.steps[0]).toMatchObject({ verdict: "verified" });
    const failing = await run(
      planOf([{ blocks: [parsed(`${many} | grep -q 7\n${many} | grep -q x\n${many} | false`)] }]),
    );
    expect(failing.steps[0]?.reason).toBe(
      `${many} | grep -q x: exited with status 1\n${many} | false: exited with status 1`,
    );
  });

  it("reads claims from the output of the very command they name", async () => {
    const claims: readonly Claim[] = [
      { kind: "output", text: "one", form: "literal", expect: "present", command: "echo one" },
      { kind: "output", text: "two", form: "literal", expect: "absent", command: "echo one" },
      { kind: "version", command: "echo tool 2.5.1", bounds: [{ operator: ">=", version: "2" }] },
      { kind: "number", subject: "lines covered", operator: ">=", value: 85, unit: "%" },
      { kind: "clean", tool: "grep" },
    ];
    const text =
      "echo one\necho two\necho tool 2.5.1\necho 'Lines covered: 91.2 %'\ngrep -c x /dev/null || test $? = 1";
    const result = await run(
      planOf([
        { blocks: [verification(text)], outcomes: claims.map((claim, index) => outcome(`claim ${index}`, [claim])) },
      ]),
    );
    expect(result.items.map((item) => [item.verdict, item.reason])).toEqual(
      claims.map(() => ["verified", expect.any(String)]),
    );
  });

  it("kills a block that runs out of time, and keeps what it printed", async () => {
    const result = await run(planOf([{ blocks: [action("echo begun\nsleep 60", { settings: { timeoutMs: 300 } })] }]));
    expect(result.steps[0]).toMatchObject({ verdict: "failed", reason: "its action ran out of time" });
    const digest = result.steps[0]?.evidence[0]?.replace("sha256:", "") ?? "";
    expect(read(`.iplan/evidence/${digest}.txt`)).toMatch(/^begun\n/);
  });

  it("is proved by its verification after a block was interrupted that cannot be run twice", async () => {
    const controller = new AbortController();
    const plan = planOf([
      { blocks: [action("mkdir once\nsleep 20", { risk: "publish" }), verification("test -d once")] },
    ]);
    const listener = (signal: RunSignal): void => {
      if (signal.kind === "event" && signal.event.type === "block-running") setTimeout(() => controller.abort(), 300);
    };
    expect((await run(plan, {}, { signal: controller.signal, listener })).exitCode).toBe(130);
    expect((await run(plan)).exitCode).toBe(0);
  });

  it("says so when a block replaced its shell, and goes on from the state before it", async () => {
    const plan = planOf([
      { blocks: [action("x=kept")] },
      { blocks: [action("exec true")] },
      { blocks: [verification('[ "$x" = kept ]')] },
    ]);
    const result = await run(plan);
    expect(result.steps[2]?.verdict).toBe("verified");
    expect(signals.some((signal) => signal.kind === "notice" && signal.text.includes("exec"))).toBe(true);
  });

  it("ends a process that was left over", async () => {
    await run(planOf([{ blocks: [action("sleep 300 & echo $! > pid")] }]));
    expect(existsSync(`/proc/${read("pid").trim()}/exe`)).toBe(false);
  });

  it("verifies alone from the state the step left, in another process", async () => {
    const plan = planOf([{ blocks: [action("mkdir sub; cd sub; touch here"), verification("test -f here")] }]);
    await run(plan);
    const result = await verifyPlan(
      plan,
      undefined,
      { host, root, actor: { kind: "person", name: "t" } },
      { trust: plan.approvalHash },
    );
    expect(result.exitCode).toBe(0);
  });

  it("keeps the memory it takes constant under a flood of output", async () => {
    const plan = planOf([
      { blocks: [action("head -c 40000000 /dev/zero | tr '\\0' 'x' | fold -w 99", { recognised: ["x"] })] },
    ]);
    const before = process.memoryUsage().rss;
    let most = before;
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 20);
    const result = await run(plan);
    clearInterval(timer);
    most = Math.max(most, process.memoryUsage().rss);
    expect(result.steps[0]?.verdict).toBe("verified");
    expect((most - before) / 1e6).toBeLessThan(150);
  });
});
