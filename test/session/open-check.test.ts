import * as fc from "fast-check";
import { createMemoryHost, type MemoryHost } from "#host/memory";
import { createShellParser } from "#host/shell-parser";
import { checkDocuments } from "#session/checking";
import { openCheck } from "#session/open-check";
import { selectDocuments } from "#session/select-documents";
import { openSession } from "#session/session";
import { WholeCheck } from "#session/whole-check";
import { describe, expect, test } from "vitest";
import { createCorpus } from "../../bench/trace-corpus.ts";
import { corpusText } from "../../bench/trace-corpus-text.ts";
import { propertyRuns } from "../support/property-runs.ts";

const root = "/work/tree";
const parser = await createShellParser();

function hostOf(files: Readonly<Record<string, string>>): MemoryHost {
  const placed = Object.entries(files).map(([path, text]) => [`${root}/${path}`, text]);
  return createMemoryHost({ files: Object.fromEntries(placed) as Record<string, string>, shellParser: parser });
}

function write(host: MemoryHost, path: string, text: string): void {
  host.files.put(`${root}/${path}`, text);
}

async function freshly(host: MemoryHost, targets: readonly string[] = []) {
  const session = await openSession(host, root);
  const whole = targets.length === 0;
  return checkDocuments(session, selectDocuments(session, targets.map(absolute)), { whole, history: false });
}

function absolute(path: string): string {
  return `${root}/${path}`;
}

async function fresh(host: MemoryHost) {
  return (await freshly(host)).result;
}

const generated: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    createCorpus({ artifacts: 60, seed: 7 }).documents.map((document) => [document.path, corpusText(document)]),
  ),
  "src/more.py": '"""More.\n\n@req: REQ-001\n@spec: SPEC-001\n"""\nx = 1\n',
  "src/lost.ts": "// @req: REQ-099:AC-001\n// @brd: BRD-001:FR-001\nexport const x = 1;\n",
  "tests/test_more.py": "# @code: src/more.py\n# @req: REQ-001\n# @bdd: BDD-001\n",
};
const paths = Object.keys(generated).sort();
const sources = paths.filter((path) => !path.startsWith("docs/"));

const place = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...paths) }, fc.constantFrom(...sources));

/** One edit: a line of a document goes, is doubled, or takes what stands in a line of another. */
const edit = fc.record({
  path: place,
  line: fc.nat({ max: 400 }),
  how: fc.oneof(
    fc.constant("drop" as const),
    fc.constant("double" as const),
    fc.record({ path: fc.constantFrom(...paths), line: fc.nat({ max: 400 }) }),
    fc.constantFrom(
      "A sentence.",
      "@brd: BRD-001:FR-001",
      "@brd: BRD-001:FR-0O1, BRD-099",
      "@prd: null",
      "### FR-001: Again",
      "### EVENT-900: New",
      "## Traceability Tags",
      "## Upstream Sources",
      "- [BRD-001](../BRD/BRD-001_part_1.md#part-1)",
      "- REQ-001",
      "@icon: REQ-001:AC-001",
      "@icon-role: provider",
      "// @req: REQ-009:AC-001",
      "# @code: src/none.py",
      "```",
    ),
  ),
});

function edited(
  texts: Readonly<Record<string, string>>,
  { path, line, how }: typeof edit extends fc.Arbitrary<infer Edit> ? Edit : never,
): string {
  const lines = (texts[path] ?? "").split("\n");
  const at = line % lines.length;
  if (how === "drop") lines.splice(at, 1);
  else if (how === "double") lines.splice(at, 0, lines[at] ?? "");
  else if (typeof how === "string") lines.splice(at, 0, how);
  else lines[at] = (texts[how.path] ?? "").split("\n")[how.line % (texts[how.path] ?? "").split("\n").length] ?? "";
  return lines.join("\n");
}

const keyOf = (finding: unknown): string => JSON.stringify(finding);

describe("an open check", () => {
  test("is tried with source files, too", () => expect(sources.length).toBeGreaterThan(3));

  test("says after any edits what a new check says, counts among it, and names what came and went", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(edit, { maxLength: 3 }), { minLength: 1, maxLength: 4 }), async (rounds) => {
        const texts: Record<string, string> = { ...generated };
        const host = hostOf(texts);
        const check = await openCheck(host, root);
        let whole = await WholeCheck.open(host, root);
        for (const edits of rounds) {
          const before = check.findings().map(keyOf);
          for (const one of edits) {
            texts[one.path] = edited(texts, one);
            write(host, one.path, texts[one.path] ?? "");
          }
          const changed = edits.map(({ path }) => path);
          const { came, went } = await check.changed(changed);
          const expected = await freshly(host);
          if ((await whole.change(changed)) === undefined) whole = await WholeCheck.open(host, root);
          expect(whole.checked()).toEqual(expected);
          const after = expected.result.findings.map(keyOf);
          expect(check.findings().map(keyOf)).toEqual(after);
          const [known, now] = [new Set(before), new Set(after)];
          expect(came.map(keyOf)).toEqual(after.filter((one) => !known.has(one)));
          expect(went.map(keyOf).sort()).toEqual(before.filter((one) => !now.has(one)).sort());
          for (const [path, readiness] of expected.result.readiness) expect(check.readinessOf(path)).toEqual(readiness);
        }
      }),
      { numRuns: propertyRuns(5) },
    );
  });

  test("gives of some documents what a check of them alone gives, after edits too", async () => {
    const host = hostOf(generated);
    const whole = await WholeCheck.open(host, root);
    for (const path of ["docs/BRD/BRD-001_part_1.md", ...sources.slice(0, 1)].filter((one) => one in generated)) {
      write(host, path, `${generated[path]}\n# @brd: BRD-077\n`);
      expect(await whole.change([path])).toBeDefined();
      for (let from = 0; from < 7; from++) {
        const some = [...whole.results.keys()].filter((_, index) => index % 7 === from);
        expect(whole.checkedPart(some)).toEqual(await freshly(host, some));
      }
    }
    expect(whole.checkedPart(["docs/none.md"])).toBeUndefined();
  });

  const reqs: Readonly<Record<string, string>> = {
    "docs/BRD/BRD-001_need.md": "# BRD-001: Need\n\n### FR-001: One\n\nText.\n",
    "docs/PRD/PRD-001_product.md": "# PRD-001: Product\n\n### US-001: Story\n\n@brd: BRD-001:FR-001\n",
    "docs/EARS/EARS-001_formal.md":
      "# EARS-001: Formal\n\n### EVENT-001: It\n\n@brd: BRD-001:FR-001\n@prd: PRD-001:US-001\n",
    "docs/SYS/SYS-001_lone.md": "# SYS-001: Lone\n\nText.\n",
  };

  test.each([
    [
      "words alone change one document",
      "docs/BRD/BRD-001_need.md",
      reqs["docs/BRD/BRD-001_need.md"]?.replace("Text", "More text"),
      1,
    ],
    [
      "a definition that goes changes what its links touch",
      "docs/BRD/BRD-001_need.md",
      reqs["docs/BRD/BRD-001_need.md"]?.replace("FR-001", "FR-002"),
      3,
    ],
    [
      "a document that nothing is tied to changes by itself",
      "docs/SYS/SYS-001_lone.md",
      "# SYS-001: Lone\n\n@brd: null\n",
      1,
    ],
  ])("%s", async (_title, path, text, checked) => {
    const host = hostOf(reqs);
    const check = await openCheck(host, root);
    write(host, path, text ?? "");
    expect((await check.changed([path])).checked).toBe(checked);
    expect(check.findings()).toEqual((await fresh(host)).findings);
  });

  test.each([
    ["a document comes", "docs/REQ/REQ-001_new.md", "# REQ-001: New\n"],
    ["a document becomes empty", "docs/SYS/SYS-001_lone.md", ""],
    ["a source file comes", "src/a.ts", "// @req: REQ-009:AC-001\n"],
    ["the settings change", "iplan.config.yaml", "rules:\n  trace/orphan: off\n"],
  ])("%s: all is as in a new check", async (_title, path, text) => {
    const host = hostOf(reqs);
    const check = await openCheck(host, root);
    write(host, path, text);
    await check.changed([path]);
    expect(check.findings()).toEqual((await fresh(host)).findings);
  });

  test("a document goes: all is as in a new check", async () => {
    const host = hostOf(reqs);
    const check = await openCheck(host, root);
    host.files.remove(`${root}/docs/PRD/PRD-001_product.md`);
    const { went, came } = await check.changed(["docs/PRD/PRD-001_product.md"]);
    expect(check.findings()).toEqual((await fresh(host)).findings);
    expect([...went, ...came].length).toBeGreaterThan(0);
  });
});
