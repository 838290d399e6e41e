import type {
  ShellAssignment,
  ShellCommand,
  ShellRedirect,
  ShellScript,
  ShellStatement,
  ShellWord,
} from "#model/shell-syntax";
import { readCompound } from "./compounds.ts";
import { type Reader, TooMuch, isMetaCode, skipBlanks } from "./reader.ts";
import { readLineEnd, readRedirect } from "./redirects.ts";
import { readAssignment, readWord, unexpected } from "./words.ts";

/** Most commands joined by `&&` and `||`. */
const longestChain = 500;

const longestKeyword = 8;
const closingWords = new Set(["then", "do", "done", "fi", "elif", "else", "esac", "}", "in", "]]"]);

/** The unquoted word of letters or signs at this place, such as `then` or `!`; empty when another kind of word stands here. */
export function keywordAt(reader: Reader): string {
  const { text, position } = reader;
  const most = Math.min(reader.end, position + longestKeyword + 1);
  let end = position;
  while (end < most && !isMetaCode(text.charCodeAt(end))) end++;
  return end - position > longestKeyword ? "" : text.slice(position, end);
}

/** Reads statements up to a word or sign that closes what holds them, or the end of the text. */
export function readScript(reader: Reader): ShellScript {
  skipLines(reader);
  const start = reader.position;
  const statements: ShellStatement[] = [];
  readStatements(reader, statements);
  return { ...reader.span(start), statements };
}

/** Reads statements into a list, which keeps those before an error. */
export function readStatements(reader: Reader, statements: ShellStatement[]): void {
  skipLines(reader);
  while (!atClosing(reader)) {
    const statement = readStatement(reader);
    statements.push(statement);
    if (!statement.background && !endStatement(reader, statement)) break;
    skipLines(reader);
  }
}

function atClosing(reader: Reader): boolean {
  if (reader.atEnd || reader.peek() === ")") return true;
  if (reader.peek() === ";") return reader.peek(1) === ";" || reader.peek(1) === "&";
  return closingWords.has(keywordAt(reader));
}

/** Moves over blanks, comments and empty lines. */
export function skipLines(reader: Reader): void {
  skipBlanks(reader);
  while (reader.peek() === "\n") {
    readLineEnd(reader);
    skipBlanks(reader);
  }
}

/** Consumes `;` or a line end; false when the list ends here. */
function endStatement(reader: Reader, statement: ShellStatement): boolean {
  const next = reader.peek();
  if (next === "\n") readLineEnd(reader);
  else if (next === ";" && reader.peek(1) !== ";" && reader.peek(1) !== "&") reader.advance();
  else if (next === "" || next === ")" || next === ";") return false;
  else if (closesAlone(statement.command) && closingWords.has(keywordAt(reader))) return false;
  else return reader.fail(unexpected(reader));
  return true;
}

/** After a compound command, as in `{ for …; done }`, bash takes a closing word without a `;`. */
function closesAlone(command: ShellCommand): boolean {
  if (command.kind === "and" || command.kind === "or") return closesAlone(command.right);
  const last = command.kind === "pipeline" ? command.commands.at(-1) : command;
  return last !== undefined && last.kind !== "simple" && last.redirects.length === 0;
}

function readStatement(reader: Reader): ShellStatement {
  const start = reader.position;
  const command = readAndOr(reader);
  const place = reader.span(start, command.end);
  skipBlanks(reader);
  const background = reader.peek() === "&";
  if (background) reader.advance();
  return { start: place.start, end: place.end, command, background };
}

function readAndOr(reader: Reader): ShellCommand {
  let left = readPipeline(reader);
  for (let length = 1; ; length++) {
    // Why: the tree leans to the left, and who walks it must not run out of stack.
    if (length > longestChain) throw new TooMuch();
    skipBlanks(reader);
    const kind = reader.startsWith("&&") ? "and" : reader.startsWith("||") ? "or" : undefined;
    if (kind === undefined) return left;
    reader.advance(2);
    skipLines(reader);
    const right = readPipeline(reader);
    left = { kind, ...spanOf(left, right), redirects: [], left, right };
  }
}

function spanOf(first: ShellCommand, last: ShellCommand): { start: number; end: number } {
  return { start: first.start, end: last.end };
}

function readPipeline(reader: Reader): ShellCommand {
  const start = reader.position;
  const negated = readPrefix(reader);
  const commands: ShellCommand[] = [];
  if (negated !== undefined && endsHere(reader)) return nothing(reader, start);
  for (;;) {
    commands.push(reader.nest(() => readCommand(reader)));
    skipBlanks(reader);
    if (reader.peek() !== "|" || reader.peek(1) === "|") break;
    reader.advance(reader.peek(1) === "&" ? 2 : 1);
    skipLines(reader);
  }
  const [only] = commands;
  const last = commands.at(-1);
  if (only === undefined || last === undefined) return reader.fail(unexpected(reader));
  if (commands.length === 1 && negated !== true) return only;
  return { kind: "pipeline", ...reader.span(start, last.end), redirects: [], negated: negated ?? false, commands };
}

/** Reads `!` and `time` before a pipeline: whether it is negated, or undefined when neither stands here. */
function readPrefix(reader: Reader): boolean | undefined {
  let negated: boolean | undefined;
  for (;;) {
    const keyword = keywordAt(reader);
    if (keyword !== "!" && keyword !== "time") return negated;
    reader.advance(keyword.length);
    skipBlanks(reader);
    negated = keyword === "!" ? !(negated ?? false) : (negated ?? false);
    if (keyword === "time" && keywordAt(reader) === "-p") reader.advance(2);
    skipBlanks(reader);
  }
}

function endsHere(reader: Reader): boolean {
  return reader.atEnd || "\n;".includes(reader.peek()) || reader.peek() === ")";
}

function nothing(reader: Reader, start: number): ShellCommand {
  return { kind: "simple", ...reader.span(start), redirects: [], assignments: [], words: [] };
}

function readCommand(reader: Reader): ShellCommand {
  const keyword = keywordAt(reader);
  if (closingWords.has(keyword) || keyword === "!") reader.fail(unexpected(reader));
  const compound = readCompound(reader, keyword, grammar);
  if (compound === undefined) return readSimple(reader);
  const redirects = readRedirects(reader);
  return redirects.length === 0 ? compound : { ...compound, end: reader.span(compound.start).end, redirects };
}

function readRedirects(reader: Reader): ShellRedirect[] {
  const redirects: ShellRedirect[] = [];
  for (;;) {
    const before = reader.position;
    skipBlanks(reader);
    const redirect = readRedirect(reader);
    if (redirect === undefined) {
      reader.position = before;
      return redirects;
    }
    redirects.push(redirect);
  }
}

/** What compound commands need of the grammar above them. */
const grammar: {
  readonly script: typeof readScript;
  readonly command: typeof readCommand;
  readonly lines: typeof skipLines;
} = {
  script: readScript,
  command: readCommand,
  lines: skipLines,
};

const declaring = new Set(["declare", "typeset", "export", "readonly", "local", "alias", "eval", "let"]);

interface SimpleDraft {
  readonly assignments: ShellAssignment[];
  readonly words: ShellWord[];
  readonly redirects: ShellRedirect[];
}

function readSimple(reader: Reader): ShellCommand {
  const start = reader.position;
  const draft: SimpleDraft = { assignments: [], words: [], redirects: [] };
  let end = start;
  while (readSimplePart(reader, draft)) {
    end = reader.position;
    skipBlanks(reader);
    if (reader.peek() === "(") {
      if (!isFunctionHead(reader, draft)) return reader.fail(unexpected(reader));
      return readFunctionBody(reader, start, draft.words[0]?.raw ?? "");
    }
  }
  if (end === start) return reader.fail(unexpected(reader));
  noteOptions(reader, draft.words);
  const { assignments, words, redirects } = draft;
  const place = reader.span(start, end);
  return { kind: "simple", start: place.start, end: place.end, assignments, words, redirects };
}

function readSimplePart(reader: Reader, draft: SimpleDraft): boolean {
  const redirect = readRedirect(reader);
  if (redirect !== undefined) {
    draft.redirects.push(redirect);
    return true;
  }
  const name = draft.words[0]?.literal;
  const mayAssign = draft.words.length === 0 || (name !== undefined && declaring.has(name));
  if (mayAssign) {
    const assignment = readAssignment(reader);
    if (assignment !== undefined) {
      if (draft.words.length === 0) draft.assignments.push(assignment);
      else draft.words.push(assignmentWord(reader, assignment));
      return true;
    }
  }
  const word = readWord(reader, mayAssign ? "first" : "plain");
  if (word !== undefined) draft.words.push(word);
  return word !== undefined;
}

function assignmentWord(reader: Reader, assignment: ShellAssignment): ShellWord {
  const { start, end, name, append, value } = assignment;
  const raw = reader.fixed === undefined ? reader.text.slice(start, end) : `${name}=${value?.raw ?? ""}`;
  const word = { start, end, raw, substitutions: value?.substitutions ?? [], variables: value?.variables ?? [] };
  const literal = value === undefined ? "" : value.literal;
  return literal === undefined ? word : { ...word, literal: `${name}${append ? "+" : ""}=${literal}` };
}

function isFunctionHead(reader: Reader, draft: SimpleDraft): boolean {
  return (
    draft.words.length === 1 &&
    draft.assignments.length + draft.redirects.length === 0 &&
    /^\([ \t]*\)/.test(reader.text.slice(reader.position, reader.position + 20))
  );
}

function readFunctionBody(reader: Reader, start: number, name: string): ShellCommand {
  while (reader.peek() !== ")") reader.advance();
  reader.advance();
  skipLines(reader);
  const body = readCommand(reader);
  if (body.kind === "simple")
    return reader.fail(`the body of the function \`${name}\` must be a group`, body.start, body.end);
  return { kind: "function", ...reader.span(start), redirects: [], name, body };
}

/** `shopt -s extglob` changes how the following lines are read. */
function noteOptions(reader: Reader, words: readonly ShellWord[]): void {
  if (words[0]?.literal === "shopt" && words.some((word) => word.literal === "extglob")) reader.extendedPatterns = true;
}
