import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { createCliWorld } from "../support/cli.ts";
import { createSessionWorld } from "../support/session-world.ts";

const brd = "# BRD-001: Needs\n\n### FR-001: Alerts\n";
const prd = "# PRD-001: Product\n\n### US-001: Told\n\n@brd: BRD-001:FR-001\n";
const ears = "# EARS-001: Formal\n\n## 1. Tags\n\n- `@PRD:PRD-001:US-001`\n\nDone.\n";
const adr = [
  "# ADR-001: Choice",
  "",
  "```bash",
  "python scripts/validate_tags_against_docs.py \\",
  "  --strict && echo fine",
  "python scripts/validate_metadata.py docs",
  "```",
  "",
].join("\n");

const files = {
  "docs/BRD/BRD-001_needs.md": brd,
  "docs/PRD/PRD-001_product.md": prd,
  "docs/EARS/EARS-001_formal.md": ears,
  "docs/ADR/ADR-001_choice.md": adr,
  "scripts/validate_metadata.py": "print()\n",
};

/** Rules of the findings of a check, sorted. */
function rulesOf(stdout: string): readonly string[] {
  const { findings } = JSON.parse(stdout) as { findings: readonly { rule: string; fix?: unknown }[] };
  return findings.flatMap(({ rule, fix }) => (fix === undefined ? [] : [rule])).sort();
}

describe("iplan check --fix", () => {
  it("shows as a diff what it would write, and writes nothing", () => {
    const world = createCliWorld(files);
    const { stdout } = world.iplan(["check", "--fix", "--dry-run"]);
    expect(stdout).toContain(
      "-python scripts/validate_tags_against_docs.py \\\n-  --strict && echo fine\n+iplan check && echo fine\n",
    );
    expect(stdout).toContain("-- `@PRD:PRD-001:US-001`\n+- `@prd: PRD-001:US-001`\n");
    expect(world.read("docs/ADR/ADR-001_choice.md")).toBe(adr);
    expect(world.read("docs/EARS/EARS-001_formal.md")).toBe(ears);
  });

  it("shows what becomes certain by what it shows, and then does just that", async () => {
    const world = createSessionWorld(files);
    const path = "docs/EARS/EARS-001_formal.md";
    const { stdout } = await world.call(["check", "--fix", "--dry-run"]);
    expect(world.text(path)).toBe(ears);
    const own = stdout.split(/^(?=--- a\/)/mu).filter((part) => part.startsWith(`--- a/${path}`));
    expect(own).toHaveLength(1);
    const added = own.join("").match(/^\+(?!\+).*$/gmu);
    expect(added).toEqual(["+- `@prd: PRD-001:US-001`", "+- `@brd: BRD-001:FR-001`"]);
    const done = await world.call(["check", "--fix"]);
    expect(done.stdout).toContain(`healed ${path}: 2 edits (`);
    expect(done.stdout).toContain("healed docs/ADR/ADR-001_choice.md: 1 edit (");
    for (const line of added ?? []) expect(world.text(path)).toContain(`${line.slice(1)}\n`);
    expect((await world.call(["check", "--fix", "--dry-run"])).stdout).toContain("Nothing can be healed for certain");
  });

  it("shows a diff that another tool can apply, with the same result", () => {
    const shown = createCliWorld(files);
    const { stdout } = shown.iplan(["check", "--fix", "--dry-run"]);
    const applied = spawnSync("git", ["apply", "-"], {
      cwd: shown.root,
      input: stdout,
      encoding: "utf8",
    });
    expect(applied.stderr).toBe("");
    const healed = createCliWorld(files);
    healed.iplan(["check", "--fix"]);
    for (const path of Object.keys(files)) expect(shown.read(path)).toBe(healed.read(path));
  });

  it("goes on until nothing can be healed, and a second call changes nothing", () => {
    const world = createCliWorld(files);
    const first = world.iplan(["check", "--fix", "--json"]);
    expect(rulesOf(first.stdout)).toEqual([]);
    const healed = ears.replace("- `@PRD:PRD-001:US-001`\n", "- `@prd: PRD-001:US-001`\n- `@brd: BRD-001:FR-001`\n");
    expect(world.read("docs/EARS/EARS-001_formal.md")).toBe(healed);
    expect(world.read("docs/ADR/ADR-001_choice.md")).toBe(
      "# ADR-001: Choice\n\n```bash\niplan check && echo fine\npython scripts/validate_metadata.py docs\n```\n",
    );
    expect(world.read("docs/PRD/PRD-001_product.md")).toBe(prd);
    const again = world.iplan(["check", "--fix"]);
    expect(again.stdout).not.toContain("healed ");
    expect(world.read("docs/EARS/EARS-001_formal.md")).toBe(healed);
  });

  it("names the tags it can add", () => {
    const world = createCliWorld({ ...files, "docs/EARS/EARS-001_formal.md": ears.replace("PRD:", "prd: ") });
    const { stdout } = world.iplan(["check", "docs/EARS/EARS-001_formal.md", "--json"]);
    expect(rulesOf(stdout)).toEqual(["trace/ancestor-differs", "trace/tag-missing"]);
  });

  it.each([
    ["a link", "- [PRD-001](../PRD/PRD-001_product.md): being told", "- [EARS-001](../EARS/EARS-001_formal.md)"],
    ["an id", "* `PRD-001` - being told", "* `EARS-001`"],
  ])("lists what follows from a document as %s, like the last entry", (_, entry, added) => {
    const listing = `${brd}\n## Downstream Artifacts\n\n${entry}\n\n## End\n`;
    const world = createCliWorld({
      "docs/BRD/BRD-001_needs.md": listing,
      "docs/PRD/PRD-001_product.md": prd,
      "docs/EARS/EARS-001_formal.md": "# EARS-001: Formal\n\n@brd: BRD-001:FR-001\n",
    });
    world.iplan(["check", "--fix"]);
    expect(world.read("docs/BRD/BRD-001_needs.md")).toBe(listing.replace(`${entry}\n`, `${entry}\n${added}\n`));
    expect(world.iplan(["check", "--fix"]).stdout).not.toContain("healed ");
    expect(world.iplan(["check"]).stdout).not.toContain("trace/back-link-missing");
  });

  it.each([
    [
      "a link, with the title",
      "| Document | Title | State |\n|---|---|---|\n| [PRD-001](../PRD/PRD-001_product.md) | Product | done |",
      "| [EARS-001](../EARS/EARS-001_formal.md) | For\\|mal |  |",
    ],
    ["an id, with the type", "| **Artifact Type** | ID |\n| --- | --- |\n|PRD|`PRD-001`|", "| EARS | `EARS-001` |"],
  ])("lists what follows in a table as %s", (_, table, added) => {
    const listing = `${brd}\n## Downstream Artifacts\n\n${table}\n\n## End\n`;
    const world = createCliWorld({
      "docs/BRD/BRD-001_needs.md": listing,
      "docs/PRD/PRD-001_product.md": prd,
      "docs/EARS/EARS-001_formal.md": "# EARS-001: For|mal\n\n@brd: BRD-001:FR-001\n",
    });
    world.iplan(["check", "--fix"]);
    expect(world.read("docs/BRD/BRD-001_needs.md")).toBe(listing.replace(`${table}\n`, `${table}\n${added}\n`));
    expect(world.iplan(["check", "--fix"]).stdout).not.toContain("healed ");
    expect(world.iplan(["check"]).stdout).not.toContain("trace/back-link-missing");
  });

  it.each([
    ["is a cell with more than an id", "| Document |\n|---|\n| PRD-001 is being told |"],
    ["stands in no table", "| PRD-001 | Product |"],
    ["goes on in the next line", "- [PRD-001](../PRD/PRD-001_product.md)\n  is being told"],
    ["names two documents", "- PRD-001, PRD-002"],
    ["is a sentence", "PRD-001 follows."],
  ])("lists nothing after an entry that %s", (_, entry) => {
    const listing = `${brd}\n## Downstream Artifacts\n\n${entry}\n`;
    const world = createCliWorld({
      "docs/BRD/BRD-001_needs.md": listing,
      "docs/PRD/PRD-001_product.md": prd,
      "docs/EARS/EARS-001_formal.md": "# EARS-001: Formal\n\n@brd: BRD-001:FR-001\n",
    });
    world.iplan(["check", "--fix"]);
    expect(world.read("docs/BRD/BRD-001_needs.md")).toBe(listing);
  });
});
