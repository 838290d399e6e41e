import { writeDocument } from "#author/write-document";
import { composeEdits } from "#model/compose-edits";
import type { Edit } from "#model/edit";
import { type Finding, isLive } from "#model/finding";
import type { Source } from "#model/source";
import { registryOutdated } from "#rules/document/registry-outdated";
import type { Session } from "./session.ts";

/** A document that was healed. */
export interface FixedDocument {
  readonly path: string;
  readonly edits: number;
  readonly titles: readonly string[];
}

/** Edits that fixes make in one document. */
export interface PlannedFix {
  readonly source: Source;
  /** In order, none overlapping. */
  readonly edits: readonly Edit[];
  readonly titles: readonly string[];
}

/**
 * The edits of all fixes of live findings, by document, also of documents that were not checked. Where two fixes touch the same text the
 * one that starts first is made; the other is found again by the next check.
 */
export function plannedFixes(session: Session, findings: readonly Finding[]): readonly PlannedFix[] {
  const byPath = new Map<string, { edits: Edit[]; titles: Set<string> }>();
  for (const finding of nextToHeal(findings)) {
    for (const document of finding.fix.documents) {
      const known = byPath.get(document.path) ?? { edits: [], titles: new Set() };
      known.edits.push(...document.edits);
      known.titles.add(finding.fix.title);
      byPath.set(document.path, known);
    }
  }
  return [...byPath].flatMap(([path, { edits, titles }]) => {
    const source = session.source(path);
    return source === undefined ? [] : [{ source, edits: combinedEdits(edits), titles: [...titles].sort() }];
  });
}

/** What two rounds do, as one: a document that both heal is told once, with edits of the text as it was before the first. */
export function inOneGo(first: readonly PlannedFix[], second: readonly PlannedFix[]): readonly PlannedFix[] {
  const byPath = new Map(first.map((fix) => [fix.source.path, fix]));
  for (const fix of second) {
    const before = byPath.get(fix.source.path);
    byPath.set(fix.source.path, before === undefined ? fix : oneAfterTheOther(before, fix));
  }
  return [...byPath.values()];
}

function oneAfterTheOther({ source, edits, titles }: PlannedFix, then: PlannedFix): PlannedFix {
  return {
    source,
    edits: composeEdits(edits, then.edits, source.text.length),
    titles: [...new Set([...titles, ...then.titles])].sort(),
  };
}

/** Findings to be healed now. Why: registry documents follow from all others, and are written when those are healed. */
function nextToHeal(findings: readonly Finding[]): readonly HealedFinding[] {
  const healed = findings.filter((finding): finding is HealedFinding => finding.fix !== undefined && isLive(finding));
  const first = healed.filter(({ rule }) => rule !== registryOutdated.code);
  return first.length > 0 ? first : healed;
}

type HealedFinding = Finding & { readonly fix: NonNullable<Finding["fix"]> };

/** Makes the planned edits. Throws as `writeDocument` does. */
export function applyFixes(session: Session, findings: readonly Finding[]): readonly FixedDocument[] {
  return plannedFixes(session, findings).flatMap(({ source, edits, titles }) =>
    writeDocument(session.host.files, session.root, source, edits)
      ? [{ path: source.path, edits: edits.length, titles }]
      : [],
  );
}

/** Edits in order, none overlapping: what two fixes put at one place is written one after the other, and once when it is the same. */
export function combinedEdits(edits: readonly Edit[]): readonly Edit[] {
  const kept: Edit[] = [];
  let said = new Set<string>();
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = kept.at(-1);
    if (last !== undefined && isInsertion(last) && isInsertion(edit) && edit.start === last.start) {
      if (!said.has(edit.text)) kept[kept.length - 1] = { ...last, text: last.text + edit.text };
      said.add(edit.text);
      continue;
    }
    if (last !== undefined && (edit.start < last.end || edit.start === last.start)) continue;
    kept.push(edit);
    said = new Set([edit.text]);
  }
  return kept;
}

function isInsertion(edit: Edit): boolean {
  return edit.start === edit.end;
}
