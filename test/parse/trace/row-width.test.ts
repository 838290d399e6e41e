import { expect, test } from "vitest";
import { definitionColumn, definitionWidth, mostShort, tagColumn, tagWidth } from "#model/trace";
import { rows, showTrace, traceOf } from "../../support/trace-view.ts";

const text = "# REQ-001: Orders\n\n## FR-001: Accept\n\n@sys: SYS-002\n\nSee PRD-003.\n";

test.each([
  ["a short document", text.length, Int16Array],
  ["the longest with short rows", mostShort, Int16Array],
  ["one character more", mostShort + 1, Int32Array],
  ["a long document", 100_000, Int32Array],
])("rows of %s say the same", (_, length, kind) => {
  const whole = "\n".repeat(length - text.length) + text;
  const trace = traceOf("REQ-001_a.md", whole);
  expect([trace.tags, trace.definitions, trace.mentions].every((cells) => cells instanceof kind)).toBe(true);
  expect(showTrace(trace)).toEqual(showTrace(traceOf("REQ-001_a.md", text)));
  const [tag] = rows(trace.tags, tagWidth);
  expect(whole.slice(tag?.[tagColumn.start], tag?.[tagColumn.end])).toBe("SYS-002");
  const last = rows(trace.definitions, definitionWidth).at(-1);
  expect(last?.[definitionColumn.scopeEnd]).toBe(length);
});
