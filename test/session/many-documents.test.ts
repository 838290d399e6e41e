import { describe, expect, test } from "vitest";
import { createCliWorld } from "../support/cli.ts";
import { createSessionWorld } from "../support/session-world.ts";

/** So many requirements, each a document of its own. */
function requirements(count: number): Readonly<Record<string, string>> {
  const ids = Array.from({ length: count }, (_, index) => `BRD-${String(index + 1).padStart(3, "0")}`);
  return Object.fromEntries(ids.map((id) => [`docs/BRD/${id}_need.md`, `# ${id}: Need\n\n## FR-001: Alerts\n`]));
}

describe("the engine is told", () => {
  test.each([
    ["of a check of 100 documents", 100, ["check"], 1],
    ["of a check of 99 not", 99, ["check"], 0],
    ["of a graph of 100 documents", 100, ["trace", "BRD-001"], 1],
    ["of a graph of 99 not", 99, ["trace", "BRD-001"], 0],
  ])("%s", async (_title, count, words, times) => {
    let told = 0;
    const world = createSessionWorld(requirements(count), { engine: { expectMany: () => void told++ } });
    await world.call(words);
    expect(told).toBe(times);
  });
});

test("this engine knows what it is told", () => {
  const world = createCliWorld(requirements(100));
  const { code, stderr } = world.iplan(["check", "--format", "json"]);
  expect([code, stderr]).toEqual([0, ""]);
});
