import type { Edit } from "#model/edit";
import type { Finding, Fix, RelatedPlace, Severity } from "#model/finding";
import type { Hash } from "#model/ports";
import type { Range, Span } from "#model/source";
import { movedCause } from "./link-targets.ts";
import { type Draft, planIdOf, type Rule, type RuleContext } from "./rule.ts";

/** A draft as a rule reported it. */
export type StatedDraft = Draft;

interface Group {
  readonly first: Draft;
  readonly range: Range;
  readonly others: { readonly draft: Draft; readonly range: Range }[];
}

/** Related places of a grouped finding; the rest is counted in its message. */
const mostRelated = 200;

/** Turns the drafts of one rule on one document into findings with fingerprints; drafts of one cause become one. */
export function createFindings(
  context: RuleContext,
  rule: Rule,
  severity: Severity,
  drafts: readonly Draft[],
  options: { readonly hash: Hash; readonly group?: boolean },
): readonly Finding[] {
  const placed = drafts.map((draft) => ({ draft, range: rangeOf(context, draft.at) }));
  placed.sort((a, b) => a.range.start.offset - b.range.start.offset || a.range.end.offset - b.range.end.offset);
  const groups = groupByCause(placed, options.group ?? true);
  const fingerprint = fingerprints(context.document.path, options.hash);
  return groups.map((group) => {
    const key =
      group.first.cause !== undefined && options.group !== false ? group.first.cause : covered(context, group);
    return finding(context, rule, severity, group, fingerprint(rule.code, key));
  });
}

/** A finding as it would be had its file another path. */
export interface MovedFinding extends Finding {
  /** Its fingerprint where its links were written anew so that they lead where they led. */
  readonly other: string;
}

/**
 * The findings of one file, grouped by cause, as they would be had the file another path; `text` is what they were found in. A message
 * that names the path keeps it.
 */
export function movedFindings(
  findings: readonly Finding[],
  { path, text, hash }: { readonly path: string; readonly text: string; readonly hash: Hash },
): readonly MovedFinding[] {
  const fingerprint = fingerprints(path, hash);
  const other = fingerprints(path, hash);
  const inPlace = [...findings].sort(
    ({ range: a }, { range: b }) => a.start.offset - b.start.offset || a.end.offset - b.end.offset,
  );
  return inPlace.map((one) => {
    const written = text.slice(one.range.start.offset, one.range.end.offset);
    const key = one.cause === undefined ? written : movedCause(one.cause, written, one.path, path);
    return { ...one, path, fingerprint: fingerprint(one.rule, key), other: other(one.rule, one.cause ?? written) };
  });
}

/** Names the findings of one file, which come in the order of their places: equal ones of a rule are counted. */
function fingerprints(path: string, hash: Hash): (rule: string, key: string) => string {
  const seen = new Map<string, number>();
  return (rule, key) => {
    const counted = `${rule}\0${key}`;
    const ordinal = seen.get(counted) ?? 0;
    seen.set(counted, ordinal + 1);
    return hash.sha256([rule, path, key, String(ordinal)].join("\0")).slice(0, 32);
  };
}

function groupByCause(placed: readonly { draft: Draft; range: Range }[], group: boolean): readonly Group[] {
  const groups: Group[] = [];
  const byCause = new Map<string, Group>();
  for (const { draft, range } of placed) {
    const known = draft.cause === undefined || !group ? undefined : byCause.get(draft.cause);
    if (known !== undefined) {
      known.others.push({ draft, range });
      continue;
    }
    const made: Group = { first: draft, range, others: [] };
    groups.push(made);
    if (draft.cause !== undefined) byCause.set(draft.cause, made);
  }
  return groups;
}

function finding(context: RuleContext, rule: Rule, severity: Severity, group: Group, fingerprint: string): Finding {
  const { first, range } = group;
  const path = context.document.path;
  const artifact = planIdOf(context) ?? context.document.id;
  const related = relatedPlaces(path, group);
  const fix = mergedFix(path, group);
  const message = group.others.length === 0 ? first.message : `${first.message} (${places(group.others.length)})`;
  return {
    rule: rule.code,
    severity: first.severity ?? severity,
    message,
    path,
    range,
    ...(artifact === undefined ? {} : { artifact }),
    ...(related.length === 0 ? {} : { related }),
    ...(fix === undefined ? {} : { fix }),
    ...(first.cause === undefined ? {} : { cause: first.cause }),
    fingerprint,
  };
}

function relatedPlaces(path: string, group: Group): readonly RelatedPlace[] {
  const same = group.others.slice(0, mostRelated).map(({ draft, range }) => ({ path, range, message: draft.message }));
  return [...(group.first.related ?? []), ...same];
}

function mergedFix(path: string, group: Group): Fix | undefined {
  const fixes = [group.first, ...group.others.map((other) => other.draft)].flatMap((draft) => draft.fix ?? []);
  const title = fixes[0]?.title;
  if (title === undefined) return undefined;
  // Why: drafts at one place come in the order of the graph's nodes, which is another after edits.
  const edits: readonly Edit[] = fixes.flatMap((fix) => fix.edits).sort((a, b) => a.start - b.start || a.end - b.end);
  return { title, documents: [{ path, edits }] };
}

function places(count: number): string {
  return count === 1 ? "and 1 more place" : `and ${count} more places`;
}

function covered(context: RuleContext, group: Group): string {
  return context.source.text.slice(group.range.start.offset, group.range.end.offset);
}

function rangeOf(context: RuleContext, at: Range | Span): Range {
  return typeof at.start === "number" ? context.source.range(at.start, (at as Span).end) : (at as Range);
}
