import type { Range } from "./source.ts";

/** A piece of text with its place in the document. */
export interface TextAt {
  readonly text: string;
  readonly range: Range;
}

/** A value read from a document: what was written, where, and its meaning when it has one. */
export interface Field<T> {
  readonly raw: string;
  /** The place of the raw value. */
  readonly range: Range;
  /** Absent when the raw text does not have the form of the field. */
  readonly value?: T;
}

/** A heading and what stands under it, down to the next heading of its level. */
export interface Section {
  /** The profile's name of the section, such as `task-list`; absent for headings the profile does not know. */
  readonly name?: string;
  /** Heading text without markup and number. */
  readonly title: string;
  readonly level: number;
  readonly heading: Range;
  readonly range: Range;
  readonly parent?: Section;
}

/** YAML front matter, read shallowly: what is not there is absent. */
export interface FrontMatter {
  readonly range: Range;
  readonly title?: Field<string>;
  readonly tags: readonly TextAt[];
  readonly documentType?: Field<string>;
  readonly artifactType?: Field<string>;
  readonly layer?: Field<number>;
  readonly parentTasks?: Field<string>;
  readonly complexity?: Field<number>;
  /** Set when the block is not well-formed. */
  readonly problem?: TextAt;
}

/** Hours from a text such as `60-80 hours` or `74 hours (revised)`. */
export interface Effort {
  readonly minHours: number;
  readonly maxHours: number;
  readonly remark?: string;
}

/** A point in time as written in a document. */
export interface WrittenTime {
  /** ISO 8601; with an offset only when the zone is known for certain. */
  readonly iso: string;
  /** Zone as written, such as `EST`, `Z`, `+02:00`. */
  readonly zone?: string;
  readonly form: "plain" | "iso" | "date";
}

/** The status words of a plan, in their normal form. */
export type PlanStatus = "draft" | "ready" | "in-progress" | "blocked" | "completed" | "on-hold" | "aborted";

/** The Document Control table. */
export interface Control {
  readonly range: Range;
  readonly id?: Field<string>;
  readonly status?: Field<PlanStatus>;
  readonly version?: Field<string>;
  readonly created?: Field<WrittenTime>;
  readonly lastUpdated?: Field<WrittenTime>;
  readonly author?: Field<string>;
  readonly estimatedEffort?: Field<Effort>;
  readonly actualEffort?: Field<Effort>;
  /** 1 to 5. */
  readonly complexity?: Field<number>;
  readonly parentTasks?: Field<readonly string[]>;
  readonly relatedArtifacts?: Field<readonly string[]>;
  /** Declared readiness in percent. */
  readonly readyScore?: Field<number>;
  /** Rows the profile does not know. */
  readonly others: readonly { readonly name: TextAt; readonly value: TextAt }[];
}

/** A box and its state. */
export interface Box {
  /** The text between the brackets, or the glyph; ticking replaces exactly this. */
  readonly mark: TextAt;
  readonly form: "brackets" | "glyph" | "choice";
  readonly ticked: boolean;
}

/** A bullet, with its box when it has one and the bullets below it. */
export interface Bullet {
  /** The text in one line, markup kept, its label included. */
  readonly text: string;
  readonly range: Range;
  /** Place of the text alone, without marker and box. */
  readonly textRange: Range;
  readonly box?: Box;
  /** Words of the `**Label**:` or `Label:` the text begins with, when there is one. */
  readonly label?: string;
  readonly children: readonly Bullet[];
  readonly annotation?: Annotation;
}

/** An `<!-- iplan: … -->` comment: keys and values as written. */
export interface Annotation {
  readonly range: Range;
  readonly entries: readonly { readonly key: string; readonly value?: string; readonly range: Range }[];
}

/** A status written as words or a glyph, such as `PENDING` or `COMPLETED ✅`. */
export interface StatusMark {
  readonly raw: string;
  readonly range: Range;
  readonly value?: "pending" | "in-progress" | "completed" | "blocked" | "skipped" | "choice";
  readonly percent?: number;
}

/** A fenced code block with where it stands. */
export interface PlanBlock {
  /** First word of the info string, lower case; empty when there is none. */
  readonly language: string;
  readonly info: string;
  /** Content without container prefixes; lines joined by `\n`, last newline kept. */
  readonly text: string;
  /** The whole fence, markers included. */
  readonly range: Range;
  /** The document's offset for an offset of `text`. */
  toDocument(offset: number): number;
  /** The document's range of a stretch of `text`. */
  rangeOf(start: number, end: number): Range;
  readonly closed: boolean;
  /** Nearest text above the fence that labels it, such as `Verification`, without its colon. */
  readonly label?: TextAt;
  /** The label in the words that readers know, where the profile has other words for them. */
  readonly labelMeans?: string;
  readonly annotation?: Annotation;
  /** Expectations written as comments: `# Expected: …`, `# Should be …`. */
  readonly expectations: readonly Expectation[];
  /** Profile name of the nearest known section. */
  readonly section?: string;
}

/** An expectation written as a comment in a block. */
export interface Expectation {
  readonly text: string;
  readonly range: Range;
  /** The command line it stands on or below, as written; absent when it stands above all commands. */
  readonly command?: string;
  readonly form: "expected" | "should-be" | "other";
}

/** What a plan promises after a step. */
export interface Outcome {
  readonly text: string;
  readonly range: Range;
  readonly annotation?: Annotation;
  /** The bullet's own box, when it has one. */
  readonly box?: Box;
  readonly source: "bullet" | "comment";
}

/** A mention of a task or phase in the text of a step. */
export interface Mention {
  readonly kind: "task" | "phase";
  /** `TASK-1.2`, or the number of a phase. */
  readonly id: string;
  readonly range: Range;
  readonly where: "title" | "text" | "block" | "annotation";
}
