import type { ShellAssignment, ShellWord } from "#model/shell-syntax";
import {
  identifierAt,
  readAnsi,
  readBackquote,
  readDollar,
  readDouble,
  readNested,
  skipMatched,
  skipSingle,
} from "./expansions.ts";
import { type Reader, type WordContent, isMeta, skipBlanks } from "./reader.ts";

/**
 * How a word is read: `pattern` allows `@(a|b)`, `regex` (after `=~`) allows parentheses and bars, `first` (where an assignment
 * may stand) takes all of `name[…]`, blanks included.
 */
export type WordMode = "plain" | "pattern" | "regex" | "first";

/** Collects the value of a word while it is read. */
interface WordDraft extends WordContent {
  value: string | undefined;
}

/** A whole word of ordinary characters: nothing in it is quoted, expanded, a subscript or an extended pattern. */
const ordinary = /[^\s|&;()<>\\'"`$[]+(?=[ \t\n;|&)]|$)/y;
const none: readonly [] = [];

/** Why: nearly all words are ordinary ones, and their value is what is written. */
function readOrdinary(reader: Reader): ShellWord | undefined {
  const start = reader.position;
  ordinary.lastIndex = start;
  if (!ordinary.test(reader.text)) return undefined;
  const end = ordinary.lastIndex;
  if (end > reader.end) return undefined;
  reader.position = end;
  reader.step();
  const raw = reader.text.slice(start, end);
  const place = reader.span(start, end);
  return { start: place.start, end: place.end, raw, substitutions: none, variables: none, literal: raw };
}

/** Reads a word, or gives undefined when none starts here. */
export function readWord(reader: Reader, mode: WordMode = "plain"): ShellWord | undefined {
  // Why: in a regular expression a bar is part of the word.
  const plain = mode === "regex" ? undefined : readOrdinary(reader);
  if (plain !== undefined) return plain;
  const start = reader.position;
  const draft: WordDraft = { value: "", substitutions: [], variables: [] };
  while (!reader.atEnd && readPiece(reader, draft, mode)) reader.step();
  return reader.position === start ? undefined : finishWord(reader, draft, start);
}

function finishWord(reader: Reader, draft: WordDraft, start: number): ShellWord {
  const { value, substitutions, variables } = draft;
  const raw = reader.text.slice(start, reader.position);
  const place = reader.span(start);
  if (value === undefined) return { start: place.start, end: place.end, raw, substitutions, variables };
  return { start: place.start, end: place.end, raw, substitutions, variables, literal: value };
}

type PieceReader = (reader: Reader, draft: WordDraft) => void;

const pieces: Readonly<Record<string, PieceReader>> = {
  "\\": readEscape,
  "'": (reader, draft) => add(draft, skipSingle(reader)),
  '"': (reader, draft) => add(draft, readDouble(reader, draft)),
  "`": (reader, draft) => {
    readBackquote(reader, draft);
    draft.value = undefined;
  },
  $: readDollarPiece,
};

function readPiece(reader: Reader, draft: WordDraft, mode: WordMode): boolean {
  const next = reader.peek();
  const special = pieces[next];
  if (special !== undefined) {
    special(reader, draft);
    return true;
  }
  if ((next === "<" || next === ">") && reader.peek(1) === "(") {
    const start = reader.position;
    reader.advance(2);
    draft.substitutions.push(readNested(reader, start));
    draft.value = undefined;
    return true;
  }
  if (mode === "regex" && (next === "(" || next === "|")) {
    readRegexGroup(reader, draft);
    return true;
  }
  if (isMeta(next)) return false;
  if (mode === "first" && next === "[" && isIdentifier(draft.value)) {
    skipSubscript(reader, draft);
    return true;
  }
  if (reader.peek(1) === "(" && "?*+@!".includes(next) && (mode === "pattern" || reader.extendedPatterns)) {
    const start = reader.position;
    reader.advance(2);
    skipMatched(reader, draft, "(", ")", start);
    add(draft, reader.text.slice(start, reader.position));
    return true;
  }
  readPlain(reader, draft);
  return true;
}

/** A run of ordinary characters, taken at once. */
const plainRun = /[^\s|&;()<>\\'"`$?*+@![]+/y;

function readPlain(reader: Reader, draft: WordDraft): void {
  plainRun.lastIndex = reader.position;
  const run = plainRun.exec(reader.text)?.[0] ?? reader.peek();
  const length = Math.min(run.length, reader.end - reader.position);
  add(draft, run.slice(0, length));
  reader.advance(length);
}

function add(draft: WordDraft, value: string | undefined): void {
  draft.value = draft.value === undefined || value === undefined ? undefined : draft.value + value;
}

function readEscape(reader: Reader, draft: WordDraft): void {
  const escaped = reader.peek(1);
  reader.advance(Math.min(2, reader.end - reader.position));
  if (escaped !== "\n") add(draft, escaped === "" ? "\\" : escaped);
}

function readDollarPiece(reader: Reader, draft: WordDraft): void {
  if (reader.peek(1) === "'") add(draft, readAnsi(reader));
  else if (reader.peek(1) === '"') {
    reader.advance();
    add(draft, readDouble(reader, draft));
  } else add(draft, readDollar(reader, draft, false) ? undefined : "$");
}

function readRegexGroup(reader: Reader, draft: WordDraft): void {
  const start = reader.position;
  reader.advance();
  if (reader.text[start] === "(") skipMatched(reader, draft, "(", ")", start);
  add(draft, reader.text.slice(start, reader.position));
}

/** Reads `name=value`, `name+=value`, `name[i]=value` or `name=(a b)`, or gives undefined and does not move. */
export function readAssignment(reader: Reader): ShellAssignment | undefined {
  const start = reader.position;
  const name = identifierAt(reader.text, start);
  if (name === undefined) return undefined;
  const after = start + name.length;
  const operator = assignmentOperatorAt(reader, reader.text[after] === "[" ? subscriptEnd(reader, after) : after);
  reader.position = operator?.end ?? start;
  if (operator === undefined) return undefined;
  reader.step();
  const head = { name, append: operator.append };
  if (reader.peek() === "(") {
    const { elements, value } = readArray(reader);
    return { ...reader.span(start), ...head, value, elements };
  }
  const value = readWord(reader);
  return value === undefined ? { ...reader.span(start), ...head } : { ...reader.span(start), ...head, value };
}

function assignmentOperatorAt(reader: Reader, at: number): { end: number; append: boolean } | undefined {
  if (at >= reader.end) return undefined;
  if (reader.text[at] === "=") return { end: at + 1, append: false };
  if (reader.text[at] === "+" && reader.text[at + 1] === "=" && at + 1 < reader.end)
    return { end: at + 2, append: true };
  return undefined;
}

function isIdentifier(text: string | undefined): boolean {
  return text !== undefined && text !== "" && identifierAt(text, 0) === text;
}

function skipSubscript(reader: Reader, draft: WordDraft): void {
  const start = reader.position;
  reader.advance();
  skipMatched(reader, draft, "[", "]", start);
  add(draft, reader.text.slice(start, reader.position));
}

/** The place behind `[…]`, read as bash does: quotes and lines within belong to it. */
function subscriptEnd(reader: Reader, open: number): number {
  reader.advance(open - reader.position);
  skipSubscript(reader, { value: undefined, substitutions: [], variables: [] });
  return reader.position;
}

function readArray(reader: Reader): { elements: ShellWord[]; value: ShellWord } {
  const start = reader.position;
  reader.advance();
  const elements: ShellWord[] = [];
  for (;;) {
    skipBlanks(reader);
    if (reader.peek() === "\n") reader.advance();
    else if (reader.peek() === ")") break;
    else {
      const word = reader.atEnd ? undefined : readWord(reader);
      if (word === undefined)
        return reader.fail(reader.atEnd ? "the closing `)` is missing" : unexpected(reader), start);
      elements.push(word);
    }
  }
  reader.advance();
  const value: ShellWord = {
    ...reader.span(start),
    raw: reader.text.slice(start, reader.position),
    substitutions: elements.flatMap((word) => word.substitutions),
    variables: elements.flatMap((word) => word.variables),
  };
  return { elements, value };
}

const operators = ["&&", "||", ";;&", ";;", ";&", "|&", "<<<", "<<-", "<<", ">>", "|", "&", ";", "(", ")", "<", ">"];

/** Says what stands here where bash allows nothing of the kind. */
export function unexpected(reader: Reader): string {
  if (reader.atEnd) return "unexpected end of the block";
  if (reader.peek() === "\n") return "unexpected end of the line";
  const operator = operators.find((candidate) => reader.startsWith(candidate));
  const rest = reader.text.slice(reader.position, Math.min(reader.end, reader.position + 40));
  return `unexpected \`${operator ?? /^[^\s|&;()<>]+/.exec(rest)?.[0] ?? rest[0]}\``;
}
