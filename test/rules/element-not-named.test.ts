import { elementNotNamed } from "#rules/trace/element-not-named";
import { runRules } from "#rules/run-rules";
import { expect, test, vi } from "vitest";
import { hash } from "./synthetic.ts";
import { tracedContexts } from "./traced.ts";

const brd = "# BRD-001: Needs\n\n### FR-001: Alerts\n\n### FR-002: Reports\n";

test("what a document defines is asked for once, however many tags name it", () => {
  const tags = Array.from({ length: 50 }, (_, index) => `### US-${index + 1}: One\n\n@brd: BRD-001\n\n`).join("");
  const contexts = tracedContexts([
    { path: "docs/BRD/BRD-001_needs.md", text: brd },
    { path: "docs/PRD/PRD-001_product.md", text: `# PRD-001: Product\n\n${tags}` },
  ]);
  const graph = contexts[1]?.trace?.graph;
  if (graph === undefined) throw new Error("no graph");
  const asked = vi.spyOn(graph, "elementsOf");
  const { findings } = runRules(contexts, { hash, today: "2026-06-01", rules: [elementNotNamed] });
  expect(findings).toMatchObject([{ cause: "element-not-named:BRD-001" }]);
  expect(findings[0]?.related).toHaveLength(49);
  expect(asked).toHaveBeenCalledTimes(1);
});
