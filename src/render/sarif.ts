import type { Edit } from "#model/edit";
import { type Finding, isLive, type RelatedPlace, type Severity } from "#model/finding";
import type { Range, Source } from "#model/source";
import type { CheckReport, GoneFinding, ReportedRule } from "./check-report.ts";
import { type PassedOver, wordsOfPassedOver } from "./passed-over.ts";
import { withItems } from "./text-pieces.ts";

type Json = Readonly<Record<string, unknown>>;

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/**
 * The findings as SARIF 2.1.0 (OASIS): one run, paths relative to the workspace, columns in UTF-16. Fingerprints, fixes, related
 * places, waivers as suppressions; with a baseline each result says whether it is new, unchanged or absent.
 */
export function sarifTexts(report: CheckReport): Iterable<string> {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [runOf(report)],
  };
  return withItems(`${JSON.stringify(log, undefined, 2)}\n`, '"results": [', resultTexts(report));
}

/** Why: thousands of results at once, with their fixes, take more memory than all documents. */
function* resultTexts(report: CheckReport): Generator<string> {
  const numbers = new Map(report.rules.map((rule, index) => [rule.code, index]));
  for (const finding of report.findings)
    yield JSON.stringify(resultOf(finding, numbers.get(finding.rule), report), undefined, 2);
  for (const gone of report.gone ?? []) yield JSON.stringify(absentResult(gone), undefined, 2);
}

function absentResult({ rule, path, fingerprint }: GoneFinding): Json {
  return {
    ruleId: rule,
    message: { text: "This finding of the baseline is gone." },
    locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
    partialFingerprints: fingerprints(fingerprint),
    baselineState: "absent",
  };
}

function runOf(report: CheckReport): Json {
  return {
    tool: {
      driver: {
        name: "iplan",
        semanticVersion: report.version,
        rules: report.rules.map(ruleOf),
      },
    },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { WORKSPACE: { description: { text: "The root of the workspace." } } },
    ...(report.passedOver.length === 0 ? {} : { invocations: [invocationOf(report.passedOver)] }),
    results: [],
  };
}

/** Why: what was not looked at is told as what happened to the tool, not as a result. */
function invocationOf(passed: readonly PassedOver[]): Json {
  return {
    executionSuccessful: true,
    toolExecutionNotifications: passed.map((one) => ({
      level: "note",
      message: { text: `Passed over: ${wordsOfPassedOver(one)}` },
      locations: [{ physicalLocation: { artifactLocation: artifact(one.path) } }],
    })),
  };
}

function ruleOf(rule: ReportedRule): Json {
  return {
    id: rule.code,
    name: rule.title,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.summary },
    defaultConfiguration: { level: levels[rule.severity] },
  };
}

function resultOf(finding: Finding, ruleIndex: number | undefined, report: CheckReport): Json {
  const fixes = fixesOf(finding, report);
  return {
    ruleId: finding.rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [place(finding.path, finding.range, finding.artifact)],
    ...(finding.related === undefined ? {} : { relatedLocations: finding.related.map(relatedPlace) }),
    partialFingerprints: fingerprints(finding.fingerprint),
    ...(fixes.length === 0 ? {} : { fixes }),
    ...(report.gone === undefined ? {} : { baselineState: finding.baselined === true ? "unchanged" : "new" }),
    ...(finding.waived === undefined ? {} : { suppressions: [{ kind: "external", justification: finding.waived }] }),
    ...(isLive(finding) || report.gone !== undefined ? {} : { properties: { live: false } }),
  };
}

function fingerprints(fingerprint: string): Json {
  return { "iplan/v1": fingerprint };
}

function relatedPlace({ path, range, message }: RelatedPlace, index: number): Json {
  return { id: index, message: { text: message }, ...place(path, range, undefined) };
}

function place(path: string, range: Range, artifactId: string | undefined): Json {
  return {
    physicalLocation: { artifactLocation: artifact(path), region: region(range) },
    ...(artifactId === undefined ? {} : { logicalLocations: [{ name: artifactId }] }),
  };
}

function artifact(path: string): Json {
  const wellFormed = path.replace(/\p{Surrogate}/gu, "\uFFFD");
  return { uri: wellFormed.split("/").map(encodeURIComponent).join("/"), uriBaseId: "WORKSPACE" };
}

function region({ start, end }: Range): Json {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

function fixesOf(finding: Finding, report: CheckReport): readonly Json[] {
  if (finding.fix === undefined) return [];
  const changes = finding.fix.documents.flatMap(({ path, edits }) => {
    const source = report.sourceOf(path);
    return source === undefined || edits.length === 0
      ? []
      : [{ artifactLocation: artifact(path), replacements: edits.map((edit) => replacement(source, edit)) }];
  });
  return changes.length === 0 ? [] : [{ description: { text: finding.fix.title }, artifactChanges: changes }];
}

function replacement(source: Source, edit: Edit): Json {
  return {
    deletedRegion: region(source.range(edit.start, edit.end)),
    ...(edit.text === "" ? {} : { insertedContent: { text: edit.text } }),
  };
}
