import { writeDocument } from "#author/write-document";
import type { Edit } from "#model/edit";
import { type Finding, isLive } from "#model/finding";
import type { Source } from "#model/source";
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
 * The edits of all fixes of live findings, by document. Where two fixes touch the same text the one that starts first is made; the other
 * is found again by the next check.
 */
export function plannedFixes(session: Session, findings: readonly Finding[]): readonly PlannedFix[] {
  const byPath = new Map<string, { edits: Edit[]; titles: Set<string> }>();
  for (const finding of findings) {
    if (finding.fix === undefined || !isLive(finding)) continue;
    for (const document of finding.fix.documents) {
      const known = byPath.get(document.path) ?? { edits: [], titles: new Set() };
      known.edits.push(...document.edits);
      known.titles.add(finding.fix.title);
      byPath.set(document.path, known);
    }
  }
  return [...byPath].flatMap(([path, { edits, titles }]) => {
    const source = session.source(path);
    return source === undefined ? [] : [{ source, edits: withoutOverlaps(edits), titles: [...titles].sort() }];
  });
}

/** Makes the planned edits. Throws as `writeDocument` does. */
export function applyFixes(session: Session, findings: readonly Finding[]): readonly FixedDocument[] {
  return plannedFixes(session, findings).flatMap(({ source, edits, titles }) =>
    writeDocument(session.host.files, session.root, source, edits)
      ? [{ path: source.path, edits: edits.length, titles }]
      : [],
  );
}

function withoutOverlaps(edits: readonly Edit[]): readonly Edit[] {
  const kept: Edit[] = [];
  let last = -1;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < last || (edit.start === last && kept.at(-1)?.start === edit.start)) continue;
    kept.push(edit);
    last = edit.end;
  }
  return kept;
}
