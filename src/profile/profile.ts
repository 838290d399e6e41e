import type { RuleFamily, Severity } from "#model/finding";
import type { ControlField, PlanSection } from "./plan-words.ts";

/** How exactly a tag must name its target: down to an element, or the document alone. */
export type ElementLevel = "required" | "recommended" | "none";

/** One artifact type and the layer it stands on. */
export interface LayerProfile {
  /** Type word as it stands in ids: `BRD`. */
  readonly type: string;
  readonly layer: number;
  /** What the type is, in words for people. */
  readonly title: string;
  /** Tag name without `@`; absent for a type that is never tagged. */
  readonly tag?: string;
  /** A project may do without documents of an optional type. */
  readonly optional: boolean;
  /** Directory names, each also met with an `NN_` prefix; a path that starts with one of them below the documents' root is of this type. */
  readonly directories: readonly string[];
  /** File name patterns in the grammar of `pattern.ts`; empty for types that are told by directory alone. */
  readonly files: readonly string[];
  /** File name endings of documents, dot included. */
  readonly extensions: readonly string[];
  /** Types whose tags a document of this layer must carry. */
  readonly upstream: readonly string[];
  /** Types whose tags it must carry when its ancestors have such documents. */
  readonly upstreamIfPresent: readonly string[];
  /** How exactly a tag that names this type must do so. */
  readonly element: ElementLevel;
  /** What a tag of this type names: a document id, or a path of the workspace. */
  readonly reference: "document" | "path";
}

/** The grammar of identifiers. */
export interface IdProfile {
  /** Patterns of document ids; captures `TYPE`, a number, and `YY` for a member of a group. */
  readonly documents: readonly string[];
  /** Patterns of element ids that name their document themselves, such as `BRD.01.01.30`; empty when elements follow a colon. */
  readonly elements: readonly string[];
  /** Number that is never an artifact: indexes, matrices, glossaries, templates. */
  readonly reserved: number;
  /** Words that stand where a number is still to be chosen. */
  readonly placeholders: readonly string[];
}

/** A tag name that is read as another. */
export interface TagAlias {
  readonly name: string;
  readonly means: string;
}

/** Names of tags beside those of the layers. */
export interface TagProfile {
  readonly aliases: readonly TagAlias[];
  /** Tags that carry a fact and link nothing: `impl-status`; with the values they may take, empty for any. */
  readonly facts: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Values that say "this project has none". */
  readonly none: readonly string[];
  /** Keys of YAML maps that hold tags. */
  readonly yamlKeys: readonly string[];
}

/** Sections, or labels in bold, under which ids and links name other documents; nothing is defined in them. */
export interface MentionSection {
  readonly key: "upstream" | "downstream" | "related" | "elsewhere";
  readonly titles: readonly string[];
}

/** A heading that defines an element without carrying its id. */
export interface HeadingSite {
  /**
   * `phase` and `task`: a word and a number; numbered headings inside a phase are its parts. `name`: a word and a name.
   * `numberedSection`: the heading's own number. `topic`: the heading's words, joined by dashes. `documentName`: what stands behind the
   * document's own id in its title.
   */
  readonly kind: "phase" | "task" | "name" | "numberedSection" | "topic" | "documentName";
  /** First words of such headings, compared without case. */
  readonly words: readonly string[];
  /** What stands before the number in the element's normal id. */
  readonly prefix: string;
}

/** Where documents of one type define elements, beside the sites that all types have. */
export interface ElementSites {
  readonly type: string;
  /** First words of ids that look like documents of another type but are elements of this one: `REQ` in a BRD. */
  readonly ids: readonly string[];
  readonly headings: readonly HeadingSite[];
}

/** How documents define elements and mention each other. */
export interface TraceProfile {
  readonly sections: readonly MentionSection[];
  readonly elements: readonly ElementSites[];
  /** First words of names that look like ids of elements and are none: `ISO-8601`. */
  readonly standards: readonly string[];
  /** Types of source files, and how the names of tests begin or end; what lies in a directory of the test type is a test, too. */
  readonly code: {
    readonly source: string;
    readonly test: string;
    readonly testStarts: readonly string[];
    readonly testEnds: readonly string[];
  };
}

/** What a status word of a document means. */
export type StatusMeaning = "draft" | "ready" | "in-progress" | "blocked" | "completed" | "on-hold" | "aborted";

/** What a status word of a phase means. */
export type PhaseMeaning = "pending" | "in-progress" | "completed" | "blocked" | "skipped";

/** Words for one meaning; the first is what the tool writes. Compared without case, glyphs and blanks. */
export interface StatusWords<Meaning extends string> {
  readonly means: Meaning;
  readonly words: readonly string[];
}

/** What a label inside a plan announces: what is below it, or behind it on its line. */
export type LabelMeaning = "outcome" | "verification" | "example" | "reference" | "handoff" | "deliverables" | "verify";

/** A sign that stands for a state. */
export interface StatusGlyph {
  readonly glyph: string;
  readonly means: "done" | "running" | "not-started" | "partial" | "none";
}

/** A section of a plan by its titles; the first is what the tool writes. */
export interface SectionProfile {
  readonly key: PlanSection;
  readonly titles: readonly string[];
  readonly required: boolean;
}

/** What the value of a control field must look like. */
export type FieldFormat =
  | "id"
  | "ids"
  | "status"
  | "version"
  | "timestamp"
  | "effort"
  | "complexity"
  | "score"
  | "text";

/** A field of the Document Control table; the first name is what the tool writes. */
export interface FieldProfile {
  readonly key: ControlField;
  readonly names: readonly string[];
  readonly required: boolean;
  readonly format: FieldFormat;
}

/** What a plan document is made of. */
export interface PlanProfile {
  /** Type word of plans: `IPLAN`. */
  readonly type: string;
  /** Type word of the documents plans are made from: `TASKS`. */
  readonly parentType: string;
  /** Trailers of a plan's commit, in order, each with the type of documents it names. */
  readonly trailers: readonly { readonly name: string; readonly of: string }[];
  readonly sections: readonly SectionProfile[];
  readonly fields: readonly FieldProfile[];
  readonly statuses: readonly StatusWords<StatusMeaning>[];
  readonly phaseStatuses: readonly StatusWords<PhaseMeaning>[];
  readonly glyphs: readonly StatusGlyph[];
  /** Words of labels beside the English ones, which are always understood. */
  readonly labels: readonly StatusWords<LabelMeaning>[];
  /** Least and greatest complexity. */
  readonly complexity: { readonly least: number; readonly greatest: number };
  /** Front matter: tags that must be there, and values that custom fields must have. */
  readonly frontMatter: {
    readonly tags: readonly string[];
    readonly customFields: Readonly<Record<string, string | number>>;
  };
}

/** How documents tell that they are templates. */
export interface TemplateProfile {
  /** Values of `document_type` in the front matter. */
  readonly documentTypes: readonly string[];
  /** Parts of file names. */
  readonly nameParts: readonly string[];
}

/** A bound on the size of a document for assistants; `tokens` are estimated. */
export interface SizeLimit {
  readonly tokens: number;
  readonly severity: Severity;
}

/** How the readiness score is made. */
export interface ReadinessProfile {
  /** A document is ready from this score on. */
  readonly target: number;
  /** The score is never above this while an error stands. */
  readonly ceilingWithErrors: number;
  /** Points of each family; they sum to 100. */
  readonly weights: Readonly<Record<RuleFamily, number>>;
  /** What documents call a readiness that they declare; `{TYPE}` stands for a type. Plans have a control field for it. */
  readonly declaredAs: readonly string[];
  /** Share of its family's points that one finding takes, in percent. */
  readonly loss: Readonly<Record<Severity, number>>;
}

/** A dialect of documents as data: everything that differs between families of documents. */
export interface Profile {
  readonly name: string;
  readonly title: string;
  readonly layers: readonly LayerProfile[];
  readonly ids: IdProfile;
  readonly tags: TagProfile;
  readonly trace: TraceProfile;
  readonly plan: PlanProfile;
  readonly templates: TemplateProfile;
  readonly sizes: { readonly bytesPerToken: number; readonly limits: readonly SizeLimit[] };
  readonly readiness: ReadinessProfile;
  /** Severities of single rules where they differ from what the rule declares. */
  readonly severities: Readonly<Record<string, Severity | "off">>;
}
