import { describe, expect, it } from "vitest";
import { dryRun } from "#execute/dry-run";
import { verifyPlan } from "#execute/verify";
import type { Prerequisite } from "#model/plan";
import type { UnderstoodPlan } from "#model/understanding";
import { createRunWorld } from "../support/run-world.ts";
import { action, planOf, verification } from "../support/understood.ts";

const three = planOf(
  ["one", "two", "three"].map((word) => ({ blocks: [action(`do ${word}`), verification("check log")] })),
);

describe("prerequisites", () => {
  const place = { line: 1, column: 1, offset: 0 };
  const needs = (...list: readonly Partial<Prerequisite>[]): UnderstoodPlan => ({
    ...three,
    plan: {
      ...three.plan,
      prerequisites: list.map((each) => ({
        kind: "tool",
        text: "a tool",
        range: { start: place, end: place },
        bounds: [],
        optional: false,
        ...each,
      })),
    },
  });
  const programs = { node: "v20.20.2\n", python3: "Python 3.10.1\n", mytool: "" };

  it("told a version put it into the evidence of every block, of a verification asked later too", async () => {
    const world = createRunWorld({ programs });
    const plan = needs({ name: "Python" }, { name: "node" }, { name: "mytool" });
    await world.run(plan);
    await verifyPlan(plan, undefined, world.context, { trust: plan.approvalHash });
    const events = world.signals.flatMap((signal) => (signal.kind === "event" ? [signal.event] : []));
    const tools = events.flatMap((event) => (event.type === "block-ended" ? [event.evidence.tools] : []));
    expect(tools).toHaveLength(9);
    expect(tools).toEqual(tools.map(() => ({ node: "20.20.2", python3: "3.10.1" })));
  });

  it.each<[string, Partial<Prerequisite>, boolean]>([
    ["a tool on PATH", { name: "node" }, true],
    ["a tool under the name plans give it", { name: "Node.js", bounds: [{ operator: ">=", version: "20" }] }, true],
    ["a tool that is too old", { name: "Python", bounds: [{ operator: ">=", version: "3.11" }] }, false],
    ["a tool that is missing", { name: "docker" }, false],
    ["a tool that is missing but optional", { name: "docker", optional: true }, true],
    ["a tool nobody knows, on PATH", { name: "mytool", bounds: [{ operator: ">=", version: "2" }] }, true],
    ["an article before words", { name: "a", text: "a tool: a text editor" }, true],
    ["a package that is no program", { name: "coreutils", text: "a tool: coreutils" }, true],
    ["one of two that is missing", { name: "docker", text: "a tool: docker or podman" }, true],
    ["a known tool of a version or later", { name: "docker", text: "a tool: docker 20 or later" }, false],
    ["an unknown tool in backticks", { name: "frobnicate", text: "a tool: `frobnicate`" }, false],
    ["words that name no tool", { name: "A message broker" }, true],
    ["a file that is there", { kind: "file", name: "src/" }, true],
    ["a file that is not", { kind: "file", name: "docs/x.md" }, false],
    ["a variable that is set", { kind: "variable", name: "SET" }, true],
    ["a variable that is not", { kind: "variable", name: "UNSET" }, false],
    ["a service that answers", { kind: "service", port: 5432 }, true],
    ["a file to be written that may be", { kind: "file", name: "src/x", access: "read-write" }, true],
    ["a file to be written that may not be", { kind: "file", name: "locked", access: "read-write" }, false],
    ["a port that is to be free and is", { kind: "service", port: 8080, text: "Port 8080 is free" }, true],
    ["a port that is to be free and is not", { kind: "service", port: 5432, text: "a tool: port 5432 unused" }, false],
    ["a port that is to be available and is not", { kind: "service", port: 5432, text: "Port 5432 available" }, false],
    ["a service of another machine", { kind: "service", port: 1, text: "a tool: db.example.com:5433" }, true],
    ["knowledge", { kind: "knowledge", text: "how to think" }, true],
  ])("%s", async (_name, need, met) => {
    const world = createRunWorld({ programs, files: { "/ws/src/x": "" }, environment: { SET: "1" } });
    world.host.files.put("/ws/locked", "", 0o400);
    world.host.machine.isPortOpen = (port) => Promise.resolve(port === 5432);
    const run = world.run(needs(need));
    if (met) expect((await run).exitCode).toBe(0);
    else {
      await expect(run).rejects.toMatchObject({
        code: "run/prerequisites",
        exitCode: 2,
        message: expect.stringMatching(/^(?:a tool|Port \d+ available)/),
      });
      expect(world.host.shell.requests).toEqual([]);
    }
  });

  it("are not asked for a plan that is finished: it runs nothing and ends with 0", async () => {
    const environment = { SET: "1" };
    const world = createRunWorld({ environment });
    const plan = needs({ kind: "variable", name: "SET" });
    expect((await world.run(plan)).exitCode).toBe(0);
    const asked = world.host.shell.requests.length;
    Object.assign(world.host.machine, { environment: {} });
    expect((await world.run(plan)).exitCode).toBe(0);
    expect(world.host.shell.requests.length).toBe(asked);
    await expect(world.run(plan, { redo: "1" })).rejects.toMatchObject({ code: "run/prerequisites" });
  });

  it("are listed by a dry run, which asks no program its version", async () => {
    const world = createRunWorld({ programs });
    const dry = await dryRun(
      needs({ name: "node", bounds: [{ operator: ">=", version: "20" }] }, { name: "docker" }),
      world.context,
    );
    expect(dry.prerequisites.map((each) => each.state)).toEqual(["unprobed", "missing"]);
  });
});
