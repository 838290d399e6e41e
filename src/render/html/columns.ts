import { escapeControls } from "../escape.ts";
import type { Answered, Report, ReportArtifact, ReportFindings, ReportTrace } from "./report.ts";

/** Columns of artifacts, rows joined by line feeds, so that a hundred thousand of them stay small and quick to read. */
export interface ArtifactColumns {
  /** `:FR-001` for an element of the document before it. */
  readonly ids: string;
  readonly titles: string;
  /** Empty where it is that of the row before. */
  readonly paths: string;
  readonly lines: string;
  /** Places of parents, apart by blanks. */
  readonly parents: string;
  readonly types: readonly string[];
  /** One character a row: its place in `types` from `0` on. */
  readonly type: string;
  /** One character a row. */
  readonly answered: string;
  /** Verdicts of plans and tasks by place. */
  readonly verdicts: Readonly<Record<string, string>>;
}

/** What the page's script reads; the same as the report, in columns. */
export interface PageColumns {
  readonly artifacts: ArtifactColumns;
  readonly breaks: readonly (readonly string[])[];
  readonly findings: {
    readonly severity: string;
    readonly rules: readonly string[];
    readonly rule: string;
    readonly messages: string;
    readonly places: string;
  };
}

const answers: Readonly<Record<Answered, string>> = { "not-asked": "-", deep: "d", shallow: "s", nothing: "n" };

/** The report's long lists as columns. */
export function pageColumns({ trace, findings }: Report): PageColumns {
  return {
    artifacts: artifactColumns(trace.artifacts),
    breaks: breakRows(trace),
    findings: findingColumns(findings),
  };
}

function artifactColumns(artifacts: readonly ReportArtifact[]): ArtifactColumns {
  const types = new Map<string, number>();
  for (const { type } of artifacts) if (!types.has(type)) types.set(type, types.size);
  let document = "";
  let path = "";
  const ids: string[] = [];
  const paths: string[] = [];
  for (const artifact of artifacts) {
    const isElement = document !== "" && artifact.id.startsWith(`${document}:`);
    ids.push(escapeControls(isElement ? artifact.id.slice(document.length) : artifact.id));
    paths.push(artifact.path === path ? "" : escapeControls(artifact.path));
    path = artifact.path;
    if (!isElement) document = artifact.id;
  }
  const told = artifacts.flatMap(({ verdict }, place) => (verdict === undefined ? [] : [[place, verdict] as const]));
  return {
    ids: ids.join("\n"),
    titles: artifacts.map(({ title }) => escapeControls(title)).join("\n"),
    paths: paths.join("\n"),
    lines: artifacts.map(({ line }) => line).join("\n"),
    parents: artifacts.map(({ parents }) => parents.join(" ")).join("\n"),
    types: [...types.keys()],
    type: artifacts.map(({ type }) => String.fromCharCode(48 + (types.get(type) ?? 0))).join(""),
    answered: artifacts.map(({ answered }) => answers[answered]).join(""),
    verdicts: Object.fromEntries(told),
  };
}

function breakRows({ breaks }: ReportTrace): readonly (readonly string[])[] {
  return breaks.map(({ from, tag, to, status, path, line }) =>
    [from, tag, to, status, `${path}:${line}`].map((text) => escapeControls(text)),
  );
}

function findingColumns({ list }: ReportFindings): PageColumns["findings"] {
  const rules = new Map<string, number>();
  for (const { rule } of list) if (!rules.has(rule)) rules.set(rule, rules.size);
  return {
    severity: list.map(({ severity }) => severity.charAt(0)).join(""),
    rules: [...rules.keys()],
    rule: list.map(({ rule }) => rules.get(rule) ?? 0).join("\n"),
    messages: list.map(({ message }) => escapeControls(message)).join("\n"),
    places: list.map(({ path, line }) => escapeControls(`${path}:${line}`)).join("\n"),
  };
}
