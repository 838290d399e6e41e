import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Edit, editSource } from "#model/edit";
import { createSource, type Source } from "#model/source";
import { runRules } from "#rules/run-rules";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasShared, sharedPath } from "../support/shared.ts";
import { readMarkers } from "./markers.ts";
import { hash } from "./synthetic.ts";
import { contextUnderTest, usualPath } from "./workbench.ts";
import { propertyRuns } from "../support/property-runs.ts";

const root = fileURLToPath(new URL("../fixtures/rules/", import.meta.url));
const fixtures = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));

function editsFor(source: Source): readonly Edit[] {
  const context = contextUnderTest({ content: source.bytes });
  const { findings } = runRules([context], { hash, today: "2026-06-01" });
  return findings.flatMap((one) => one.fix?.documents.flatMap((document) => document.edits) ?? []);
}

/** Heals as `check --fix` does: what overlaps waits for the next round. */
function heal(source: Source): Source {
  const kept: Edit[] = [];
  for (const edit of [...editsFor(source)].sort((a, b) => a.start - b.start)) {
    if (edit.start >= (kept.at(-1)?.end ?? 0)) kept.push(edit);
  }
  return editSource(source, kept);
}

function healAll(source: Source): Source {
  let current = source;
  for (let round = 0; round < 4; round++) current = heal(current);
  return current;
}

describe("fixes", () => {
  test.each(fixtures)("of %s leave nothing to fix, and twice is once", (file) => {
    const { content } = readMarkers(readFileSync(`${root}${file}`));
    const healed = healAll(createSource(usualPath, content));
    expect(editsFor(healed)).toEqual([]);
    expect(heal(healed).bytes).toEqual(healed.bytes);
  });

  test("of any joined pieces leave nothing to fix", () => {
    const pieces = fc.constantFrom(
      "‚úÖ ",
      "regulatoryTION ",
      "| **Status** | DONE |\n",
      "| **Created** | 2026/01/02 03:04:05 UTC |\n",
      "- [] box\n",
      "## Document Control\n\n| Item | Details |\n|---|---|\n",
      "```bash\n",
      "\n\n",
      "é",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        const healed = healAll(createSource(usualPath, new TextEncoder().encode(parts.join(""))));
        expect(editsFor(healed)).toEqual([]);
      }),
      { numRuns: propertyRuns(60) },
    );
  });

  test.skipIf(!hasShared)("heal the seed exactly and touch nothing else", () => {
    const seed = createSource(usualPath, readFileSync(sharedPath("seed/IPLAN-TEMPLATE.md")));
    const edits = editsFor(seed);
    expect(edits.length).toBeGreaterThan(70);
    const healed = heal(seed);
    expect(healed.text).not.toMatch(/‚|regulatoryTION/);
    const untouched = edits.reduce(
      (length, edit) => length - (edit.end - edit.start) + edit.text.length,
      seed.text.length,
    );
    expect(healed.text).toHaveLength(untouched);
    expect(editsFor(healed)).toEqual([]);
  });
});
