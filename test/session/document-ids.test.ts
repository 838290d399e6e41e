import { describe, expect, it } from "vitest";
import { createSessionWorld } from "../support/session-world.ts";

async function contradictions(path: string, text: string): Promise<readonly string[]> {
  const { stdout } = await createSessionWorld({ [path]: text }).call(["check", "--json"]);
  const { findings } = JSON.parse(stdout) as { findings: readonly { rule: string; message: string }[] };
  return findings.filter(({ rule }) => rule === "document/id-contradicts").map(({ message }) => message);
}

describe("a document that is no plan has one id", () => {
  it.each<[string, string, string, string]>([
    ["a title", "docs/BRD/BRD-001_x.md", "# BRD-002: Needs\n", "The title says BRD-002, the file name says BRD-001."],
    ["a feature", "docs/BDD/BDD-001_x.feature", "Feature: BDD-003 Send\n", "The title says BDD-003"],
    ["a key", "docs/SPEC/SPEC-001_x.yaml", "name: x\nid: SPEC-002\n", "The file itself says SPEC-002"],
    ["a key of its type", "docs/SPEC/SPEC-001_x.yaml", 'spec_id: "SPEC-002"\n', "The file itself says SPEC-002"],
  ])("and %s may not say another", async (_, path, text, message) => {
    expect(await contradictions(path, text)).toEqual([expect.stringContaining(message)]);
  });

  it.each<[string, string, string]>([
    ["the same id", "docs/BRD/BRD-001_x.md", "# BRD-001: Needs\n"],
    ["no id", "docs/BRD/BRD-001_x.md", "# Needs\n"],
    ["an id of another type", "docs/SYS/SYS-001_x.md", "# REQ-007 as a system\n"],
    ["an id later in the title", "docs/BRD/BRD-001_x.md", "# After BRD-002\n"],
    ["a key that names a former one", "docs/SPEC/SPEC-001_x.yaml", "supersedes_id: SPEC-000\nold_id: SPEC-003\n"],
    ["the key of an entry", "docs/SPEC/SPEC-001_x.yaml", "related:\n  - id: SPEC-002\n"],
  ])("and may have %s", async (_, path, text) => {
    expect(await contradictions(path, text)).toEqual([]);
  });
});
