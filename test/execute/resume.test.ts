import { describe, expect, it } from "vitest";
import { MemoryCrash } from "#host/memory";
import { verifyPlan } from "#execute/verify";
import type { RunState } from "#journal/run-state";
import { replay } from "#journal/replay";
import { readJournal } from "#journal/read-journal";
import type { JournalEvent } from "#model/run";
import { die, dyingWorld, keyOf, one, sign } from "../support/dying-world.ts";
import { createRunWorld, perform } from "../support/run-world.ts";
import { action, outcome, planOf, verification } from "../support/understood.ts";

describe("a step whose end is not known", () => {
  it("is done when its verification says so, and its action is not repeated", async () => {
    const plan = one(action("do one\nwrite a 1", { risk: "publish" }), verification("check a"));
    const world = dyingWorld("after");
    await die(world, plan);
    expect((await world.run(plan)).exitCode).toBe(0);
    expect(world.done()).toEqual(["one"]);
  });

  it("is run again when its verification says it is not done", async () => {
    const plan = one(action("do one\nwrite a 1", { risk: "publish" }), verification("check a"));
    const world = dyingWorld("before");
    await die(world, plan);
    expect((await world.run(plan)).exitCode).toBe(0);
    expect(world.done()).toEqual(["one"]);
  });

  it("needs a decision when it is marked unsafe and its verification does not pass", async () => {
    const plan = one(action("do one\nwrite a 1", { settings: { unsafe: true } }), verification("check a"));
    const world = dyingWorld("before");
    await die(world, plan);
    const result = await world.run(plan);
    expect(result).toMatchObject({
      exitCode: 7,
      steps: [{ verdict: "unknown" }],
      stop: {
        code: "run/undecided",
        cure: expect.stringMatching(/iplan run IPLAN-001 --redo 1\n.*iplan sign IPLAN-001 1 --reason/),
      },
    });
    expect(world.done()).toEqual([]);
    expect((await world.run(plan)).exitCode).toBe(7);
    expect((await world.run(plan, { redo: "1" })).exitCode).toBe(0);
    expect(world.done()).toEqual(["one"]);
  });

  it.each(["read", "workspace"] as const)("is run again without a verification when it only risks %s", async (risk) => {
    const plan = one(action("do one", { risk, recognised: ["test"] }));
    const world = dyingWorld("before");
    await die(world, plan);
    expect((await world.run(plan)).exitCode).toBe(0);
  });

  it.each([
    "outside",
    "network",
    "publish",
  ] as const)("needs a decision without a verification when it risks %s", async (risk) => {
    const plan = one(action("do one", { risk, recognised: ["test"] }));
    const world = dyingWorld("before");
    await die(world, plan);
    expect((await world.run(plan)).exitCode).toBe(7);
    expect(world.done()).toEqual([]);
  });

  it("needs a decision when its only verification cannot fail", async () => {
    const plan = one(action("do one", { risk: "publish" }), verification("print ok", { vacuity: "vacuous" }));
    const world = dyingWorld("after");
    await die(world, plan);
    expect((await world.run(plan)).exitCode).toBe(7);
  });

  it("is not proved by an outcome alone: half a file may lie there", async () => {
    const plan = planOf([
      {
        blocks: [action("do one\nwrite a 1", { risk: "network" })],
        outcomes: [outcome("a", [{ kind: "path", path: "a", expect: "exists" }])],
      },
    ]);
    const world = dyingWorld("after");
    await die(world, plan);
    expect((await world.run(plan)).exitCode).toBe(7);
  });

  it("goes by the risk it had when it was started, once its block was edited away", async () => {
    const world = dyingWorld("before");
    await die(world, one(action("do one", { risk: "publish" })));
    expect((await world.run(one(action("do other", { recognised: ["test"] })))).exitCode).toBe(7);
  });

  it("is settled by a signature", async () => {
    const plan = one(action("do one", { risk: "publish" }));
    const world = dyingWorld("before");
    await die(world, plan);
    await world.run(plan);
    sign(world, plan, "step:1");
    const result = await world.run(plan);
    expect(result).toMatchObject({ exitCode: 0, steps: [{ verdict: "verified" }] });
    expect(world.done()).toEqual([]);
  });

  it("asks again after a crash during the question", async () => {
    const plan = planOf([
      {
        blocks: [
          action("do one", { settings: { unsafe: true } }),
          verification("check a\ncheck b"),
          verification("check c"),
        ],
      },
    ]);
    const world = dyingWorld("before");
    await die(world, plan);
    world.host.shell.script = () => {
      throw new MemoryCrash();
    };
    await die(world, plan);
    world.host.shell.script = (request) => perform(request, world.host);
    world.host.files.put("/ws/a", "");
    world.host.files.put("/ws/b", "");
    expect((await world.run(plan)).exitCode).toBe(7);
    world.host.files.put("/ws/c", "");
    expect((await world.run(plan)).exitCode).toBe(0);
    expect(world.done()).toEqual([]);
  });

  it("goes on behind the proved action, with the actions that follow it in the step", async () => {
    const plan = planOf([
      {
        blocks: [
          action("do one\nwrite a 1", { settings: { unsafe: true } }),
          verification("check a"),
          action("do two\nwrite b 1"),
          verification("check b"),
        ],
      },
    ]);
    const world = dyingWorld("after");
    await die(world, plan);
    const result = await world.run(plan);
    expect(result.steps[0]).toMatchObject({ verdict: "verified", attempts: 1 });
    expect(world.done()).toEqual(["one", "two"]);
  });

  it("stays in question while later steps run on", async () => {
    const plan = planOf([
      { blocks: [action("do one", { risk: "publish" })] },
      { blocks: [action("do two", { recognised: ["test"] })] },
    ]);
    const world = dyingWorld("before");
    await die(world, plan);
    expect((await world.run(plan, { keepGoing: true })).steps.map((step) => step.verdict)).toEqual([
      "unknown",
      "verified",
    ]);
    expect((await world.run(plan)).exitCode).toBe(7);
    expect(world.done()).toEqual(["two"]);
  });
});

describe("a block that outlived its run", () => {
  it("is waited for and not started twice", async () => {
    const plan = one(action("do one\nwrite a 1", { risk: "publish" }), verification("check a"));
    const world = dyingWorld("before");
    await expect(world.run(plan)).rejects.toBeInstanceOf(MemoryCrash);
    world.host.shell.adopting = (request) => perform({ ...request, text: "do one\nwrite a 1" }, world.host);
    const result = await world.run(plan);
    expect(result.exitCode).toBe(0);
    expect(world.done()).toEqual(["one"]);
    expect(world.signals).toContainEqual(
      expect.objectContaining({ kind: "notice", text: expect.stringContaining("still runs") }),
    );
    const events = world.signals.flatMap((signal) => (signal.kind === "event" ? [signal.event] : []));
    expect(events).toContainEqual(expect.objectContaining({ type: "block-ended", adopted: true }));
  });

  it("gives the step the verdict its result deserves", async () => {
    const plan = one(action("do one"), verification("check a"));
    const world = dyingWorld("before");
    await die(world, plan);
    world.host.shell.adopting = () => ({ exit: { status: 4 } });
    const before = world.host.shell.requests.length;
    const result = await world.run(plan);
    expect(result).toMatchObject({ exitCode: 1, steps: [{ verdict: "failed", attempts: 1 }] });
    expect(world.host.shell.requests).toHaveLength(before);
    const ended = world.signals.findLast((signal) => signal.kind === "event" && signal.event.type === "block-ended");
    expect(ended).toMatchObject({ event: { evidence: { exit: { status: 4 } } } });
  });

  it("and failed is run again when its block was edited since", async () => {
    const world = dyingWorld("before");
    await die(world, one(action("do old")));
    world.host.shell.adopting = () => ({ exit: { status: 4 } });
    expect((await world.run(one(action("do new\nwrite a 1"), verification("check a")))).exitCode).toBe(0);
    expect(world.done()).toEqual(["new"]);
  });

  it.each<["workspace" | "publish", string, readonly string[]]>([
    ["workspace", "unverifiable", ["one"]],
    ["publish", "unknown", []],
  ])("and was killed with it counts as without an end: risk %s", async (risk, verdict, done) => {
    const world = dyingWorld("before");
    const plan = one(action("do one\nwrite a 1", { risk }));
    await die(world, plan);
    world.host.shell.adopting = () => ({ exit: { signal: "SIGKILL" } });
    const result = await world.run(plan);
    expect(world.done()).toEqual(done);
    expect(result.steps.map((step) => step.verdict)).toEqual([verdict]);
  });

  it("and whose command was killed with it is asked its verification before it is done again", async () => {
    const world = dyingWorld("before");
    const plan = one(action("do commit\nwrite a 1"), verification("check a"));
    await die(world, plan);
    world.host.files.put("/ws/a", "1");
    world.host.shell.adopting = () => ({ exit: { status: 137 } });
    expect((await world.run(plan)).exitCode).toBe(0);
    expect(world.done()).toEqual([]);
  });

  it("is taken over even when its block was edited since", async () => {
    const world = dyingWorld("before");
    await die(world, one(action("do old", { risk: "publish" })));
    world.host.shell.adopting = () => ({ exit: { status: 0 } });
    const result = await world.run(one(action("do new"), verification("check log")));
    expect(result.exitCode).toBe(0);
    expect(world.done()).toEqual(["new"]);
  });
});

describe("a verification that died", () => {
  it("while it was asked about a verified step, leaves that step verified", async () => {
    const plan = one(action("do one\nwrite a 1"), verification("check a"));
    const world = dyingWorld("before", 3);
    await world.run(plan);
    await expect(verifyPlan(plan, undefined, world.context, { trust: plan.approvalHash })).rejects.toBeInstanceOf(
      MemoryCrash,
    );
    const result = await world.run(plan);
    expect(result).toMatchObject({ exitCode: 0, verdict: "verified" });
    expect(world.done()).toEqual(["one"]);
  });

  it("is asked again, and the action before it is not repeated", async () => {
    const plan = one(action("do one\nwrite a 1", { risk: "publish" }), verification("check a"));
    const world = dyingWorld("before", 2);
    await die(world, plan);
    expect((await world.run(plan)).exitCode).toBe(0);
    expect(world.done()).toEqual(["one"]);
  });

  it("and is waited for, gives its answer", async () => {
    const plan = one(action("do one"), verification("check a"));
    const world = dyingWorld("before", 2);
    await die(world, plan);
    world.host.shell.adopting = () => ({ statuses: [0] });
    expect((await world.run(plan)).exitCode).toBe(0);
    expect(world.host.shell.requests.length).toBe(2);
  });
});

describe("shell state", () => {
  it("that is gone is refused with a cure, before anything runs without it", async () => {
    const plan = planOf([
      { blocks: [action("do one"), verification("check log")] },
      { blocks: [action("do two"), verification("check b")] },
    ]);
    const world = createRunWorld();
    await world.run(plan);
    for (const path of world.host.files.paths()) if (path.endsWith("/state")) world.host.files.remove(path);
    await expect(world.run(plan)).rejects.toMatchObject({
      code: "host/state-unusable",
      cure: expect.stringContaining("iplan run IPLAN-001 --redo 1"),
    });
    expect(world.done()).toEqual(["one", "two"]);
  });

  it("of a step that is redone comes from the step before it, not from the last one", async () => {
    const plan = planOf(
      ["one", "two", "three"].map((word) => ({ blocks: [action(`do ${word}`), verification("check log")] })),
    );
    const world = createRunWorld();
    await world.run(plan);
    await world.run(plan, { redo: "2" });
    const request = world.host.shell.requests.findLast((each) => each.text === "do two");
    expect(world.host.files.text(request?.state ?? "")).toBe("do one\n");
  });

  it("of an isolated block is fresh, and does not reach the next one", async () => {
    const plan = planOf([
      { blocks: [action("do one")] },
      { blocks: [action("do two", { settings: { isolated: true } })] },
      { blocks: [action("do three")] },
    ]);
    const world = createRunWorld();
    await world.run(plan);
    const [, second, third] = world.host.shell.requests;
    expect(second?.state).toBeUndefined();
    expect(world.host.files.text(third?.state ?? "")).toBe("do one\n");
  });
});

describe("every prefix of a journal", () => {
  it("replays to the state the run had when it wrote it", async () => {
    const plan = planOf([
      { blocks: [action("do one\nwrite a 1\nprint x"), verification("check a")], files: ["a"] },
      { blocks: [action("write a 2", { settings: { unsafe: true } }), verification("check b")] },
    ]);
    const world = dyingWorld("before", 3);
    await die(world, plan);
    await world.run(plan);
    world.host.files.put("/ws/b", "");
    await world.run(plan, { redo: "2" });
    const events = world.signals.flatMap((signal) => (signal.kind === "event" ? [signal.event] : []));
    const live = liveStates(events);
    const path = world.host.files.paths().find((each) => each.includes("/runs/")) ?? "";
    const written = readJournal(world.host.files, path, { key: keyOf(world), hash: world.host.hash })?.events ?? [];
    expect(written).toEqual(events);
    for (let length = 0; length <= written.length; length++)
      expect(replay(written.slice(0, length))).toEqual(live[length]);
  });
});

/** The state after each event, as one process that never died would have it. */
function liveStates(events: readonly JournalEvent[]): readonly RunState[] {
  const states = [replay([])];
  for (const event of events) states.push(replay([event], states.at(-1)));
  return states;
}
