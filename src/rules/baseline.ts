import { IplanError } from "#model/errors";
import type { Finding } from "#model/finding";

/** A finding as a baseline remembers it; all but the fingerprint is for people who read the file. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly path: string;
  /** Of a finding that groups places of one cause, what each of them covers, as short digests; absent: any place was there. */
  readonly places?: readonly string[] | undefined;
  /** A second fingerprint by which its finding is known; never written. */
  readonly other?: string | undefined;
}

/** What each place of a finding covers, as short digests; undefined for one that is known by its fingerprint alone. */
export type PlacesOf = (finding: Finding) => readonly string[] | undefined;

/** What a baseline made of a check's findings. */
export interface BaselineResult {
  /** The findings; those that were there before are marked. */
  readonly findings: readonly Finding[];
  /** Entries whose finding is gone. */
  readonly gone: readonly BaselineEntry[];
}

const schema = "iplan-baseline/1";

/** Marks the findings that were there before: with no place that was not. Waived ones stay waived. */
export function applyBaseline(
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
  placesOf: PlacesOf,
): BaselineResult {
  const known = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const left = new Set(known.values());
  for (const { fingerprint } of findings) {
    const entry = known.get(fingerprint);
    if (entry !== undefined) left.delete(entry);
  }
  // Why: an entry that was met lets no second finding pass.
  const others = new Map(
    [...left].flatMap((entry) => (entry.other === undefined ? [] : [[entry.other, entry] as const])),
  );
  const marked = findings.map((finding): Finding => {
    const same = known.get(finding.fingerprint);
    const entry = same ?? others.get(finding.fingerprint);
    if (entry === undefined) return finding;
    left.delete(entry);
    if (finding.waived !== undefined) return finding;
    const places = placesOf(finding);
    // Why: a second fingerprint is of places that were written anew, which are known by their number alone.
    const isKnown =
      same === undefined
        ? (places?.length ?? 0) <= (entry.places?.length ?? Number.POSITIVE_INFINITY)
        : holdsAll(same.places, places);
    return isKnown ? { ...finding, baselined: true } : finding;
  });
  return { findings: marked, gone: [...left] };
}

/** Why: what stands twice now and stood once before is one more. */
function holdsAll(known: readonly string[] | undefined, places: readonly string[] | undefined): boolean {
  if (known === undefined || places === undefined) return true;
  const left = new Map<string, number>();
  for (const one of known) left.set(one, (left.get(one) ?? 0) + 1);
  return places.every((one) => {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    return count > 0;
  });
}

/** The text of a baseline file: one line a finding, sorted, so that two branches merge. Waived findings are left out. */
export function writeBaseline(findings: readonly Finding[], placesOf: PlacesOf): string {
  const lines = findings
    .filter((finding) => finding.waived === undefined)
    .map((finding) => {
      const { rule, path, fingerprint } = finding;
      return JSON.stringify({ fingerprint, rule, path, places: placesOf(finding) });
    })
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
    `Name another file; or, where this was one and was damaged, remove it and write it anew: iplan check --write-baseline ${path}`,
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
  if (!isRecord(value) || !["fingerprint", "rule", "path"].every((key) => typeof value[key] === "string")) return false;
  const { places } = value;
  return places === undefined || (Array.isArray(places) && places.every((one) => typeof one === "string"));
}
