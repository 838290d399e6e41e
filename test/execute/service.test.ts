import { describe, expect, it } from "vitest";
import { verifyPlan } from "#execute/verify";
import type { UnderstoodPlan } from "#model/understanding";
import { createRunWorld, type RunWorld } from "../support/run-world.ts";
import { action, planOf, verification } from "../support/understood.ts";

describe("a service", () => {
  const serving = (ready?: string): UnderstoodPlan =>
    planOf([
      {
        blocks: [
          action("serve", {
            settings: { background: true, timeoutMs: 1000, ...(ready === undefined ? {} : { ready }) },
          }),
          verification("check up"),
        ],
      },
      { blocks: [action("do use"), verification("check used")] },
    ]);
  const process = { pid: 500, startTime: "5" };
  const servingWorld = (lives = true): RunWorld => {
    const world = createRunWorld({
      files: { "/ws/up": "of an earlier service" },
      script: (request) => {
        if (!request.text.includes("serve")) return undefined;
        if (lives) {
          world.host.shell.alive.add(process.pid);
          world.host.clock.advance(1);
          world.host.files.put("/ws/up", "");
        }
        return { leftovers: [process], output: "listening\n" };
      },
    });
    const isUp = () => world.host.shell.alive.has(process.pid);
    world.host.machine.isPortOpen = (port) => Promise.resolve(port === 8080 && isUp());
    world.host.machine.answerOf = (port, path) =>
      Promise.resolve(port === 8080 && isUp() ? (path === "/up?x=1" ? 200 : 404) : undefined);
    return world;
  };

  it.each([
    undefined,
    "port:8080",
    "url:http://localhost:8080/up?x=1",
    "file:up",
    "path:up",
    "output:listening",
    "delay:300ms",
  ])("is started without waiting for its end, and ended with the run (ready=%s)", async (ready) => {
    const world = servingWorld();
    world.host.files.put("/ws/used", "");
    const result = await world.run(serving(ready));
    expect(result.steps.map(({ reason }) => reason)).toEqual([expect.any(String), expect.any(String)]);
    expect(result.exitCode).toBe(0);
    expect(world.host.shell.requests[0]?.text).toBe("{\nserve\n} &\n");
    expect(world.host.shell.terminated).toEqual([500]);
  });

  it("shows what it printed behind the last look at its output, when it ends before it is ready", async () => {
    const world = createRunWorld({
      script: (request) =>
        request.text.includes("serve")
          ? { leftovers: [process], output: "seen\n", unshown: "cannot bind\n" }
          : undefined,
    });
    expect((await world.run(serving("file:up"))).exitCode).toBe(1);
    const shown = world.signals.flatMap((signal) => (signal.kind === "output" ? signal.text : []));
    expect(shown.join("")).toBe("seen\ncannot bind\n");
  });

  it("that ends before it is ready is a failed step", async () => {
    const result = await servingWorld(false).run(serving("port:8080"));
    expect(result.steps[0]).toMatchObject({
      verdict: "failed",
      reason: "its service ended before it was ready (waited for an answer on port 8080)",
    });
  });

  it.each([
    ["url:http://localhost:8080/none", "it was not ready in time (waited for a page at http://localhost:8080/none)"],
    ["output:nothing of it", 'it was not ready in time (waited for "nothing of it" in its output)'],
    ["path:nowhere", "it was not ready in time (waited for nowhere to be there)"],
  ])("that does not get ready in time is a failed step (ready=%s)", async (ready, reason) => {
    expect((await servingWorld().run(serving(ready))).steps[0]).toMatchObject({ verdict: "failed", reason });
  });

  it("is not started where something else answers already", async () => {
    const world = servingWorld();
    world.host.machine.isPortOpen = () => Promise.resolve(true);
    const result = await world.run(serving("port:8080"));
    expect(result.steps[0]).toMatchObject({
      verdict: "failed",
      reason: "its service was not started: something else answers already (port:8080)",
    });
    expect(world.host.shell.requests).toEqual([]);
  });

  const again = (world: RunWorld): number =>
    world.host.shell.requests.filter((request) => request.text.includes("serve")).length;
  const notices = (world: RunWorld): string =>
    world.signals.map((signal) => (signal.kind === "notice" ? signal.text : "")).join("\n");

  it("is started again when a run goes on behind it, and its step keeps its verdict", async () => {
    const world = servingWorld();
    expect((await world.run(serving("port:8080"))).exitCode).toBe(1);
    world.host.files.put("/ws/used", "");
    const result = await world.run(serving("port:8080"));
    expect(result.exitCode).toBe(0);
    expect(again(world)).toBe(2);
    expect(notices(world)).toContain("starting the service of step 1 again");
    expect(world.host.shell.terminated).toEqual([500, 500]);
  });

  it("that cannot be started again fails the step that needs it", async () => {
    const world = servingWorld();
    await world.run(serving("port:8080"));
    world.host.files.put("/ws/used", "");
    world.host.machine.isPortOpen = () => Promise.resolve(false);
    const result = await world.run(serving("port:8080"));
    expect(result.steps[1]).toMatchObject({
      verdict: "failed",
      reason: "the service of step 1, which it needs, could not be started again",
    });
  });

  it("is left alone where something else answers in its place", async () => {
    const world = servingWorld();
    await world.run(serving("port:8080"));
    world.host.files.put("/ws/used", "");
    world.host.machine.isPortOpen = () => Promise.resolve(true);
    expect((await world.run(serving("port:8080"))).exitCode).toBe(0);
    expect(again(world)).toBe(1);
    expect(notices(world)).toContain("something else answers in the place of the service of step 1");
  });

  it("is there for the verification of its step that is asked alone, and ended after it", async () => {
    const world = servingWorld();
    const plan = serving("port:8080");
    await world.run(plan);
    const { steps } = await verifyPlan(plan, "1", world.context, { trust: plan.approvalHash });
    expect(steps[0]?.verdict).toBe("verified");
    expect(again(world)).toBe(2);
    expect(world.host.shell.terminated).toEqual([500, 500]);
  });
});
