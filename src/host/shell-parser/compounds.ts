import type { ShellCommand, ShellScript, ShellWord } from "#model/shell-syntax";
import { skipMatched } from "./expansions.ts";
import { type Reader, type WordContent, isMeta, skipBlanks } from "./reader.ts";
import { readCondition } from "./conditions.ts";
import { readWord, unexpected } from "./words.ts";

/** The parts of the grammar above, handed in so that files do not hold each other. */
export interface Grammar {
  readonly script: (reader: Reader) => ShellScript;
  readonly command: (reader: Reader) => ShellCommand;
  readonly lines: (reader: Reader) => void;
}

type CompoundReader = (reader: Reader, grammar: Grammar, start: number) => ShellCommand;

const compounds: Readonly<Record<string, CompoundReader>> = {
  if: readIf,
  while: (reader, grammar, start) => readWhile(reader, grammar, start, "while"),
  until: (reader, grammar, start) => readWhile(reader, grammar, start, "until"),
  for: (reader, grammar, start) => readFor(reader, grammar, start, "for"),
  select: (reader, grammar, start) => readFor(reader, grammar, start, "select"),
  case: readCase,
  function: readFunction,
  coproc: readCoprocess,
  "{": readGroup,
  "[[": (reader, grammar, start) => readCondition(reader, start, grammar.lines),
};

/** Reads a compound command, or gives undefined when a simple one starts here. */
export function readCompound(reader: Reader, keyword: string, grammar: Grammar): ShellCommand | undefined {
  const start = reader.position;
  if (reader.peek() === "(") return readParenthesis(reader, grammar, start);
  if (reader.startsWith("for((")) return readFor(advanced(reader, 3), grammar, start, "for");
  if (!Object.hasOwn(compounds, keyword)) return undefined;
  return compounds[keyword]?.(advanced(reader, keyword.length), grammar, start);
}

function advanced(reader: Reader, count: number): Reader {
  reader.advance(count);
  return reader;
}

function readParenthesis(reader: Reader, grammar: Grammar, start: number): ShellCommand {
  if (reader.peek(1) === "(") {
    const arithmetic = readArithmetic(reader, start);
    if (arithmetic !== undefined) return { kind: "arithmetic", ...reader.span(start), redirects: [], ...arithmetic };
    reader.position = start;
  }
  reader.advance();
  const body = readBody(reader, grammar, "(");
  if (reader.peek() !== ")") return reader.fail(closingMissing(reader, "(", ")"), start);
  reader.advance();
  return { kind: "subshell", ...reader.span(start), redirects: [], body };
}

/** Reads `((…))`; undefined when the parentheses do not close together, which makes it a nested subshell. */
function readArithmetic(reader: Reader, start: number): { raw: string; words: ShellWord[] } | undefined {
  const content: WordContent = { substitutions: [], variables: [] };
  reader.advance(2);
  const close = skipMatched(reader, content, "(", ")", start);
  if (reader.peek() !== ")") return undefined;
  reader.advance();
  const raw = reader.text.slice(start, reader.position);
  return { raw, words: [{ ...reader.span(start + 2, close), raw: raw.slice(2, -2), ...content }] };
}

function closingMissing(reader: Reader, open: string, close: string): string {
  return reader.atEnd ? `the closing \`${close}\` of \`${open}\` is missing` : unexpected(reader);
}

/** A list that may not be empty. */
function readBody(reader: Reader, grammar: Grammar, holder: string): ShellScript {
  const body = grammar.script(reader);
  if (body.statements.length > 0) return body;
  return reader.fail(
    reader.atEnd ? `the end of \`${holder}\` is missing` : `${unexpected(reader)}: \`${holder}\` holds no command`,
  );
}

/** Consumes one of the words, or fails saying which is missing. */
function expectWord(reader: Reader, holder: string, start: number, ...words: readonly string[]): string {
  const found = words.find((word) => reader.startsWith(word) && isMeta(reader.peek(word.length)));
  if (found !== undefined) {
    reader.advance(found.length);
    return found;
  }
  if (!reader.atEnd) return reader.fail(unexpected(reader));
  return reader.fail(`the \`${words.at(-1)}\` of \`${holder}\` is missing`, start, start + holder.length);
}

function readGroup(reader: Reader, grammar: Grammar, start: number): ShellCommand {
  const body = readBody(reader, grammar, "{");
  expectWord(reader, "{", start, "}");
  return { kind: "group", ...reader.span(start), redirects: [], body };
}

function readIf(reader: Reader, grammar: Grammar, start: number): ShellCommand {
  const branches: { condition: ShellScript; body: ShellScript }[] = [];
  let otherwise: ShellScript | undefined;
  for (let word = "elif"; word !== "fi"; ) {
    if (word === "elif") {
      const condition = readBody(reader, grammar, "if");
      expectWord(reader, "if", start, "then");
      branches.push({ condition, body: readBody(reader, grammar, "then") });
      word = expectWord(reader, "if", start, "elif", "else", "fi");
    } else {
      otherwise = readBody(reader, grammar, "else");
      word = expectWord(reader, "if", start, "fi");
    }
  }
  const command = { kind: "if" as const, ...reader.span(start), redirects: [], branches };
  return otherwise === undefined ? command : { ...command, otherwise };
}

function readWhile(reader: Reader, grammar: Grammar, start: number, kind: "while" | "until"): ShellCommand {
  const condition = readBody(reader, grammar, kind);
  const body = readLoopBody(reader, grammar, kind, start);
  return { kind, ...reader.span(start), redirects: [], condition, words: [], body };
}

function readLoopBody(reader: Reader, grammar: Grammar, kind: string, start: number): ShellScript {
  const opening = expectWord(reader, kind, start, ...(kind === "for" || kind === "select" ? ["{", "do"] : ["do"]));
  const body = readBody(reader, grammar, opening);
  expectWord(reader, kind, start, opening === "{" ? "}" : "done");
  return body;
}

function readFor(reader: Reader, grammar: Grammar, start: number, kind: "for" | "select"): ShellCommand {
  skipBlanks(reader);
  if (reader.startsWith("((")) {
    const open = reader.position;
    const arithmetic = readArithmetic(reader, open);
    if (arithmetic === undefined) return reader.fail("the closing `))` is missing", open, open + 2);
    skipSeparator(reader, grammar);
    const body = readLoopBody(reader, grammar, "for", start);
    return { kind: "for", ...reader.span(start), redirects: [], words: arithmetic.words, body };
  }
  const variable = readWord(reader);
  if (variable === undefined) return reader.fail(unexpected(reader));
  const words = readForWords(reader, grammar);
  const body = readLoopBody(reader, grammar, kind, start);
  return { kind, ...reader.span(start), redirects: [], variable: variable.raw, words, body };
}

function readForWords(reader: Reader, grammar: Grammar): ShellWord[] {
  grammar.lines(reader);
  const words: ShellWord[] = [];
  if (!(reader.startsWith("in") && isMeta(reader.peek(2)))) {
    skipSeparator(reader, grammar);
    return words;
  }
  reader.advance(2);
  for (;;) {
    skipBlanks(reader);
    const word = readWord(reader);
    if (word === undefined) break;
    words.push(word);
  }
  if (reader.peek() !== "\n" && reader.peek() !== ";") return reader.fail(unexpected(reader));
  skipSeparator(reader, grammar);
  return words;
}

function skipSeparator(reader: Reader, grammar: Grammar): void {
  skipBlanks(reader);
  if (reader.peek() === ";") reader.advance();
  grammar.lines(reader);
}

function readCase(reader: Reader, grammar: Grammar, start: number): ShellCommand {
  skipBlanks(reader);
  const subject = readWord(reader);
  if (subject === undefined) return reader.fail(unexpected(reader));
  grammar.lines(reader);
  expectWord(reader, "case", start, "in");
  const branches: { patterns: string[]; body: ShellScript }[] = [];
  for (;;) {
    grammar.lines(reader);
    if (reader.atEnd || (reader.startsWith("esac") && isMeta(reader.peek(4)))) break;
    branches.push({ patterns: readPatterns(reader), body: grammar.script(reader) });
    if (!skipBranchEnd(reader)) break;
  }
  expectWord(reader, "case", start, "esac");
  return { kind: "case", ...reader.span(start), redirects: [], subject, branches };
}

function readPatterns(reader: Reader): string[] {
  if (reader.peek() === "(") reader.advance();
  const patterns: string[] = [];
  for (;;) {
    skipBlanks(reader);
    const pattern = readWord(reader);
    if (pattern === undefined) return reader.fail(unexpected(reader));
    patterns.push(pattern.raw);
    skipBlanks(reader);
    const next = reader.peek();
    if (next !== "|" && next !== ")") return reader.fail(unexpected(reader));
    reader.advance();
    if (next === ")") return patterns;
  }
}

function skipBranchEnd(reader: Reader): boolean {
  const end = [";;&", ";;", ";&"].find((operator) => reader.startsWith(operator));
  if (end !== undefined) reader.advance(end.length);
  return end !== undefined;
}

function readFunction(reader: Reader, grammar: Grammar, start: number): ShellCommand {
  skipBlanks(reader);
  const name = readWord(reader);
  if (name === undefined) return reader.fail(unexpected(reader));
  skipBlanks(reader);
  if (reader.peek() === "(") {
    const close = /^\([ \t]*\)/.exec(reader.text.slice(reader.position, reader.position + 20));
    if (close !== null) reader.advance(close[0].length);
  }
  grammar.lines(reader);
  const body = grammar.command(reader);
  if (body.kind === "simple")
    return reader.fail(`the body of the function \`${name.raw}\` must be a group`, body.start, body.end);
  return { kind: "function", ...reader.span(start), redirects: [], name: name.raw, body };
}

/** `coproc` runs its command beside the shell: a group with a background command. A name may stand before a compound one. */
function readCoprocess(reader: Reader, grammar: Grammar, start: number): ShellCommand {
  skipBlanks(reader);
  const named = /^[A-Za-z_]\w*[ \t]+(?=[({]|(?:if|while|until|for|select|case|\[\[)\s)/.exec(
    reader.text.slice(reader.position, reader.position + 200),
  );
  if (named !== null && !Object.hasOwn(compounds, named[0].trim())) reader.advance(named[0].length);
  const command = grammar.command(reader);
  const span = { start: command.start, end: command.end };
  const body = { ...span, statements: [{ ...span, command, background: true }] };
  return { kind: "group", start, end: command.end, redirects: [], body };
}
