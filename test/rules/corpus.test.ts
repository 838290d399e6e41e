import { readdirSync, readFileSync } from "node:fs";
import { findProfile } from "#profile/find-profile";
import { aidoc16 } from "#profile/aidoc-16";
import { runRules } from "#rules/run-rules";
import { describe, expect, test } from "vitest";
import { hasShared, sharedPath } from "../support/shared.ts";
import { hash } from "./synthetic.ts";
import { contextUnderTest } from "./workbench.ts";

/** Findings by rule, and the readiness, of one document read as a plan. */
function summaryOf(path: string): Readonly<Record<string, number>> {
  const profile = findProfile(path.includes("plan-dotted") ? "aidoc-dotted" : "aidoc-16") ?? aidoc16;
  const context = contextUnderTest({
    path: path.replace("seed/", "IPLAN/"),
    content: readFileSync(sharedPath(path)),
    profile,
  });
  const { findings, readiness } = runRules([context], { hash, today: "2026-06-01", group: false });
  const counts: Record<string, number> = {};
  for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1;
  const sorted = Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { readiness: readiness.get(context.document.path)?.score ?? -1, ...sorted };
}

describe.skipIf(!hasShared)("the reference documents", () => {
  test("the seed has findings for its wounds, placeholders and verdicts before the fact", () => {
    const seed = summaryOf("seed/IPLAN-TEMPLATE.md");
    expect(seed["encoding/wrongly-decoded"]).toBeGreaterThan(70);
    expect(seed["encoding/blind-replacement"]).toBe(3);
    expect(seed["document/template-text"]).toBeGreaterThan(150);
    expect(seed["plan/placeholder-in-command"]).toBeGreaterThan(5);
    expect(seed["plan/verdict-before-fact"]).toBeGreaterThan(3);
    expect(seed["score/declared-differs"]).toBe(1);
    expect(seed["document/machine-path"]).toBe(1);
    expect(seed["plan/status-word"]).toBe(1);
    expect(seed["readiness"]).toBeLessThan(30);
  });

  test("every plan of the corpus is checked to the end, with the findings of the golden summary", async () => {
    const folder = sharedPath("corpus");
    const plans = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /work-plans\/.*\.md$|IPLAN[^/]*\.md$/.test(name))
      .map((name) => `corpus/${name}`)
      .sort();
    expect(plans.length).toBeGreaterThan(20);
    const summary = Object.fromEntries(["seed/IPLAN-TEMPLATE.md", ...plans].map((path) => [path, summaryOf(path)]));
    await expect(`${JSON.stringify(summary, null, 2)}\n`).toMatchFileSnapshot("../fixtures/golden/rules.json");
  });
});
