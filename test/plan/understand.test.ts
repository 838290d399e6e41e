import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createShellParser } from "#host/shell-parser";
import type { Hash } from "#model/ports";
import { createSource, createSourceFromText } from "#model/source";
import type { UnderstoodPlan } from "#model/understanding";
import { parsePlan } from "#parse/iplan/plan";
import { understandPlan } from "#plan/understand";
import { aidoc16 } from "#profile/aidoc-16";
import { hasShared, sharedPath } from "../support/shared.ts";

const hash: Hash = {
  sha256: (bytes) => createHash("sha256").update(bytes).digest("hex"),
  hmacSha256: () => "",
};
const tools = { parser: await createShellParser(), hash, profile: aidoc16 };

function understood(text: string): UnderstoodPlan {
  return understandPlan(
    parsePlan(createSourceFromText("docs/IPLAN/IPLAN-001_x_20260101_000000.md", text), aidoc16),
    tools,
  );
}

describe.skipIf(!hasShared)("reference documents", () => {
  const files = [
    sharedPath("seed", "IPLAN-TEMPLATE.md"),
    sharedPath("corpus", "plan-dotted", "IPLAN-01_example.md"),
    ...readdirSync(sharedPath("corpus", "work-plans")).map((name) => sharedPath("corpus", "work-plans", name)),
  ];
  test.each(files)("%s", (path) => {
    const plan = parsePlan(createSource(path, readFileSync(path)), aidoc16);
    const result = understandPlan(plan, tools);
    expect(result.blocks).toHaveLength(plan.blocks.length);
    expect(new Set(result.steps.map((step) => step.key)).size).toBe(plan.steps.length);
  });
});
void understood;
