import type { Edit } from "#model/edit";

/** How a file writes remarks, which is what the marks of a block are. */
export interface MarkStyle {
  readonly open: string;
  readonly close: string;
}

/** Marks of Markdown. */
export const markdownMarks: MarkStyle = { open: "<!-- ", close: " -->" };

/** Marks of files whose remarks begin with `#`. */
export const hashMarks: MarkStyle = { open: "# ", close: "" };

/** A block of ours in somebody's file. */
export interface FoundBlock {
  readonly kind: "found";
  /** From the first character of the begin mark to the last one of the end mark. */
  readonly start: number;
  readonly end: number;
  /** The lines between the marks, each with `\n` at its end. */
  readonly body: string;
  /** Digest of the body when it was written; absent where the mark lost it. */
  readonly digest?: string;
}

/** What a file holds of ours: no mark, marks that do not fit together, or one block. */
export type BlockState = { readonly kind: "absent" } | { readonly kind: "damaged"; readonly line: number } | FoundBlock;

/** A block to be written; `digest` of its body is kept in the begin mark, so that later changes by hand are seen. */
export interface Block {
  readonly style: MarkStyle;
  /** Lines, each with `\n` at its end. */
  readonly body: string;
  readonly digest: string;
}

interface Mark {
  readonly word: "begin" | "end";
  readonly start: number;
  readonly end: number;
  readonly digest?: string;
}

/** Finds the block in a text. */
export function findBlock(text: string, style: MarkStyle): BlockState {
  const marks = marksOf(text, style);
  const [first, second] = marks;
  if (first === undefined) return { kind: "absent" };
  if (marks.length !== 2 || first.word !== "begin" || second?.word !== "end") {
    return { kind: "damaged", line: text.slice(0, first.start).split("\n").length };
  }
  const body = text.slice(first.end, second.start).replaceAll("\r\n", "\n").replace(/^\n/u, "");
  const digest = first.digest === undefined ? {} : { digest: first.digest };
  return { kind: "found", start: first.start, end: second.end, body, ...digest };
}

function marksOf(text: string, { open, close }: MarkStyle): readonly Mark[] {
  const marks: Mark[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const next = newline < 0 ? text.length : newline + 1;
    const line = text.slice(start, next).trimEnd();
    const inner =
      line.startsWith(open) && line.endsWith(close) ? line.slice(open.length, line.length - close.length) : "";
    const match = /^iplan:(begin|end)(?: ([0-9a-f]{12}))?$/u.exec(inner.trim());
    if (match !== null) {
      const word = match[1] === "begin" ? "begin" : "end";
      marks.push({ word, start, end: start + line.length, ...(match[2] === undefined ? {} : { digest: match[2] }) });
    }
    start = next;
  }
  return marks;
}

/** The text of a block from its begin mark to its end mark, without a line end behind it. */
export function blockText({ style, body, digest }: Block, eol: string): string {
  const mark = (words: string): string => `${style.open}iplan:${words}${style.close}`;
  return `${mark(`begin ${digest}`)}\n${body}${mark("end")}`.replaceAll("\n", eol);
}

/** The line end a text uses: that of its first line. */
export function lineEndOf(text: string): "\n" | "\r\n" {
  const first = text.indexOf("\n");
  return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
}

/**
 * The edit that puts the block behind everything else in an existing file, after a blank line. Whether the file ended with a line end is
 * kept, so that `blockRemoval` gives the same bytes back.
 */
export function blockInsertion(text: string, block: Block): Edit {
  const eol = lineEndOf(text);
  const written = blockText(block, eol);
  const at = { start: text.length, end: text.length };
  if (text === "") return { ...at, text: written };
  return text.endsWith("\n") ? { ...at, text: `${eol}${written}${eol}` } : { ...at, text: `${eol}${eol}${written}` };
}

/** The edit that takes the block away with the blank line before it. */
export function blockRemoval(text: string, { start, end }: FoundBlock): Edit {
  const rest = text.slice(end);
  if (rest === "") return { start: before(text, start, 2), end, text: "" };
  return {
    start: before(text, start, 1),
    end: end + (rest.startsWith("\r\n") ? 2 : rest.startsWith("\n") ? 1 : 0),
    text: "",
  };
}

/** The offset of at most so many line ends before a place that begins a line, as far as lines are blank. */
function before(text: string, at: number, most: number): number {
  let start = at;
  for (let count = 0; count < most && text[start - 1] === "\n"; count++) {
    const end = text[start - 2] === "\r" ? start - 2 : start - 1;
    if (most === 1 && end > 0 && text[end - 1] !== "\n") return start;
    start = end;
  }
  return start;
}
