import type { Annotation, TextAt } from "#model/plan";
import type { Range, Source, Span } from "#model/source";
import { labelWords } from "#profile/dialect";
import type { Profile } from "#profile/profile";
import type { AnyBlock } from "../block.ts";
import { type MarkdownDocument, type MarkdownSection, nearestKey } from "../markdown.ts";
import type { Passage } from "../passage.ts";
import { type AnnotationComment, findAnnotations } from "./annotation.ts";

/** A plan being read: the document, its annotations, and the blocks of its sections. */
export class PlanReading {
  readonly document: MarkdownDocument;
  readonly source: Source;
  readonly profile: Profile;
  readonly #comments: readonly AnnotationComment[];
  readonly #annotations: readonly Annotation[];
  /** For each comment, where the first text behind it starts. */
  readonly #followed: readonly number[];

  constructor(document: MarkdownDocument) {
    this.document = document;
    this.source = document.source;
    this.profile = document.profile;
    this.#comments = outsideCode(document, findAnnotations(document.source.text));
    this.#followed = this.#comments.map((comment) => afterBlanks(document.source.text, comment.end));
    this.#annotations = this.#comments.map((comment) => this.#annotationOf(comment));
  }

  /** A label in the words that readers know. */
  labelWords(label: string): string {
    return labelWords(this.profile, label);
  }

  /** Every annotation of the document in order. */
  get annotations(): readonly Annotation[] {
    return this.#annotations;
  }

  /** The first section of that name. */
  section(...keys: readonly NonNullable<MarkdownSection["key"]>[]): MarkdownSection | undefined {
    return this.document.sections.find((section) => section.key !== undefined && keys.includes(section.key));
  }

  /** The blocks under a heading, inner headings and their blocks included. */
  blocksOf(section: MarkdownSection | undefined): readonly AnyBlock[] {
    return section === undefined ? [] : this.document.top.slice(section.first, section.after);
  }

  /** The blocks under a heading without those of inner sections that have a name of their own. */
  namedBlocksOf(section: MarkdownSection | undefined): readonly AnyBlock[] {
    return this.blocksOf(section).filter((block) => {
      const key = nearestKey(this.document.sectionAt(block.start));
      return section?.key === undefined || key === section.key;
    });
  }

  /** The blocks under a heading up to the first inner heading. */
  ownBlocksOf(section: MarkdownSection | undefined): readonly AnyBlock[] {
    const blocks = this.blocksOf(section);
    const heading = blocks.findIndex((block) => block.kind === "heading");
    return heading < 0 ? blocks : blocks.slice(0, heading);
  }

  /** The profile's name of the nearest section around an offset that has one. */
  keyAt(offset: number): string | undefined {
    return nearestKey(this.document.sectionAt(offset));
  }

  /** The readable text of a heading, paragraph or cell, without annotations. */
  passageOf(block: AnyBlock): Passage {
    return this.document.passageOf(block);
  }

  range(span: Span): Range {
    return this.document.range(span);
  }

  /** A passage as text without its annotations, and its place. */
  textAt(passage: Passage): TextAt {
    return this.visible(passage).textAt;
  }

  /** The passage up to the annotations at its end. */
  visible(passage: Passage): Passage {
    const sign = passage.text.indexOf("<!--");
    return sign < 0 ? passage.trim() : passage.sub(0, sign).trim();
  }

  /** The annotation that stands inside a span, such as at the end of a bullet. */
  annotationIn(span: Span): Annotation | undefined {
    const index = this.#firstAt(span.start);
    const comment = this.#comments[index];
    return comment !== undefined && comment.end <= span.end ? this.#annotations[index] : undefined;
  }

  /** The annotation on lines of its own with nothing but blanks between it and an offset; several are read as one. */
  annotationBefore(offset: number): Annotation | undefined {
    const last = this.#firstAt(offset) - 1;
    if ((this.#followed[last] ?? -1) < offset || !this.#standsAlone(last)) return undefined;
    let first = last;
    while (first > 0 && this.#followed[first - 1] === this.#comments[first]?.start && this.#standsAlone(first - 1))
      first--;
    if (first === last) return this.#annotations[last];
    const entries = this.#annotations.slice(first, last + 1).flatMap((annotation) => annotation.entries);
    const start = this.#comments[first]?.start ?? 0;
    return { range: this.range({ start, end: this.#comments[last]?.end ?? start }), entries };
  }

  #standsAlone(index: number): boolean {
    const start = this.#comments[index]?.start ?? 0;
    const line = this.source.position(start).column - 1;
    return /^[\s>]*$/u.test(this.source.text.slice(start - line, start));
  }

  #firstAt(offset: number): number {
    let low = 0;
    let high = this.#comments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#comments[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #annotationOf(comment: AnnotationComment): Annotation {
    const entries = comment.entries.map(({ key, value, ...span }) =>
      value === undefined ? { key, range: this.range(span) } : { key, value, range: this.range(span) },
    );
    return { range: this.range(comment), entries };
  }
}

/** The comments that stand in no code block and no code span. */
function outsideCode(document: MarkdownDocument, comments: readonly AnnotationComment[]): AnnotationComment[] {
  if (comments.length === 0) return [];
  const code = [...document.tree.ofKind("fence"), ...document.tree.ofKind("indented-code")];
  code.sort((one, other) => one.start - other.start);
  let next = 0;
  return comments.filter((comment) => {
    while ((code[next]?.end ?? Number.POSITIVE_INFINITY) <= comment.start) next++;
    return (code[next]?.start ?? comment.end) >= comment.end && document.source.text[comment.start - 1] !== "`";
  });
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[\s>]/u.test(text.charAt(at))) at++;
  return at;
}
