/**
 * What one document says about tracing, packed so that 100,000 artifacts fit into memory, cross worker borders and lie in a
 * cache: rows of fixed width over a table of strings. Offsets are UTF-16 of the document's text. Strings of the table are
 * copies, never slices that keep the text alive.
 */
export interface DocumentTrace {
  /** Workspace-relative path with forward slashes. */
  readonly path: string;
  readonly role: TraceRole;
  /** Artifact type such as `REQ`; absent for a document that is none. Source has the type of its layer: `CODE`, `TESTS`. */
  readonly type?: string;
  /** Artifact id such as `REQ-003`; the path for source and tests; absent for what has none. */
  readonly id?: string;
  /** Number of the part when the document was split. */
  readonly part?: number;
  /** Title as it stands in the document. */
  readonly title?: string;
  /** Indexes, matrices, templates: they define and link nothing, but are checked when named. */
  readonly template: boolean;
  readonly strings: readonly string[];
  /** `tagWidth` numbers a row, in order of place. */
  readonly tags: TraceRows;
  /** `definitionWidth` numbers a row, in order of place. */
  readonly definitions: TraceRows;
  /** `mentionWidth` numbers a row, in order of place. */
  readonly mentions: TraceRows;
  /** What could not be read, at its place: broken Gherkin or YAML. */
  readonly faults: readonly TraceFault[];
}

/** Rows of numbers: short ones where all of a document's fit, as nearly always. Why: tags are the most of what a graph holds. */
export type TraceRows = Int16Array | Int32Array;

/** Largest text of a document, and number of its strings, with which its rows are short numbers. */
export const mostShort = 0x7fff;

/** What a document is to the graph. */
export type TraceRole = "artifact" | "source" | "test" | "other";

/** A place where a parser gave up, or what was meant as a tag and is not read. */
export interface TraceFault {
  readonly kind: "gherkin" | "yaml" | "too-deep" | "alias-bomb" | "tag";
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** Of a tag alone. */
  readonly unread?: UnreadTag;
}

/** What was meant as a tag, or as a value of one, and is not read. */
export interface UnreadTag {
  /**
   * `sign`: what stands between name and value is not a colon and a blank. `name`: the name is none of the profile's. `at`: the `@` is not
   * there. `value`: no value. `rest`: a value behind what is no comma. `range`: a range. `hidden`: a sign that cannot be seen.
   * `key`: a key of YAML where a value should be.
   */
  readonly kind: "sign" | "name" | "at" | "value" | "rest" | "range" | "hidden" | "key";
  /** The tag's name as it is written. */
  readonly name: string;
  /** Normal name of the tag; of a name that is none, that of the tag for its value. */
  readonly type: string;
  /** What to write in its place, where that is certain. */
  readonly normal?: string;
}

/** Columns of a tag row: one row a value. Indexes into `strings` are -1 for none. */
export const tagColumn = {
  /** Normal tag name, aliases resolved. */
  type: 0,
  /** Document id, or the path of a `@code` tag. */
  document: 1,
  element: 2,
  /** The value as written; -1 where it is exactly `document`, or `document:element`, as nearly always. */
  raw: 3,
  start: 4,
  end: 5,
  nameStart: 6,
  nameEnd: 7,
  /** Bits of `tagFlag`. */
  flags: 8,
} as const;

/** Numbers in one tag row. */
export const tagWidth = 9;

/** Bits that tell how a tag was written. */
export const tagFlag = {
  live: 1,
  optional: 2,
  /** `null`: this project has none. */
  none: 4,
  /** The value names no document of its own and belongs to the one before it. */
  continued: 8,
  /** Written by another name, such as `@contract`. */
  alias: 16,
  /** `[REQ-003](../REQ/x.md#REQ-003)`. */
  link: 32,
  /** Inside a fence. */
  fence: 64,
  /** Value of a YAML map of tags. */
  yaml: 128,
  /** Written inside a table cell. */
  table: 256,
  /** Not in normal form (blank after `@`, capital letters, a missing separator). */
  untidy: 512,
} as const;

/** How an element was defined: the site, which also tells how exact a name is. */
export const definitionKind = {
  heading: 0,
  tableCell: 1,
  label: 2,
  anchor: 3,
  scenario: 4,
  scenarioTag: 5,
  yamlId: 6,
  yamlKey: 7,
  yamlName: 8,
  phase: 9,
  task: 10,
  numberedSection: 11,
  topic: 12,
  name: 13,
} as const;

/** One of the numbers of `definitionKind`. */
export type DefinitionKind = (typeof definitionKind)[keyof typeof definitionKind];

/**
 * Columns of a definition row. One element may have several rows: a scenario has one for its title, and one more for each tag
 * that names it, all with the ordinal of the scenario in its document.
 */
export const definitionColumn = {
  /**
   * The element's id as written (`FR-030`, the whole path of a YAML key), or the normal name of the site: `PHASE-2.1`, `TASK-3`,
   * `SECTION-3.1.1`, slug of a topic's heading, `scenario-` and the slug of a scenario's title.
   */
  element: 0,
  /** One of `definitionKind`. */
  kind: 1,
  start: 2,
  end: 3,
  /** Where the element's own text ends: tags up to here are written by the element, not by the document as a whole. */
  scopeEnd: 4,
  /** Title or name beside the id, an index into `strings`; -1 for none. */
  title: 5,
  /** Ordinal among the sites of its kind in the document, from 1. */
  ordinal: 6,
  /** Where the element's own text begins, `start` or before it: a scenario's tags stand above its title. */
  scopeStart: 7,
} as const;

/** Numbers in one definition row. */
export const definitionWidth = 8;

/** Where a mention stands. */
export const mentionKind = { upstream: 0, downstream: 1, related: 2, elsewhere: 3 } as const;

/** Columns of a mention row: a document id or a link that is no tag. */
export const mentionColumn = {
  /** One of `mentionKind`, told by the section. */
  kind: 0,
  /** Document id, an index into `strings`; -1 for a link that names none. */
  document: 1,
  element: 2,
  /** Link target as written, an index into `strings`; -1 for a bare id. */
  target: 3,
  /** The target, or the id; the whole link where its words alone have the id. */
  start: 4,
  end: 5,
} as const;

/** Numbers in one mention row. */
export const mentionWidth = 6;

/** What a link turned out to be. `upward` points at its own layer's descendants; the others tell how the target was found. */
export type LinkStatus = "exact" | "derived" | "document-only" | "ambiguous" | "missing" | "upward";

/** A link between two nodes, as it is shown; inside the graph links are rows of numbers. */
export interface TraceLink {
  /** Node that wrote the tag: `REQ-003` or `REQ-003:AC-001`. */
  readonly from: string;
  /** Node it leads to; what was written when it leads nowhere. */
  readonly to: string;
  /** Normal tag name. */
  readonly tag: string;
  readonly status: LinkStatus;
  /** How a derived target was found, in words: `slug of the scenario's title`. */
  readonly derivation?: string;
  /** The derivation is only likely, no rule of the documents. */
  readonly loose?: true;
  /** Targets of an ambiguous link. */
  readonly candidates?: readonly string[];
  readonly path: string;
  readonly start: number;
  readonly end: number;
}
