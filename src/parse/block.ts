import type { Span } from "#model/source";

/** Kinds of block nodes. */
export const blockKinds = [
  "document",
  "front-matter",
  "heading",
  "paragraph",
  "thematic-break",
  "fence",
  "indented-code",
  "html",
  "definition",
  "list",
  "item",
  "quote",
  "table",
  "table-row",
  "table-cell",
] as const;

/** A kind of block. */
export type BlockKind = (typeof blockKinds)[number];

/** A block of a Markdown document. Ranges are as micromark gives them: from the first marker to the end of the last line, its line end excluded. */
export interface Block extends Span {
  readonly kind: BlockKind;
  readonly parent: AnyBlock | undefined;
  readonly children: readonly AnyBlock[];
}

/** An ATX or setext heading; `content` is its text without markers and outer blanks. */
export interface HeadingBlock extends Block {
  readonly kind: "heading";
  readonly level: 1 | 2 | 3 | 4 | 5 | 6;
  readonly setext: boolean;
  readonly content: Span;
}

/** A fenced code block. */
export interface FenceBlock extends Block {
  readonly kind: "fence";
  /** The info string, outer blanks removed; empty span when there is none. */
  readonly info: Span;
  readonly marker: "`" | "~";
  readonly closed: boolean;
  /** Content lines without container prefixes and fence indentation, line ends excluded; one span a line. */
  readonly lines: readonly Span[];
}

/** An indented code block; `lines` as in a fence. */
export interface IndentedCodeBlock extends Block {
  readonly kind: "indented-code";
  readonly lines: readonly Span[];
}

/** An HTML block; `comment` is true when it is one whole comment `<!-- … -->`. */
export interface HtmlBlock extends Block {
  readonly kind: "html";
  readonly comment: boolean;
  readonly lines: readonly Span[];
}

/** A paragraph; `lines` are its lines without container prefixes and leading blanks, line ends excluded. */
export interface ParagraphBlock extends Block {
  readonly kind: "paragraph";
  readonly lines: readonly Span[];
}

/** A list; `first` is the number of an ordered list's first item. */
export interface ListBlock extends Block {
  readonly kind: "list";
  readonly ordered: boolean;
  readonly first: number | undefined;
  readonly tight: boolean;
}

/** A list item. `task` is set when its text begins with a box, in any of the spellings real plans use. */
export interface ItemBlock extends Block {
  readonly kind: "item";
  readonly marker: Span;
  readonly task: TaskMark | undefined;
}

/** A box: `[ ]`, `[x]`, `[X]`, `[-]`, `[~]`, `☐`, `☑`, `☒`, `[x/☐]`. */
export interface TaskMark extends Span {
  /** The mark inside the brackets, or the glyph itself; the bytes that ticking replaces. */
  readonly mark: Span;
  readonly form: "brackets" | "glyph" | "choice";
  readonly ticked: boolean;
}

/** A GFM table row; the delimiter row is no node. */
export interface TableRowBlock extends Block {
  readonly kind: "table-row";
  readonly header: boolean;
}

/** A table cell; `content` is its text without outer blanks. */
export interface TableCellBlock extends Block {
  readonly kind: "table-cell";
  readonly content: Span;
}

/** Any block with its own facts, told apart by `kind`. */
export type AnyBlock =
  | (Block & { readonly kind: "document" | "front-matter" | "thematic-break" | "definition" | "quote" | "table" })
  | HeadingBlock
  | FenceBlock
  | IndentedCodeBlock
  | HtmlBlock
  | ParagraphBlock
  | ListBlock
  | ItemBlock
  | TableRowBlock
  | TableCellBlock;

/** The block type of a kind. */
export type BlockOf<Kind extends BlockKind> = AnyBlock & { readonly kind: Kind };
