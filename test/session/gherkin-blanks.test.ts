import { describe, expect, it } from "vitest";
import { createSessionWorld } from "../support/session-world.ts";

const path = "docs/BDD/BDD-001_mail.feature";
const brd = "# BRD-001: Needs\n\n### FR-001: Told\n\n### FR-002: Asked\n";
const feature = (tags: string): string => `Feature: Mail\n\n  ${tags}\n  Scenario: Send\n    Given a user\n`;

/** What `check --fix` makes of a line of tags. */
async function healed(tags: string): Promise<string> {
  const world = createSessionWorld({ [path]: feature(tags), "docs/BRD/BRD-001_needs.md": brd });
  await world.call(["check", path, "--fix"]);
  return world.text(path);
}

describe("a tag of Gherkin with a blank", () => {
  it.each([
    ["one value", "@brd: BRD-001:FR-001", "@brd:BRD-001:FR-001"],
    ["two values", "@brd: BRD-001:FR-001,  BRD-001:FR-002", "@brd:BRD-001:FR-001 @brd:BRD-001:FR-002"],
    ["a blank before the colon", "@brd : BRD-001:FR-001", "@brd:BRD-001:FR-001"],
    [
      "others beside it, and a remark",
      "@smoke @brd: BRD-001:FR-001 @slow # why",
      "@smoke @brd:BRD-001:FR-001 @slow # why",
    ],
  ])("is healed with %s", async (_, tags, wanted) => {
    expect(await healed(tags)).toBe(feature(wanted));
  });

  it.each([
    ["words", "@smoke test"],
    ["a value and a word", "@brd: BRD-001:FR-001 (optional)"],
    ["values without a comma", "@brd: BRD-001:FR-001 BRD-001:FR-002"],
    ["a sign alone", "@ brd:BRD-001"],
  ])("is left alone where it may mean something else: %s", async (_, tags) => {
    expect(await healed(tags)).toBe(feature(tags));
  });

  it("is one finding for all lines, and the others another", async () => {
    const many = `${"@brd: BRD-001:FR-001\n@a b\n".repeat(20)}Feature: Mail\n`;
    const world = createSessionWorld({ [path]: many, "docs/BRD/BRD-001_needs.md": brd });
    const { stdout } = await world.call(["check", path, "--json"]);
    const { findings } = JSON.parse(stdout) as { findings: readonly { rule: string; fix?: object }[] };
    const found = findings.filter(({ rule }) => rule === "document/gherkin-syntax");
    expect(found.map(({ fix }) => fix !== undefined)).toEqual([true, false]);
    await world.call(["check", path, "--fix"]);
    expect(world.text(path)).toBe(many.replaceAll(": BRD", ":BRD"));
  });
});
