import type { ShellCommand, ShellWord } from "#model/shell-syntax";
import { type Reader, isMeta, skipBlanks } from "./reader.ts";
import { type WordMode, readWord, unexpected } from "./words.ts";

const unary = /^-[abcdefghknoprstuvwxzGLNORS]$/;
const binary = new Set(["==", "=", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"]);

interface Condition {
  readonly reader: Reader;
  readonly words: ShellWord[];
  readonly lines: (reader: Reader) => void;
}

/** Reads the rest of `[[ … ]]`. Its words come flat, operators among them. */
export function readCondition(reader: Reader, start: number, lines: (reader: Reader) => void): ShellCommand {
  const condition: Condition = { reader, words: [], lines };
  readOr(condition);
  lines(reader);
  if (!atEnd(reader))
    return reader.fail(
      reader.atEnd ? "the closing `]]` is missing" : unexpected(reader),
      reader.atEnd ? start : undefined,
    );
  reader.advance(2);
  const raw = reader.text.slice(start, reader.position);
  return { kind: "test", ...reader.span(start), redirects: [], raw, words: condition.words };
}

function atEnd(reader: Reader): boolean {
  return reader.startsWith("]]") && isMeta(reader.peek(2));
}

function readOr(condition: Condition): void {
  readTerms(condition, "||", () => readTerms(condition, "&&", () => readTerm(condition)));
}

function readTerms(condition: Condition, operator: string, readOne: () => void): void {
  const { reader } = condition;
  for (;;) {
    readOne();
    condition.lines(reader);
    if (!reader.startsWith(operator)) return;
    takeSign(condition, operator.length);
  }
}

function readTerm(condition: Condition): void {
  const { reader } = condition;
  condition.lines(reader);
  if (reader.peek() === "(") {
    takeSign(condition, 1);
    reader.nest(() => readOr(condition));
    condition.lines(reader);
    if (reader.peek() !== ")") reader.fail(unexpected(reader));
    takeSign(condition, 1);
    return;
  }
  // Why: bash 5.2 takes `[[ ]]` and `[[ a && ]]`.
  if (atEnd(reader)) return;
  const first = takeWord(condition, "pattern");
  if (first.raw === "!") reader.nest(() => readTerm(condition));
  else if (unary.test(first.raw)) readOperand(condition, "pattern");
  else readRest(condition);
}

/** The operand of an operator; it stands on the operator's line. */
function readOperand(condition: Condition, mode: WordMode): void {
  skipBlanks(condition.reader);
  if (atEnd(condition.reader)) condition.reader.fail(unexpected(condition.reader));
  takeWord(condition, mode);
}

function readRest(condition: Condition): void {
  const { reader } = condition;
  skipBlanks(reader);
  if (reader.peek() === "\n") reader.fail(unexpected(reader));
  const operator = operatorAt(reader);
  if (operator === undefined) return;
  takeSign(condition, operator.length);
  readOperand(condition, operator === "=~" ? "regex" : "pattern");
}

function operatorAt(reader: Reader): string | undefined {
  const sign = reader.peek();
  if ((sign === "<" || sign === ">") && reader.peek(1) !== "(") return sign;
  for (const length of [2, 3, 1]) {
    const text = reader.text.slice(reader.position, reader.position + length);
    if (binary.has(text) && isMeta(reader.peek(length))) return text;
  }
  return undefined;
}

function takeSign(condition: Condition, length: number): void {
  const { reader } = condition;
  const start = reader.position;
  reader.advance(length);
  const raw = reader.text.slice(start, reader.position);
  condition.words.push({ ...reader.span(start), raw, literal: raw, substitutions: [], variables: [] });
}

function takeWord(condition: Condition, mode: WordMode): ShellWord {
  const word = readWord(condition.reader, mode);
  if (word === undefined) return condition.reader.fail(unexpected(condition.reader));
  condition.words.push(word);
  return word;
}
