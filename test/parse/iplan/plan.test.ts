import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createSource } from "#model/source";
import { parsePlan } from "#parse/iplan/plan";
import { aidoc16 } from "#profile/aidoc-16";
import { expectGolden } from "../../support/golden.ts";
import { showPlan } from "./show-plan.ts";

const folder = fileURLToPath(new URL("../../fixtures/plans/", import.meta.url));
const fixtures = readdirSync(folder).filter((file) => file.endsWith(".md"));

function planOf(file: string): ReturnType<typeof parsePlan> {
  return parsePlan(createSource(`plans/${file}`, readFileSync(`${folder}${file}`)), aidoc16);
}

describe("a plan document", () => {
  test.each(fixtures)("%s is read as its golden says", (file) => {
    expectGolden(showPlan(planOf(file)), `${folder}${file.replace(/\.md$/, ".json")}`);
  });

  test("says the same when its glyphs are wounded, at the places of the wounded text", () => {
    const [healthy, wounded] = [planOf("healthy.md"), planOf("wounded.md")];
    expect(meaning(wounded)).toEqual(meaning(healthy));
    expect(wounded.phases.map((phase) => phase.status?.raw)).toEqual(["COMPLETED ‚úÖ", "‚è∏Ô∏è PENDING"]);
    expect(wounded.control?.readyScore?.raw).toBe("‚úÖ 95% (Target: ‚â•90%)");
  });
});

/** A plan without places and raw texts. */
function meaning(plan: ReturnType<typeof parsePlan>): unknown {
  const without = new Set([
    "path",
    "blocks",
    "commandReference",
    "range",
    "textRange",
    "nameRange",
    "heading",
    "raw",
    "mark",
    "title",
    "head",
  ]);
  return JSON.parse(
    JSON.stringify(plan, (key, value: unknown) => (without.has(key) || key === "sections" ? undefined : value)),
  );
}
