import { describe, expect, it } from "vitest";
import type { PlanRecord, UnderstoodPlan } from "#model/understanding";
import { createRunWorld, type RunWorld } from "../support/run-world.ts";
import { action, planOf, verification } from "../support/understood.ts";

const three = planOf(
  ["one", "two", "three"].map((word) => ({ blocks: [action(`do ${word}`), verification("check log")] })),
);
const verdicts = (result: { steps: readonly { verdict: string }[] }): readonly string[] =>
  result.steps.map((step) => step.verdict);

describe("a run is asked for", () => {
  it.each([
    [{ only: "2" }, ["two"]],
    [{ only: "step:3" }, ["three"]],
    [{ only: "Step 1" }, ["one"]],
    [{ from: "2" }, ["two", "three"]],
    [{ until: "2" }, ["one", "two"]],
    [{ from: "2", until: "2" }, ["two"]],
  ])("%o", async (options, done) => {
    const world = createRunWorld();
    const result = await world.run(three, options);
    expect(world.done()).toEqual(done);
    expect(result.exitCode).toBe(0);
  });

  it.each([
    [{ only: "9" }, "usage/no-such-step"],
    [{ from: "3", until: "1" }, "usage/arguments"],
    [{ only: "1", from: "1" }, "usage/arguments"],
  ])("%o in vain", async (options, code) => {
    await expect(createRunWorld().run(three, options)).rejects.toMatchObject({ code, exitCode: 2 });
  });

  it("again, and starts over", async () => {
    const world = createRunWorld();
    await world.run(three);
    const result = await world.run(three, { over: true });
    expect(result.exitCode).toBe(0);
    expect(world.done().length).toBe(6);
    await world.run(three);
    expect(world.done().length).toBe(6);
  });

  it("with one step redone, and goes on with the rest", async () => {
    const world = createRunWorld();
    await world.run(three, { until: "2" });
    await world.run(three, { redo: "1" });
    expect(world.done()).toEqual(["one", "two", "one", "three"]);
  });

  it("going on past failures, but not past what a step needs", async () => {
    const plan = planOf([
      { blocks: [action("exit 1")] },
      { blocks: [action("do two"), verification("check log")], needs: ["step:1"] },
      { blocks: [action("do three"), verification("check log")] },
    ]);
    const world = createRunWorld();
    const result = await world.run(plan, { keepGoing: true });
    expect(verdicts(result)).toEqual(["failed", "skipped", "verified"]);
    expect(result.steps[1]?.reason).toContain("needs step:1");
    expect(world.done()).toEqual(["three"]);
  });

  it("with retries where a step asks for them", async () => {
    let count = 0;
    const world = createRunWorld({ script: () => ({ exit: { status: ++count < 3 ? 1 : 0 } }) });
    const result = await world.run(
      planOf([{ blocks: [action("flaky", { settings: { retry: 2 }, recognised: ["test"] })] }]),
    );
    expect(result.steps[0]).toMatchObject({ verdict: "verified", attempts: 3 });
    count = -5;
    const again = await world.run(planOf([{ blocks: [action("flaky too", { settings: { retry: 1 } })] }]));
    expect(again.steps[0]).toMatchObject({ verdict: "failed", attempts: 5 });
  });
});

/** A signal that can be taken back, for one world that runs twice. */
function stoppable(): { signal: AbortSignal; abort(): void; forget(): void } {
  const controllers = [new AbortController()];
  const now = (): AbortController => controllers.at(-1) ?? new AbortController();
  const signal = new Proxy(now().signal, {
    get: (_target, name) => (name === "aborted" ? now().signal.aborted : () => undefined),
  });
  return { signal, abort: () => now().abort(), forget: () => void controllers.push(new AbortController()) };
}

describe("work that ran to its end without a proof", () => {
  const unproved = (risk: "workspace" | "read", recognised: readonly string[] = []): UnderstoodPlan =>
    planOf([{ blocks: [action("do one", { risk, recognised })] }, { blocks: [verification("check two")] }]);

  it("is not done twice when the run goes on", async () => {
    const world = createRunWorld();
    expect(verdicts(await world.run(unproved("workspace")))).toEqual(["unverifiable", "failed"]);
    world.host.files.put("/ws/two", "");
    expect(verdicts(await world.run(unproved("workspace")))).toEqual(["unverifiable", "verified"]);
    expect(world.done()).toEqual(["one"]);
    await world.run(unproved("workspace"), { redo: "1" });
    expect(world.done()).toEqual(["one", "one"]);
  });

  it("is asked again once there is something to ask, without doing it again", async () => {
    const world = createRunWorld();
    await world.run(planOf([{ blocks: [action("do one")] }]));
    const result = await world.run(planOf([{ blocks: [action("do one"), verification("check log")] }]));
    expect(result.exitCode).toBe(0);
    expect(world.done()).toEqual(["one"]);
  });

  it("is tried again when it is a check itself and can do no harm", async () => {
    let tests = 0;
    const world = createRunWorld({ script: () => ({ output: `# tests ${tests}\n# pass ${tests}\n# fail 0\n` }) });
    const plan = planOf([{ blocks: [action("node --test", { risk: "read", recognised: ["node --test"] })] }]);
    expect(verdicts(await world.run(plan))).toEqual(["unverifiable"]);
    tests = 2;
    expect(verdicts(await world.run(plan))).toEqual(["verified"]);
  });

  it("and went stale under a later step is not done again over its work", async () => {
    const plan = planOf([
      { blocks: [action("do one\nwrite a 1", { recognised: ["test"] })], files: ["a"] },
      { blocks: [action("do two\nwrite a 2"), verification("check a")] },
    ]);
    const world = createRunWorld();
    expect(verdicts(await world.run(plan))).toEqual(["stale", "verified"]);
    expect(verdicts(await world.run(plan))).toEqual(["stale", "verified"]);
    expect(world.done()).toEqual(["one", "two"]);
  });
});

describe("an interruption", () => {
  it("between blocks leaves what is done and exits with 130", async () => {
    const { signal, abort, forget } = stoppable();
    const world = createRunWorld({
      script: (request) => {
        if (request.text === "do two") abort();
        return undefined;
      },
    });
    const result = await world.run(three, {}, { signal });
    expect(result).toMatchObject({ exitCode: 130, stop: { code: "run/interrupted" } });
    expect(result.steps[0]?.verdict).toBe("verified");
    forget();
    expect((await world.run(three)).exitCode).toBe(0);
    expect(world.done()).toEqual(["one", "two", "three"]);
  });

  it("of a block puts the step in question", async () => {
    const { signal, abort, forget } = stoppable();
    const world = createRunWorld({
      script: () => {
        abort();
        return { exit: { signal: "SIGINT", interrupted: true } };
      },
    });
    const plan = planOf([{ blocks: [action("push", { risk: "publish" })] }]);
    expect((await world.run(plan, {}, { signal })).exitCode).toBe(130);
    forget();
    expect((await world.run(plan)).exitCode).toBe(7);
  });
});

describe("the end of a run", () => {
  it("verifies again what its later steps changed, and fails when it no longer holds", async () => {
    const plan = planOf([
      { blocks: [action("write a 1"), verification("check a\nsame a 1")], files: ["a"] },
      { blocks: [action("write a 2"), verification("check a")], files: ["b"] },
    ]);
    let asked = 0;
    const world = createRunWorld({
      script: (request) => (request.text.includes("same") ? { statuses: [0, ++asked > 1 ? 1 : 0] } : undefined),
    });
    const result = await world.run(plan);
    expect(verdicts(result)).toEqual(["failed", "verified"]);
    expect(result.exitCode).toBe(1);
  });

  it("keeps what was verified when the question whether it still is was killed, and asks again next time", async () => {
    const plan = planOf([
      { blocks: [action("do one\nwrite a 1"), verification("check a\nsame a 1")], files: ["a"] },
      { blocks: [action("do two\nwrite a 2"), verification("check a")], files: ["b"] },
    ]);
    let asked = 0;
    const world = createRunWorld({
      script: (request) =>
        request.text.includes("same") && ++asked === 2 ? { exit: { signal: "SIGKILL" }, statuses: [] } : undefined,
    });
    expect(verdicts(await world.run(plan))).toEqual(["stale", "verified"]);
    expect(verdicts(await world.run(plan))).toEqual(["verified", "verified"]);
    expect(world.done()).toEqual(["one", "two"]);
    expect(asked).toBe(3);
  });

  it("calls stale what changed and cannot be verified again", async () => {
    const plan = planOf([
      { blocks: [action("write a 1", { recognised: ["test"] })], files: ["a"] },
      { blocks: [action("write a 2"), verification("check a")] },
    ]);
    const result = await createRunWorld().run(plan);
    expect(verdicts(result)).toEqual(["stale", "verified"]);
  });

  it("ends processes that were left over, but for those that are kept", async () => {
    const left = { pid: 77, startTime: "7" };
    const world = createRunWorld({ script: () => ({ leftovers: [left] }) });
    await world.run(planOf([{ blocks: [action("serve &")] }]));
    expect(world.host.shell.terminated).toEqual([77]);
    const keeping = createRunWorld({ script: () => ({ leftovers: [left] }) });
    await keeping.run(planOf([{ blocks: [action("serve &", { settings: { keep: true } })] }]));
    expect(keeping.host.shell.terminated).toEqual([]);
  });
});

describe("ticked work", () => {
  const ticked = (states: readonly boolean[], blocks = ["one", "two", "three"]): UnderstoodPlan =>
    planOf(
      blocks.map((word, index) => ({
        blocks: [action(`do ${word}\nwrite ${word} 1`), verification(`check ${word}`)],
        task: `TASK-${index + 1}`,
      })),
      { tasks: states.map((state, index) => ({ id: `TASK-${index + 1}`, ticked: state })) },
    );
  const having = (...names: readonly string[]): RunWorld =>
    createRunWorld({ files: Object.fromEntries(names.map((name) => [`/ws/${name}`, ""])) });

  it("is asked its verification in order, and what passes is recorded without running it", async () => {
    const world = having("one", "two");
    const result = await world.run(ticked([true, true, false]));
    expect(result.exitCode).toBe(0);
    expect(world.done()).toEqual(["three"]);
    expect(result.steps[0]?.reason).toMatch(/^taken over: /);
  });

  it("begins the run at the first tick that does not hold, and runs all behind it", async () => {
    const world = having("one", "three");
    const result = await world.run(ticked([true, true, true]));
    expect(result.exitCode).toBe(0);
    expect(world.done()).toEqual(["two", "three"]);
  });

  it("is not asked behind the first box nobody ticked", async () => {
    const world = having("one", "two", "three");
    await world.run(ticked([true, false, true]));
    expect(world.done()).toEqual(["two", "three"]);
  });

  it("is only asked at the first run", async () => {
    const world = having();
    await world.run(ticked([false, false, false]), { until: "1" });
    world.host.files.put("/ws/two", "");
    await world.run(ticked([true, true, true]));
    expect(world.done()).toEqual(["one", "two", "three"]);
  });

  it("that nothing can verify is done again when that is harmless, and else needs a decision", async () => {
    const plan = (risk: "workspace" | "publish"): UnderstoodPlan =>
      planOf([{ blocks: [action("do it", { risk, recognised: [] })], task: "TASK-1" }], {
        tasks: [{ id: "TASK-1", ticked: true }],
      });
    const harmless = having();
    await harmless.run(plan("workspace"));
    expect(harmless.done()).toEqual(["it"]);
    const harmful = having();
    expect((await harmful.run(plan("publish"))).exitCode).toBe(7);
    expect(harmful.done()).toEqual([]);
  });

  it("counts a receipt like a tick: it is asked, never believed", async () => {
    const plan = planOf([
      { blocks: [action("do one\nwrite a 1"), verification("check a")] },
      { blocks: [action("do two\nwrite b 1"), verification("check b")] },
    ]);
    const units = plan.steps.map(
      (step) =>
        [
          step.key,
          {
            verdict: "verified",
            reason: "",
            subject: step.subject,
            at: "",
            evidence: [],
            attempts: 1,
            directory: "sub",
          },
        ] as const,
    );
    const receipt: PlanRecord = { source: "receipt", units: new Map(units) };
    const world = having("a");
    const result = await world.run(plan, { receipt });
    expect(result.exitCode).toBe(0);
    expect(world.done()).toEqual(["two"]);
    expect(world.host.shell.requests.map((request) => request.directory)).toEqual([
      "/ws/sub",
      "/ws/sub",
      "/ws/sub",
      "/ws/sub",
    ]);
  });
});
