import { describe, expect, it } from "vitest";
import { createSessionWorld, type SessionWorld } from "../support/session-world.ts";

const files = {
  "docs/REQ/api/REQ-001_calls.md": "# REQ-001: Calls\n",
  "docs/REQ/risk/lim/REQ-002_limits.md": "# REQ-002: Limits\n",
};

async function outdated(world: SessionWorld): Promise<readonly string[]> {
  const { stdout } = await world.call(["check", "--json"]);
  const { findings } = JSON.parse(stdout) as { findings: readonly { rule: string; path: string }[] };
  return findings.filter(({ rule }) => rule === "document/registry-outdated").map(({ path }) => path);
}

describe("registry documents in a check", () => {
  const index = "docs/REQ/REQ-000_index.md";

  it("are not asked for where there is none", async () => {
    expect(await outdated(createSessionWorld(files))).toEqual([]);
  });

  it("are found when the documents changed, and written again by --fix, once", async () => {
    const world = createSessionWorld(files);
    await world.call(["registry"]);
    expect(await outdated(world)).toEqual([]);
    world.host.files.put("/ws/docs/REQ/api/REQ-001_calls.md", "# REQ-001: Calls from outside\n");
    expect(await outdated(world)).toEqual(["docs/REQ/REQ-000_TRACEABILITY_MATRIX.md", index]);
    await world.call(["check", "--fix"]);
    const healed = world.text(index);
    expect(healed).toContain("| REQ-001 | Calls from outside |");
    expect(await outdated(world)).toEqual([]);
    expect((await world.call(["registry", "--check"])).code).toBe(0);
    await world.call(["check", "--fix"]);
    expect(world.text(index)).toBe(healed);
  });

  it("are never healed when their markers are damaged", async () => {
    const world = createSessionWorld(files);
    await world.call(["registry"]);
    const damaged = world.text(index).replace("<!-- iplan:end index -->", "");
    world.host.files.put(`/ws/${index}`, damaged);
    await world.call(["check", "--fix"]);
    expect([await outdated(world), world.text(index)]).toEqual([[index], damaged]);
  });
});

describe("where registry documents are written", () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["in the folder of the type", files, "docs/REQ/REQ-000_TRACEABILITY_MATRIX.md"],
    [
      "in a numbered folder of the type",
      { "docs/07_REQ/api/REQ-001_calls.md": "# REQ-001: Calls\n" },
      "docs/07_REQ/REQ-000_TRACEABILITY_MATRIX.md",
    ],
    [
      "beside the other registry document",
      { ...files, "docs/lists/REQ-000_index.md": "# Index\n" },
      "docs/lists/REQ-000_TRACEABILITY_MATRIX.md",
    ],
    [
      "where most documents are",
      { ...files, "docs/A/REQ-003_one.md": "# REQ-003: One\n" },
      "docs/REQ/REQ-000_TRACEABILITY_MATRIX.md",
    ],
    [
      "beside documents that lie in no folder of the type",
      { "docs/all/REQ-001_calls.md": "# REQ-001: Calls\n" },
      "docs/all/REQ-000_TRACEABILITY_MATRIX.md",
    ],
  ])("%s", async (_, tree, path) => {
    const world = createSessionWorld(tree);
    await world.call(["registry"]);
    expect(world.text(path)).toContain("<!-- iplan:begin matrix");
    expect((await world.call(["registry", "--check"])).code).toBe(0);
  });
});
