import { cpSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CliWorld, createCliWorld } from "../support/cli.ts";

const example = new URL("../../examples/parcel-locker/docs", import.meta.url).pathname;
const index = "docs/IPLAN/IPLAN-000_index.md";

function exampleWorld(): CliWorld {
  const world = createCliWorld({ "iplan.config.yaml": "docs: docs\n" });
  cpSync(example, join(world.root, "docs"), { recursive: true });
  return world;
}

interface Listed {
  readonly data: { readonly documents: readonly { readonly path: string; readonly state: string }[] };
}

function states(world: CliWorld, ...words: readonly string[]): Readonly<Record<string, string>> {
  const { data } = JSON.parse(world.iplan(["registry", ...words, "--json"]).stdout) as Listed;
  return Object.fromEntries(data.documents.map(({ path, state }) => [path, state]));
}

function snapshot(world: CliWorld): Readonly<Record<string, string>> {
  const files = readdirSync(join(world.root, "docs"), { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    files
      .filter((file) => /\.\w+$/.test(file))
      .map((file) => [file, readFileSync(join(world.root, "docs", file), "utf8")]),
  );
}

describe("iplan registry", () => {
  const world = exampleWorld();
  const before = snapshot(world);

  test("--check writes nothing and fails while documents are missing", () => {
    const result = world.iplan(["registry", "--check"]);
    expect(result).toMatchObject({ code: 1, stderr: "" });
    expect(result.stdout).toContain("24 registry documents, 24 not up to date; write them: iplan registry");
    expect(snapshot(world)).toEqual(before);
  });

  test("writes index and matrix of every type, touches no other document, and a second time changes no byte", () => {
    expect(world.iplan(["registry"])).toMatchObject({ code: 0 });
    const after = snapshot(world);
    expect(Object.keys(after).filter((file) => !(file in before))).toHaveLength(24);
    for (const [file, text] of Object.entries(before)) expect(after[file]).toBe(text);
    expect(after["REQ/REQ-000_TRACEABILITY_MATRIX.md"]).toContain("| REQ-001 | ✅ | ✅ | ✅ | ✅ | ✅ | ✅ |");
    expect(world.iplan(["registry", "--check"]).code).toBe(0);
    expect(new Set(Object.values(states(world)))).toEqual(new Set(["current"]));
    expect(snapshot(world)).toEqual(after);
  });

  test("keeps every word outside of its region, and brings the region up to date", () => {
    world.write(index, world.read(index).replace("everything else is yours.", "everything else is yours. Ask Ada."));
    expect(states(world, "--check")[index]).toBe("current");
    const plan = "docs/IPLAN/IPLAN-001_parcel_locker_20261116_093000.md";
    world.write(plan, world.read(plan).replace(/(\| \*\*Status\*\* \| )[^|]+\|/, "$1In Progress |"));
    expect(states(world, "IPLAN", "--check")[index]).toBe("out-of-date");
    expect(world.iplan(["registry", "IPLAN"]).code).toBe(0);
    expect(world.read(index)).toContain("Ask Ada.");
    expect(world.read(index)).toMatch(/^\| IPLAN-001 \| .* \| In Progress \|/m);
  });

  test("leaves a document alone whose markers are damaged, and says so", () => {
    const damaged = world.read(index).replace("<!-- iplan:end index -->\n", "");
    world.write(index, damaged);
    const result = world.iplan(["registry", "IPLAN"]);
    expect(result.code).toBe(1);
    expect(result.stdout).toContain("left alone: its generated region");
    expect(world.read(index)).toBe(damaged);
  });

  test("counts nothing of it as an artifact", () => {
    const { data } = JSON.parse(world.iplan(["check", "--json"]).stdout) as {
      data: { summary: { documents: number } };
    };
    expect(data.summary.documents).toBe(15);
  });
});

describe("a registry that cannot be written", () => {
  test("of a type that is none, of nothing, and through a link is refused", () => {
    const world = createCliWorld({ "iplan.config.yaml": "docs: docs\n" });
    expect(world.iplan(["registry", "FOO"])).toMatchObject({ code: 2, stdout: "" });
    expect(world.iplan(["registry", "REQ"])).toMatchObject({ code: 3, stdout: "" });
    world.write("docs/BRD/BRD-001_a.md", "# BRD-001: A\n");
    symlinkSync(join(world.outside, "target.md"), join(world.root, "docs/BRD/BRD-000_index.md"));
    expect(world.iplan(["registry"]).code).toBe(2);
    expect(readdirSync(world.outside)).toEqual([]);
  });
});
