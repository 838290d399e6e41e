import { describe, expect, it } from "vitest";
import type { PlanSketch, StepSketch } from "../support/understood.ts";
import type { RunContext, RunOptions } from "#execute/run-options";
import { dryRun } from "#execute/dry-run";
import { runPlan } from "#execute/run-plan";
import { verifyPlan } from "#execute/verify";
import { createRunWorld, root } from "../support/run-world.ts";
import { action, planOf, verification } from "../support/understood.ts";

const harmless: readonly StepSketch[] = [{ blocks: [action("do one"), verification("check log")] }];
const destroying = planOf([{ blocks: [action("do rm", { risk: "destructive" }), verification("check log")] }]);
const openHeredoc = {
  start: 0,
  end: 6,
  statements: [
    {
      start: 0,
      end: 6,
      background: false,
      command: {
        kind: "group",
        start: 0,
        end: 6,
        redirects: [
          {
            start: 0,
            end: 6,
            operator: "<<",
            heredoc: {
              delimiter: "EOF",
              quoted: false,
              body: { start: 0, end: 6 },
              terminated: false,
              substitutions: [],
              variables: [],
            },
          },
        ],
        body: { start: 0, end: 6, statements: [] },
      },
    },
  ],
  comments: [],
  errors: [],
  incomplete: false,
} as const;

describe("a run starts nothing", () => {
  it.each<[string, readonly StepSketch[], PlanSketch, string, number]>([
    ["of a plan without steps", [], {}, "run/nothing-to-run", 3],
    ["of a template", harmless, { template: true }, "run/template", 2],
    [
      "with a placeholder left",
      [{ blocks: [action("cd [path]", { placeholders: ["[path]"] })] }],
      {},
      "run/placeholders",
      2,
    ],
    ["with a fence that never closes", [{ blocks: [action("do x", { closed: false })] }], {}, "run/syntax", 2],
    [
      "with a here-document that never ends",
      [{ blocks: [action("cat <<EOF", { syntax: openHeredoc })] }],
      {},
      "run/syntax",
      2,
    ],
    [
      "with a syntax error",
      [
        {
          blocks: [
            action("if", {
              syntax: { ...openHeredoc, statements: [], errors: [{ start: 0, end: 2, message: "unexpected end" }] },
            }),
          ],
        },
      ],
      {},
      "run/syntax",
      2,
    ],
    [
      "with a block nobody could understand",
      [{ blocks: [action("a=(", { syntax: { ...openHeredoc, statements: [], incomplete: true } })] }],
      {},
      "run/syntax",
      2,
    ],
    [
      "with a service whose readiness nobody can see",
      [{ blocks: [action("serve", { settings: { background: true, ready: "url:https://example.org" } })] }],
      {},
      "host/unsupported",
      2,
    ],
  ])("%s", async (_name, steps, sketch, code, exitCode) => {
    const world = createRunWorld();
    await expect(world.run(planOf(steps, sketch))).rejects.toMatchObject({ code, exitCode });
    expect(world.host.shell.requests).toEqual([]);
    expect(world.host.files.paths()).toEqual([]);
  });

  it("of a plan without steps when it is only told what a run would do", async () => {
    await expect(dryRun(planOf([]), createRunWorld().context)).rejects.toMatchObject({ code: "run/nothing-to-run" });
  });

  it("of steps that were not asked for: their placeholders do not matter", async () => {
    const plan = planOf([...harmless, { blocks: [action("cd [path]", { placeholders: ["[path]"] })] }]);
    const result = await createRunWorld().run(plan, { only: "1" });
    expect(result.exitCode).toBe(0);
  });
});

describe("approval", () => {
  const plan = planOf(harmless);
  const attempt = (
    options: RunOptions,
    more: Partial<RunContext> = {},
    approve?: (world: ReturnType<typeof createRunWorld>) => void,
  ) => {
    const world = createRunWorld();
    approve?.(world);
    return runPlan(plan, { ...world.context, ...more }, options);
  };

  it("is wanted before anything runs, with the exact commands in the cure", async () => {
    await expect(attempt({})).rejects.toMatchObject({
      code: "run/not-approved",
      exitCode: 5,
      cure: expect.stringContaining(`iplan run IPLAN-001 --trust=${plan.approvalHash}`),
    });
  });

  it("is given by the stored hash of the set", async () => {
    const result = await attempt({}, {}, ({ host }) => host.trust(root).approve(plan.id, plan.approvalHash, []));
    expect(result.exitCode).toBe(0);
  });

  it("is given by the stored hashes of all single commands", async () => {
    const hashes = plan.commands.map((command) => command.sha256);
    const result = await attempt({}, {}, ({ host }) => host.trust(root).approve(plan.id, "other", hashes));
    expect(result.exitCode).toBe(0);
  });

  it("is gone for a command that was edited", async () => {
    const hashes = plan.commands.slice(1).map((command) => command.sha256);
    await expect(
      attempt({}, {}, ({ host }) => host.trust(root).approve(plan.id, "other", hashes)),
    ).rejects.toMatchObject({ code: "run/not-approved", message: expect.stringContaining("1 of its commands") });
  });

  it("stores nothing when it is given for this run", async () => {
    const world = createRunWorld();
    const failing = planOf([{ blocks: [verification("check none")] }]);
    await world.run(failing);
    expect(world.host.trust(root).isApproved(failing.id, failing.approvalHash)).toBe(false);
    await expect(runPlan(failing, world.context, {})).rejects.toMatchObject({ code: "run/not-approved" });
  });

  it("is not wanted for a finished plan, which runs nothing", async () => {
    const world = createRunWorld();
    await world.run(plan);
    const before = world.host.shell.requests.length;
    world.host.files.put("/ws/log", "changed");
    const result = await runPlan(plan, world.context, {});
    expect(result.exitCode).toBe(0);
    expect(world.host.shell.requests.length).toBe(before);
  });

  it("is refused for another set than the one that was reviewed", async () => {
    await expect(attempt({ trust: "0".repeat(64) })).rejects.toMatchObject({ code: "run/not-approved" });
  });

  it("is refused to assistants", async () => {
    const actor = { kind: "assistant", name: "helper" } as const;
    await expect(attempt({ trust: plan.approvalHash }, { actor })).rejects.toMatchObject({
      code: "usage/assistant-refused",
    });
  });
});

describe("a destructive command", () => {
  it("is refused where nobody can be asked", async () => {
    const world = createRunWorld();
    await expect(world.run(destroying)).rejects.toMatchObject({
      code: "run/not-allowed",
      exitCode: 5,
      cure: expect.stringContaining("--allow=destructive"),
    });
    expect(world.done()).toEqual([]);
  });

  it("runs when it is allowed, or confirmed by a person", async () => {
    expect((await createRunWorld().run(destroying, { allow: ["destructive"] })).exitCode).toBe(0);
    expect((await createRunWorld().run(destroying, {}, { confirm: () => Promise.resolve(true) })).exitCode).toBe(0);
  });

  it("does not run when the person says no", async () => {
    const world = createRunWorld();
    await expect(world.run(destroying, {}, { confirm: () => Promise.resolve(false) })).rejects.toMatchObject({
      code: "run/not-allowed",
    });
  });

  it("is confirmed also where the plan itself wants it", async () => {
    const plan = planOf([{ blocks: [action("do x", { settings: { confirm: true } })] }]);
    await expect(createRunWorld().run(plan)).rejects.toMatchObject({ code: "run/not-allowed" });
  });
});

describe("a destructive command that is done", () => {
  it("is not asked about again, because it does not run again", async () => {
    const world = createRunWorld();
    await world.run(destroying, { allow: ["destructive"] });
    expect((await world.run(destroying)).exitCode).toBe(0);
    expect(world.done()).toEqual(["rm"]);
    await expect(world.run(destroying, { redo: "1" })).rejects.toMatchObject({ code: "run/not-allowed" });
    await expect(world.run(destroying, { over: true })).rejects.toMatchObject({ code: "run/not-allowed" });
  });
});

describe("the policy", () => {
  it("holds for verifications alone too", async () => {
    const world = createRunWorld();
    const looking = planOf([{ blocks: [action("do one"), verification("check log", { risk: "network" })] }]);
    await world.run(looking);
    const options = { trust: looking.approvalHash, policy: { network: "deny" } } as const;
    await expect(verifyPlan(looking, undefined, world.context, options)).rejects.toMatchObject({
      code: "run/not-allowed",
    });
  });
});

describe("a lock", () => {
  it("keeps a second run out while the first one works, and is let go at its end", async () => {
    const plan = planOf(harmless);
    let second: unknown;
    const world = createRunWorld({
      script: async () => {
        second ??= await world.run(plan).catch((error: unknown) => error);
        return {};
      },
    });
    world.host.shell.alive.add(1);
    await world.run(plan);
    expect(second).toMatchObject({ code: "journal/locked", exitCode: 6 });
    expect(world.host.files.paths().filter((path) => path.includes("/locks/"))).toEqual([]);
  });
});

describe("the policy of a workspace", () => {
  const fetching = planOf([{ blocks: [action("do fetch", { risk: "network" }), verification("check log")] }]);
  const notAllowed = (text: string) =>
    expect.objectContaining({ code: "run/not-allowed", message: expect.stringContaining(text) });

  it("lets network commands run unless it says otherwise", async () => {
    expect((await createRunWorld().run(fetching)).exitCode).toBe(0);
  });
  it("denies whatever was allowed on the command line", async () => {
    const options = { policy: { network: "deny" as const }, allow: ["network"] };
    await expect(createRunWorld().run(fetching, options)).rejects.toEqual(notAllowed("denied by the policy"));
  });
  it("wants a confirmation, which the command line may give for that risk alone", async () => {
    const policy = { network: "confirm" as const };
    await expect(createRunWorld().run(fetching, { policy })).rejects.toEqual(notAllowed("wants a confirmation"));
    await expect(createRunWorld().run(fetching, { policy, allow: ["destructive"] })).rejects.toEqual(
      notAllowed("wants a confirmation"),
    );
    expect((await createRunWorld().run(fetching, { policy, allow: ["network"] })).exitCode).toBe(0);
  });
});
