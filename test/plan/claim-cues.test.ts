import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { claimPatterns } from "../../src/plan/claims/registry.ts";
import type { ClaimScene } from "../../src/plan/claims/claim-scene.ts";

const scene: ClaimScene = {
  checks: [{ kind: "tests", tool: "vitest" }],
  planChecks: [{ kind: "lint", tool: "eslint" }],
  probes: [{ tool: "node", command: "node --version" }],
  runs: [],
  plan: { runs: [], services: [], paths: [], tree: [], modules: [] },
};

/** Every quoted text of the table of claims, and every sentence of the guide's, as statements. */
const statements: readonly string[] = ["claims.test.ts", "claim-patterns.test.ts", "understand.test.ts"].flatMap(
  (name) => {
    try {
      const text = readFileSync(fileURLToPath(new URL(name, import.meta.url)), "utf8");
      return [...text.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map((match) => JSON.parse(`"${match[1]}"`) as string);
    } catch {
      return [];
    }
  },
);

describe("the cue of a form of claim", () => {
  test("there are statements to try", () => expect(statements.length).toBeGreaterThan(150));
  test.each(
    claimPatterns.map((pattern) => [pattern.name, pattern] as const),
  )("never hides a text that the form of %s fits", (_name, pattern) => {
    const scenes = [scene, { ...scene, command: "node --version", form: "expected" as const }];
    const fitting = scenes.flatMap((each) =>
      statements.filter((text) => pattern.fit(text, each) !== undefined && !pattern.isCued(text, each)),
    );
    expect(fitting).toEqual([]);
  });
});
