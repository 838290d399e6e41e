import { readFileSync } from "node:fs";
import { ruleFamilies } from "#model/finding";
import { builtInProfiles } from "#profile/find-profile";
import { describe, expect, test } from "vitest";

const page = readFileSync(new URL("../../docs/reference/readiness-score.md", import.meta.url), "utf8");

describe.each(Object.values(builtInProfiles))("the page on the readiness score and $name", ({ readiness }) => {
  test("name the same weight for every family", () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map((row) => [row[1], Number(row[2])]);
    expect(Object.fromEntries(rows)).toEqual(readiness.weights);
    expect(rows).toHaveLength(ruleFamilies.length);
  });
  test("name the same loss for every severity", () => {
    for (const [severity, share] of Object.entries(readiness.loss)) {
      expect(page).toContain(`| ${severity} | ${share === 0 ? "none" : `${share} %`} |`);
    }
  });
  test("name the same target and ceiling", () => {
    expect(page).toContain(`at most ${readiness.ceilingWithErrors}.** The target is ${readiness.target}.`);
  });
});
