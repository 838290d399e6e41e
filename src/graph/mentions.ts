import { type DocumentTrace, mentionColumn, mentionKind, mentionWidth } from "#model/trace";

/** A document that a section on sources, or on what follows, names without a tag. */
export interface SectionMention {
  /** Document id. */
  readonly document: string;
  /** True for a link to a file; false for an id alone. */
  readonly linked: boolean;
  readonly start: number;
  readonly end: number;
}

/** Every mention of a document in the sections of a kind, by place. */
export function* mentionsIn(trace: DocumentTrace, kind: keyof typeof mentionKind): Generator<SectionMention> {
  const { mentions, strings } = trace;
  for (let at = 0; at < mentions.length; at += mentionWidth) {
    if (mentions[at + mentionColumn.kind] !== mentionKind[kind]) continue;
    const document = strings[mentions[at + mentionColumn.document] ?? -1];
    if (document === undefined) continue;
    const start = mentions[at + mentionColumn.start] ?? 0;
    const linked = (mentions[at + mentionColumn.target] ?? -1) >= 0;
    yield { document, linked, start, end: mentions[at + mentionColumn.end] ?? start };
  }
}
