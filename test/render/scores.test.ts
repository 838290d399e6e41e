import { expect, test } from "vitest";
import { createPaint } from "#render/paint";
import { renderScores, type ShownScore } from "#render/scores";

const score = (id: string, plan: boolean): ShownScore => ({
  id,
  path: `docs/${id}.md`,
  plan,
  score: 80,
  target: 90,
  ready: false,
  without: [],
});

test.each([
  ["one document", [score("BRD-001", false)], "0 of 1 document is ready; lowest BRD-001 80/100\n"],
  ["two documents", [score("BRD-001", false), score("PRD-001", false)], "0 of 2 documents are ready; lowest BRD-001"],
  ["one beside a plan", [score("IPLAN-001", true), score("BRD-001", false)], "0 of 1 other document is ready; lowest"],
])("the readiness of %s is told in words that fit", (_, scores, text) => {
  expect(renderScores(scores, createPaint(false), 100)).toContain(text);
});
