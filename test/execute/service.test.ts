import { describe, expect, it } from "vitest";
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
      files: { "/ws/up": "" },
      script: (request) => {
        if (!request.text.includes("serve")) return undefined;
        if (lives) world.host.shell.alive.add(process.pid);
        return { leftovers: [process], output: "listening\n" };
      },
    });
    return world;
  };

  it.each([
    undefined,
    "port:8080",
    "url:http://localhost:8080/",
    "file:up",
    "output:listening",
  ])("is started without waiting for its end, and ended with the run (ready=%s)", async (ready) => {
    const world = servingWorld();
    world.host.files.put("/ws/used", "");
    world.host.machine.isPortOpen = (port) => Promise.resolve(port === 8080);
    const result = await world.run(serving(ready));
    expect(result.exitCode).toBe(0);
    expect(world.host.shell.requests[0]?.text).toBe("{\nserve\n} &\n");
    expect(world.host.shell.terminated).toEqual([500]);
  });

  it("that ends before it is ready is a failed step", async () => {
    const result = await servingWorld(false).run(serving("port:8080"));
    expect(result.steps[0]).toMatchObject({ verdict: "failed", reason: "its action exited with status 1" });
  });

  it("that does not get ready in time is a failed step", async () => {
    const result = await servingWorld().run(serving("port:8080"));
    expect(result.steps[0]).toMatchObject({ verdict: "failed", reason: "its action ran out of time" });
  });

  it("is started again when a run goes on behind it, and its step keeps its verdict", async () => {
    const world = servingWorld();
    expect((await world.run(serving("file:up"))).exitCode).toBe(1);
    world.host.files.put("/ws/used", "");
    const result = await world.run(serving("file:up"));
    expect(result.exitCode).toBe(0);
    expect(world.host.shell.requests.filter((request) => request.text.includes("serve")).length).toBe(2);
    expect(world.host.shell.terminated).toEqual([500, 500]);
  });
});
