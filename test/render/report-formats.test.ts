import Ajv from "ajv-draft-04";
import * as fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Finding } from "#model/finding";
import { createSourceFromText, type Source } from "#model/source";
import { type ReportFormat, reportFormats } from "#render/check-formats";
import type { CheckReport } from "#render/check-report";
import { allRules } from "#rules/registry";

const source = createSourceFromText("docs/a b.md", "# Plan\n\n| **Status** | Nearly there |\nlast\n");
const at = source.text.indexOf("Nearly");

function finding(more: Partial<Finding> = {}): Finding {
  return {
    rule: "plan/status-word",
    severity: "error",
    message: '"Nearly there" is no status. Write Draft.',
    path: source.path,
    range: source.range(at, at + 12),
    artifact: "IPLAN-001",
    fingerprint: "0123456789abcdef0123456789abcdef",
    ...more,
  };
}

const fixed = finding({
  fix: {
    title: "write Draft",
    documents: [{ path: source.path, edits: [{ start: at, end: at + 12, text: "Draft" }] }],
  },
  related: [{ path: "docs/b.md", range: source.range(0, 6), message: "see here" }],
});
const waived = finding({ severity: "warning", waived: "agreed" });
const old = finding({ severity: "info", baselined: true });

function report(findings: readonly Finding[], more: Partial<CheckReport> = {}): CheckReport {
  return {
    findings,
    documents: [source.path, "docs/clean.md"],
    summary: { documents: 2, rules: 70, notApplicable: 3, waived: 1, baselined: 1 },
    scores: [{ id: "IPLAN-001", path: source.path, plan: true, score: 87, target: 90, ready: false, without: [] }],
    rules: allRules,
    passedOver: [],
    version: "1.2.3",
    sourceOf: (path): Source | undefined => (path === source.path ? source : undefined),
    ...more,
  };
}

function render(format: ReportFormat, findings: readonly Finding[], more: Partial<CheckReport> = {}): string {
  return [...reportFormats[format](report(findings, more))].join("");
}

interface SarifLog {
  readonly runs: readonly { readonly results: readonly Record<string, unknown>[] }[];
}

const schema = JSON.parse(readFileSync("test/fixtures/schemas/sarif-2.1.0-rtm.5.json", "utf8")) as object;
const validateSarif = new Ajv.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

function sarif(findings: readonly Finding[], more: Partial<CheckReport> = {}): readonly Record<string, unknown>[] {
  const log = JSON.parse(render("sarif", findings, more)) as SarifLog;
  expect(validateSarif(log), JSON.stringify(validateSarif.errors?.slice(0, 3))).toBe(true);
  return log.runs[0]?.results ?? [];
}

describe("SARIF", () => {
  test("names rule, level, place, artifact and fingerprint", () => {
    const [result] = sarif([finding()]);
    expect(result).toMatchObject({
      ruleId: "plan/status-word",
      ruleIndex: allRules.findIndex((rule) => rule.code === "plan/status-word"),
      level: "error",
      partialFingerprints: { "iplan/v1": "0123456789abcdef0123456789abcdef" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "docs/a%20b.md", uriBaseId: "WORKSPACE" },
            region: { startLine: 3, startColumn: 16, endLine: 3, endColumn: 28 },
          },
          logicalLocations: [{ name: "IPLAN-001" }],
        },
      ],
    });
    expect(result).not.toHaveProperty("baselineState");
  });

  test("carries fixes and related places", () => {
    expect(sarif([fixed])[0]).toMatchObject({
      relatedLocations: [{ message: { text: "see here" } }],
      fixes: [
        {
          description: { text: "write Draft" },
          artifactChanges: [
            {
              replacements: [
                {
                  deletedRegion: { startLine: 3, startColumn: 16, endLine: 3, endColumn: 28 },
                  insertedContent: { text: "Draft" },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test("says with a baseline what is new, unchanged or absent, and of a waiver why", () => {
    const gone = [{ fingerprint: "f".repeat(32), rule: "plan/no-steps", path: "docs/c.md" }];
    const results = sarif([finding(), old, waived], { gone });
    expect(results.map((result) => result["baselineState"])).toEqual(["new", "unchanged", "new", "absent"]);
    expect(results[2]).toMatchObject({ suppressions: [{ kind: "external", justification: "agreed" }] });
  });

  test("is in pieces what it is as a whole", () => {
    const many = Array.from({ length: 300 }, (_, index) => finding({ message: `"${index}"\n  "results": [` }));
    for (const findings of [[], [fixed], many]) {
      const text = render("sarif", findings, { gone: [{ fingerprint: "ff", rule: "plan/title", path: "docs/c.md" }] });
      expect(text).toBe(`${JSON.stringify(JSON.parse(text), undefined, 2)}\n`);
    }
    expect(sarif(many)).toHaveLength(300);
  });

  test("is valid without findings, and says nothing of a fix whose document cannot be read", () => {
    expect(sarif([])).toEqual([]);
    expect(sarif([fixed], { sourceOf: () => undefined })[0]).not.toHaveProperty("fixes");
  });
});

interface JunitFile {
  readonly testsuites: {
    readonly tests: string;
    readonly failures: string;
    readonly testsuite: readonly { readonly name: string; readonly testcase: unknown }[];
  };
}

describe("JUnit", () => {
  test("has a suite for each document; only live errors fail", () => {
    const text = render("junit", [finding(), waived, old, finding({ severity: "warning" })]);
    expect(XMLValidator.validate(text)).toBe(true);
    const read = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" }).parse(text) as JunitFile;
    expect(read.testsuites).toMatchObject({ tests: "5", failures: "1" });
    const [first, second] = read.testsuites.testsuite;
    expect(first).toMatchObject({ name: "docs/a b.md", tests: "4", failures: "1", skipped: "2" });
    expect(first?.testcase).toMatchObject([
      { name: "plan/status-word at 3:16", failure: { type: "plan/status-word" } },
      { skipped: { message: "waived: agreed" } },
      { skipped: { message: "was there before" } },
      { "system-out": expect.stringContaining("docs/a b.md:3:16 warning") as unknown },
    ]);
    expect(second).toMatchObject({ name: "docs/clean.md", tests: "1", testcase: { name: "no findings" } });
  });
});

describe("GitHub annotations", () => {
  test("put errors first, leave out what does not count, and end columns where the text ends", () => {
    const info = finding({ severity: "info", message: "note" });
    expect(render("github", [info, waived, old, finding()])).toBe(
      [
        '::error file=docs/a b.md,line=3,endLine=3,col=16,endColumn=27,title=plan/status-word::"Nearly there" is no status. Write Draft.\n',
        "::notice file=docs/a b.md,line=3,endLine=3,col=16,endColumn=27,title=plan/status-word::note\n",
      ].join(""),
    );
  });

  test("let nothing from a document begin a command of its own", () => {
    const text = render("github", [finding({ path: "docs/a,b:c%.md", message: "100%\n::error::x\r\nend" })]);
    expect(text).toContain("file=docs/a%2Cb%3Ac%25.md,");
    expect(text.trimEnd().split("\n")).toHaveLength(1);
    expect(text).toContain("::100%25%0A::error::x%0Aend");
  });

  test("have no columns where they span lines", () => {
    const text = render("github", [finding({ range: source.range(0, at) })]);
    expect(text).toContain("line=1,endLine=3,title=");
  });
});

describe("the Markdown summary", () => {
  test("begins with the verdict and what was compared, then readiness, then findings by rule", () => {
    const gone = [{ fingerprint: "f", rule: "plan/no-steps", path: "docs/c.md" }];
    const text = render("markdown", [finding(), waived, old], { gone });
    expect(text.split("\n").slice(0, 3)).toEqual([
      "### iplan check: 1 error",
      "",
      "2 documents · 70 rules checked · 3 not applicable · 1 waived · 1 there before · 1 gone since",
    ]);
    expect(text).toContain("| IPLAN-001 | docs/a b.md | 87/100 | 90 | not ready |");
    expect(text).toContain("<details><summary>error plan/status-word (1)</summary>");
  });

  test("shows text of documents as text", () => {
    const text = render("markdown", [finding({ message: "<img src=x> [a](http://b) @team #1 | `x`" })]);
    expect(text).toContain("&lt;img src=x&gt; \\[a\\]\\(http:\u200B//b\\) @\u200Bteam \\#1 \\| \\`x\\`");
  });

  test("never claims a clean result when nothing was checked", () => {
    expect(render("markdown", [], { summary: { documents: 0 } })).toContain("### iplan check: nothing was checked");
  });

  test("stays below what GitHub takes as a comment", () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      finding({ rule: `plan/rule-${index}`, message: "long ".repeat(100) }),
    );
    const text = render("markdown", many);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/… and \d+ more rules with findings/);
  });
});

describe("what was not looked at", () => {
  const passedOver = [
    { path: "docs/a ring", reason: "loop" as const },
    { path: "src/<big>,b:.py", reason: "too-large" as const },
  ];

  test("is told by SARIF as what happened to the tool, not as a result", () => {
    expect(sarif([], { passedOver })).toEqual([]);
    const { runs } = JSON.parse(render("sarif", [], { passedOver })) as {
      runs: readonly { invocations: readonly { toolExecutionNotifications: readonly object[] }[] }[];
    };
    expect(runs[0]?.invocations[0]?.toolExecutionNotifications).toEqual([
      {
        level: "note",
        message: { text: "Passed over: docs/a ring: a link back to itself" },
        locations: [{ physicalLocation: { artifactLocation: { uri: "docs/a%20ring", uriBaseId: "WORKSPACE" } } }],
      },
      expect.objectContaining({ message: { text: "Passed over: src/<big>,b:.py: source above 4 MB" } }),
    ]);
  });

  test("is a suite of skipped cases for JUnit", () => {
    const text = render("junit", [], { passedOver });
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text).toContain('<testsuite name="passed over" tests="2" failures="0" errors="0" skipped="2">');
    expect(text).toContain('<skipped message="src/&lt;big&gt;,b:.py: source above 4 MB"/>');
    expect(text).toContain('<testsuites name="iplan check" tests="4" failures="0" errors="0">');
  });

  test("is one notice for GitHub", () => {
    expect(render("github", [], { passedOver })).toBe(
      "::notice title=passed over::2 paths were passed over:%0A  docs/a ring: a link back to itself%0A  src/<big>,b:.py: source above 4 MB\n",
    );
  });

  test("stands below the verdict of the summary, as text", () => {
    expect(render("markdown", [], { passedOver })).toContain(
      "\n\n2 paths were passed over:  \ndocs/a ring: a link back to itself  \nsrc/&lt;big&gt;,b:.py: source above 4 MB\n",
    );
  });

  test.each(["sarif", "junit", "github", "markdown"] as const)("is not spoken of by %s when all was read", (format) => {
    expect(render(format, [])).not.toMatch(/Passed over:|(?:was|were) passed over:|"passed over"|invocations/);
  });
});

describe("every form", () => {
  const foreign = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.constant("half \uD800 pair"));
  const hostile = fc.record({ path: foreign, message: foreign, artifact: foreign });

  test("holds any text of a document without breaking", () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 4 }), (texts) => {
        const findings = texts.map((text) => finding(text));
        expect(XMLValidator.validate(render("junit", findings))).toBe(true);
        sarif(findings);
        const lines = render("github", findings).split("\n").slice(0, -1);
        expect(lines).toHaveLength(findings.length);
        expect(lines.every((line) => line.startsWith("::error file="))).toBe(true);
        // oxlint-disable-next-line no-control-regex
        expect(render("markdown", findings)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
      }),
      { numRuns: 200 },
    );
  });
});
