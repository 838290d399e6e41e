import { describe, expect, it } from "vitest";
import { createSessionWorld, type SessionWorld } from "../support/session-world.ts";

const index = "docs/BRD/BRD-000_index.md";
const planIndex = "docs/IPLAN/IPLAN-000_index.md";
const planPath = "docs/IPLAN/IPLAN-001_work_20260101_000000.md";
const files = {
  "docs/BRD/BRD-001_needs.md": "# BRD-001: Needs\n\n### FR-001: Told\n\n### FR-002: Reports\n",
  "docs/PRD/PRD-001_product.md": "# PRD-001: Product\n\n### US-001: Told\n\n@brd: BRD-001:FR-001\n",
  [planPath]:
    "# IPLAN-001: Work\n\n## Document Control\n\n| **ID** | IPLAN-001 |\n|---|---|\n| **Status** | Draft |\n\n## Task List\n\n### Phase 1: One (1 hour)\n\n- [ ] **TASK-1.1**: Begin\n",
};

async function states(world: SessionWorld, ...words: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const { documents } = await world.data(["registry", ...words]);
  return Object.fromEntries(
    (documents as readonly { path: string; state: string }[]).map(({ path, state }) => [path, state]),
  );
}

describe("iplan registry in memory", () => {
  it("--check names what is missing and writes nothing", async () => {
    const world = createSessionWorld(files);
    const { code, stdout } = await world.call(["registry", "--check"]);
    expect(code).toBe(1);
    expect(stdout).toContain("6 registry documents, 6 not up to date; write them: iplan registry");
    expect(world.text(index)).toBe("");
  });

  it("writes each document once, and then finds all of them current", async () => {
    const world = createSessionWorld(files);
    expect(new Set(Object.values(await states(world)))).toEqual(new Set(["written"]));
    const written = world.text(index);
    expect(written).toContain("BRD-001");
    expect(world.text(planIndex)).toMatch(/^\| IPLAN-001 \| .* \| Draft \|/m);
    expect(new Set(Object.values(await states(world)))).toEqual(new Set(["current"]));
    expect(world.text(index)).toBe(written);
    expect((await world.call(["registry", "--check"])).code).toBe(0);
  });

  it("counts what is named below only where something has to name it", async () => {
    const world = createSessionWorld({
      "docs/BRD/BRD-001_needs.md": files["docs/BRD/BRD-001_needs.md"],
      "docs/PRD/PRD-001_product.md": files["docs/PRD/PRD-001_product.md"],
    });
    await world.call(["registry"]);
    expect(world.text(index)).toContain("| Elements named downstream | 1/2 (50 %) |");
    expect(world.text("docs/PRD/PRD-000_index.md")).toContain("| Elements named downstream | - |");
    expect(world.text("docs/PRD/PRD-000_TRACEABILITY_MATRIX.md")).toContain("| PRD-001 | - | - |");
  });

  it("gives each file a row where several hold one id", async () => {
    const copy = "docs/BRD/BRD-001_z copy.md";
    const world = createSessionWorld({ ...files, [copy]: "# BRD-001: Old needs\n\n### FR-009: Gone\n" });
    await world.call(["registry"]);
    expect(world.text(index).match(/^\| BRD-001 \|.*$/gm)).toEqual([
      "| BRD-001 | Needs | - | - | - | 2 | PRD-001 | [Link](./BRD-001_needs.md) |",
      "| BRD-001 | Old needs | Duplicate | - | - | - | - | [Link](./BRD-001_z%20copy.md) |",
    ]);
    expect(new Set(Object.values(await states(world)))).toEqual(new Set(["current"]));
  });

  it("keeps words outside of the region and brings the region up to date", async () => {
    const world = createSessionWorld(files);
    await world.call(["registry"]);
    world.host.files.put(`/ws/${planIndex}`, `${world.text(planIndex)}\nAsk Ada.\n`);
    world.host.files.put(`/ws/${planPath}`, world.text(planPath).replace("| Draft |", "| In Progress |"));
    expect((await states(world, "iplan", "--check"))[planIndex]).toBe("out-of-date");
    expect((await world.call(["registry", "IPLAN"])).code).toBe(0);
    expect(world.text(planIndex)).toContain("Ask Ada.");
    expect(world.text(planIndex)).toMatch(/^\| IPLAN-001 \| .* \| In Progress \|/m);
  });

  it("tells code and tests, and what of the sources is named, from tags alone", async () => {
    const world = createSessionWorld({
      ...files,
      "docs/BRD/BRD-002_more.md": "# BRD-002: More\n\n### FR-001: x\n",
      "src/told.py": "# @brd: BRD-001:FR-001\n",
      "tests/test_told.py": "# @brd: BRD-001:FR-001\n# @code: src/told.py\n",
    });
    await world.call(["registry"]);
    const brd = world.text("docs/BRD/BRD-000_TRACEABILITY_MATRIX.md");
    expect(brd).toContain("\n| BRD-001 | src/told.py | tests/test_told.py | 1/2 (50 %) |\n");
    expect(brd).toContain("\n| BRD-001 | PRD-001 | 1/2 (50 %) |\n");
    expect(world.text("docs/PRD/PRD-000_TRACEABILITY_MATRIX.md")).toContain("\n| BRD | 1 | 2 | 1/2 (50 %) |\n");
  });

  it("leaves a document with damaged markers as it is", async () => {
    const world = createSessionWorld(files);
    await world.call(["registry"]);
    const damaged = world.text(index).replace("<!-- iplan:end index -->\n", "");
    world.host.files.put(`/ws/${index}`, damaged);
    const { code, stdout } = await world.call(["registry", "BRD"]);
    expect(code).toBe(1);
    const line = damaged.split("\n").findIndex((one) => one.startsWith("<!-- iplan:begin index")) + 1;
    expect(stdout).toContain(`left alone: its generated region "index" begins in line ${line} and has no end`);
    expect(world.text(index)).toBe(damaged);
    const looked = await world.call(["registry", "BRD", "--check"]);
    expect(looked.code).toBe(1);
    expect(looked.stdout).toMatch(/\n2 registry documents, 1 not up to date\n$/);
  });

  it.each([
    ["the end", "<!-- iplan:end index -->\n", /write (<!-- .* -->) on a line of its own below/, "after"],
    ["the begin", /<!-- iplan:begin index .*\n/, /write (<!-- .* -->) on a line of its own above/, "before"],
  ] as const)("says how %s comes back, and doing so gives the document there was", async (_name, lost, said, side) => {
    const world = createSessionWorld(files);
    await world.call(["registry"]);
    const whole = world.text(index);
    const damaged = whole.replace(lost, "");
    world.host.files.put(`/ws/${index}`, damaged);
    const mark = said.exec((await world.call(["registry", "BRD"])).stdout)?.[1] ?? "";
    const mended = side === "after" ? `${damaged}${mark}\n` : damaged.replace("\n## Index", `${mark}\n## Index`);
    world.host.files.put(`/ws/${index}`, mended);
    expect((await world.call(["registry", "BRD"])).code).toBe(0);
    expect(world.text(index)).toBe(whole);
  });

  it.each([
    [["FOO"], 2, "There is no type FOO with a registry."],
    [["REQ"], 3, "No document of type REQ was found."],
    [[], 3, "No document of any type was found."],
  ])("refuses %j where nothing can be listed", async (words, code, message) => {
    const result = await createSessionWorld().call(["registry", ...words]);
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).toContain(message);
  });
});
