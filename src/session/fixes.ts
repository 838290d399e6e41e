import { writeDocument } from "#author/write-document";
import type { Edit } from "#model/edit";
import type { Finding } from "#model/finding";
import type { Session } from "./session.ts";

/** A document that was healed. */
export interface FixedDocument {
  readonly path: string;
  readonly edits: number;
  readonly titles: readonly string[];
}

/**
 * Makes the edits of all fixes that are not waived. Where two fixes touch the same text the one that starts first is made; the other
 * is found again by the next check. Throws as `writeDocument` does.
 */
export function applyFixes(session: Session, findings: readonly Finding[]): readonly FixedDocument[] {
  const byPath = new Map<string, { edits: Edit[]; titles: Set<string> }>();
  for (const finding of findings) {
    if (finding.fix === undefined || finding.waived !== undefined) continue;
    for (const document of finding.fix.documents) {
      const known = byPath.get(document.path) ?? { edits: [], titles: new Set() };
      known.edits.push(...document.edits);
      known.titles.add(finding.fix.title);
      byPath.set(document.path, known);
    }
  }
  return [...byPath].flatMap(([path, { edits, titles }]) => {
    const source = session.source(path);
    const kept = withoutOverlaps(edits);
    if (source === undefined || !writeDocument(session.host.files, session.root, source, kept)) return [];
    return [{ path, edits: kept.length, titles: [...titles].sort() }];
  });
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
