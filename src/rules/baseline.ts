import { IplanError } from "#model/errors";
import type { Finding } from "#model/finding";

/** A finding as a baseline remembers it; all but the fingerprint is for people who read the file. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly path: string;
}

/** What a baseline made of a check's findings. */
export interface BaselineResult {
  /** The findings; those that were there before are marked. */
  readonly findings: readonly Finding[];
  /** Entries whose finding is gone. */
  readonly gone: readonly BaselineEntry[];
}

const schema = "iplan-baseline/1";

/** Marks the findings that were there before. Waived ones stay waived. */
export function applyBaseline(findings: readonly Finding[], entries: readonly BaselineEntry[]): BaselineResult {
  const left = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const known = new Set(left.keys());
  const marked = findings.map((finding): Finding => {
    left.delete(finding.fingerprint);
    return known.has(finding.fingerprint) && finding.waived === undefined ? { ...finding, baselined: true } : finding;
  });
  return { findings: marked, gone: [...left.values()] };
}

/** The text of a baseline file: one line a finding, sorted, so that two branches merge. Waived findings are left out. */
export function writeBaseline(findings: readonly Finding[]): string {
  const lines = findings
    .filter((finding) => finding.waived === undefined)
    .map(({ rule, path, fingerprint }) => JSON.stringify({ fingerprint, rule, path }))
    .sort(byPlace);
  return `{ "schema": "${schema}", "findings": [\n${lines.join(",\n")}\n] }\n`;
}

/** Why: sorted by rule and path a change of the file reads as what was mended; the fingerprint stands first in the line. */
function byPlace(a: string, b: string): number {
  const [one, other] = [a.slice(50), b.slice(50)];
  if (one === other) return a < b ? -1 : 1;
  return one < other ? -1 : 1;
}

/** Reads a baseline file. Throws `usage/baseline` for a text that is none. */
export function readBaseline(path: string, text: string): readonly BaselineEntry[] {
  const parsed = parseJson(text);
  const entries = isRecord(parsed) && parsed["schema"] === schema ? parsed["findings"] : undefined;
  if (Array.isArray(entries) && entries.every(isEntry)) return entries;
  throw new IplanError(
    "usage/baseline",
    `${path} is no baseline of iplan.`,
    `Write it again: iplan check --write-baseline ${path}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isEntry(value: unknown): value is BaselineEntry {
  return isRecord(value) && ["fingerprint", "rule", "path"].every((key) => typeof value[key] === "string");
}
