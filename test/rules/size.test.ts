import { ruleRegistry } from "#rules/registry";
import { runRules } from "#rules/run-rules";
import { expect, test } from "vitest";
import { hash } from "./synthetic.ts";
import { tracedContexts } from "./traced.ts";

test.each([
  [9_000_000, "About 2,250,000 tokens"],
  [400_004, "About 101,000 tokens"],
])("a document of %i bytes has %s", (bytes, message) => {
  const contexts = tracedContexts([{ path: "docs/BRD/BRD-001_a.md", text: "# BRD-001: A\n" }]);
  const large = contexts.map((context) => ({ ...context, document: { ...context.document, size: bytes } }));
  const { findings } = runRules(large, { hash, today: "2026-06-01", rules: [ruleRegistry["document/size"]] });
  expect(findings[0]?.message).toContain(message);
});
