import { allRules } from "#rules/registry";
import { runRules } from "#rules/run-rules";
import { describe, expect, test } from "vitest";
import { hash } from "./synthetic.ts";
import { tracedContexts } from "./traced.ts";

const brd = { path: "docs/BRD/BRD-001_a.md", text: "# BRD-001: A\n\n### FR-001: x\n" };

function messages(code: string, text: string): readonly string[] {
  const contexts = tracedContexts([brd, { path: "docs/PRD/PRD-001_a.md", text: `# PRD-001: A\n\n${text}\n` }]);
  const rules = allRules.filter((rule) => rule.code === code);
  return runRules(contexts, { hash, today: "2026-06-01", rules }).findings.map(({ message }) => message);
}

describe("what is said of a tag names what was written", () => {
  test.each([
    [
      "tag/wrong-type",
      "@ears: BRD-001:FR-001",
      "@ears names BRD-001, which is a BRD. Write @brd: BRD-001:FR-001, or name a EARS.",
    ],
    [
      "tag/wrong-type",
      "- `@ears: BRD-001` - why",
      "@ears names BRD-001, which is a BRD. Write @brd: BRD-001, or name a EARS.",
    ],
    [
      "tag/contradicts",
      "@brd: null\n@brd: BRD-001:FR-001",
      "@brd says null here and BRD-001:FR-001 elsewhere. Keep what is true.",
    ],
    [
      "tag/no-id",
      "@brd: BRD-NNN",
      "@brd says BRD-NNN, which is no id. Put in the number of the document that is meant.",
    ],
    ["tag/untidy", "@BRD: BRD-001:FR-001", "@BRD is read as @brd. Write @brd:."],
    ["tag/untidy", "@brd:BRD-001:FR-001", 'Between @brd and its value stands ":". Write "@brd: ".'],
    [
      "trace/upstream-differs",
      "## Upstream Sources\n\n- BRD-007",
      "BRD-007 is listed among the sources of PRD-001, but there is no such document. Write it, or take it out here.",
    ],
    [
      "trace/upward",
      "@code: :src/a.py",
      ":src/a.py does not come before PRD: its own tags have to name this document. Take the tag out here, or list :src/a.py under the downstream artifacts.",
    ],
    [
      "trace/upward",
      "@code: s:rc/a.py",
      "s:rc/a.py does not come before PRD: its own tags have to name this document. Take the tag out here, or list s:rc/a.py under the downstream artifacts.",
    ],
    [
      "trace/upward",
      "@code: C:\\src\\a.py",
      "C:\\src\\a.py does not come before PRD: its own tags have to name this document. Take the tag out here, or list C:\\src\\a.py under the downstream artifacts.",
    ],
    [
      "trace/upward",
      "@code: src/a.py::test_a",
      "src/a.py does not come before PRD: its own tags have to name this document. Take the tag out here, or list src/a.py under the downstream artifacts.",
    ],
    [
      "trace/upward",
      "@code: src/a.py:12",
      "src/a.py does not come before PRD: its own tags have to name this document. Take the tag out here, or list src/a.py under the downstream artifacts.",
    ],
  ])("%s of %s", (code, text, message) => expect(messages(code, text)).toEqual([message]));
});

test("every tag is told from every type of document, whether told at a glance or not", () => {
  const [context] = tracedContexts([brd]);
  const layers = (context?.profile.layers ?? []).filter(
    ({ tag, reference }) => tag !== undefined && reference !== "path",
  );
  expect(layers.length).toBeGreaterThan(5);
  for (const own of layers) {
    const text = layers.map(({ type }) => `@${own.tag}: ${type}-001`).join("\n");
    const wrong = layers.filter((named) => named !== own && !(own.optional && own.layer === named.layer));
    const said = messages("tag/wrong-type", text).map((message) => message.slice(0, message.indexOf(". ")));
    const due = wrong.map(({ type }) => `@${own.tag} names ${type}-001, which is a ${type}`);
    expect(said.toSorted()).toEqual(due.toSorted());
  }
});
