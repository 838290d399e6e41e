import type { PlanBlock, TextAt } from "#model/plan";
import type { ShellScript, ShellWord } from "#model/shell-syntax";
import { everyCommand, wordsOf } from "./shell/every-command.ts";
import { invokedBy } from "./shell/handed-script.ts";

/** A form, and a sign without which it cannot match: most commands hold none of the signs, and looking for one costs little. */
interface SignedForm {
  readonly sign: RegExp;
  readonly form: RegExp;
}

/** Forms that are placeholders wherever they stand in a command. */
const everywhere: readonly SignedForm[] = [
  { sign: /-[NX]/, form: /\b[A-Z]{2,8}-(?:NNN|XXX|NN|XX)\b/g },
  { sign: /Y/, form: /\bYYYY-MM-DD\b/g },
  { sign: /\{\{/, form: /\{\{ ?[A-Z][A-Z0-9_ ]{0,60} ?\}\}/g },
  { sign: /\{\{/, form: /\{\{ ?[a-z]+[_-][a-z0-9_-]{0,60} ?\}\}/g },
  { sign: /</, form: /<(?:your|my|the|insert|enter|replace)[-_ ][\w -]{1,60}>/gi },
  { sign: /</, form: /<[A-Za-z]+[-_][\w-]{1,60}>/g },
  { sign: /path\/to/, form: /(?<=^|[\s"'=:[])\/?path\/to(?:\/[\w./-]{0,100})?/g },
  { sign: /YOUR|your/, form: /\bYOUR[-_][A-Z0-9_-]{1,60}\b|\byour-[a-z0-9-]{1,60}\b/g },
  { sign: /TBD/, form: /\bTBD\b/g },
];

/** Without one of which there is no placeholder of any form. */
const anySign = /[<[Y]|-[NX]|\{\{|path\/to|your|TBD/;

/** `[path/to/file.py]`, `[command to execute]`: brackets around words, where no pattern and no array stands. */
const brackets = /(?<=^|[\s"'=/:,(])\[\/?[A-Za-z][^[\]\n`$]{0,80}\](?=$|[\s"'/:.,;)&|])/g;

/** An angle bracket pair around one word, unquoted: `cd <project>`. */
const angles = /(?<=^|[\s=/])<[A-Za-z][\w]{1,40}>(?=$|[\s/])/g;

/** Programs whose arguments hold brackets of their own: code, patterns, texts to print. */
const speaking = new Set([
  "echo",
  "printf",
  "python",
  "python3",
  "node",
  "jq",
  "yq",
  "awk",
  "sed",
  "grep",
  "egrep",
  "rg",
  "perl",
  "ruby",
  "php",
  "psql",
  "find",
  "tr",
  "test",
  "[",
  "expr",
  "cut",
]);

interface Hit {
  readonly start: number;
  readonly end: number;
}

/** Placeholders a block would hand to bash as they stand. */
export function placeholdersOf(block: PlanBlock, syntax: ShellScript | undefined): readonly TextAt[] {
  if (!anySign.test(block.text)) return [];
  const text = withoutComments(block.text, syntax);
  const hits = everywhere.flatMap(({ sign, form }) => (sign.test(text) ? matches(text, form) : []));
  if (syntax !== undefined) hits.push(...bracketsIn(text, syntax), ...matches(blanked(text, bodiesIn(syntax)), angles));
  return distinct(hits).map(({ start, end }) => ({
    text: block.text.slice(start, end),
    range: block.rangeOf(start, end),
  }));
}

function matches(text: string, form: RegExp): readonly Hit[] {
  return [...text.matchAll(form)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** The text with its comments blanked out, so that places stay. */
function withoutComments(text: string, syntax: ShellScript | undefined): string {
  const comments = syntax !== undefined && "comments" in syntax ? (syntax.comments as readonly Hit[]) : [];
  return blanked(text, comments);
}

/** The text with some stretches blanked out; they may overlap and come in any order. */
function blanked(text: string, spans: readonly Hit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const from = Math.max(at, start);
    if (end <= from) continue;
    pieces.push(text.slice(at, from), " ".repeat(end - from));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}

function bracketsIn(text: string, syntax: ShellScript): readonly Hit[] {
  const left: Hit[] = [];
  everyCommand(syntax, (command) => {
    const program = invokedBy(command)?.program;
    if (command.kind === "test" || command.kind === "arithmetic" || (program !== undefined && speaking.has(program)))
      left.push(command);
    for (const word of wordsOf(command)) if (isQuotedText(word)) left.push(word);
  });
  return matches(blanked(text, [...left, ...bodiesIn(syntax)]), brackets);
}

/** A quoted text that is no placeholder as a whole. */
function isQuotedText(word: ShellWord): boolean {
  if (!/^["']/.test(word.raw) || word.raw.length < 2) return false;
  const inner = word.raw.slice(1, -1);
  return !/^\[[A-Za-z][^[\]\n`$]{0,80}\]$/.test(inner) && !/(?:^|\/)\[[^[\]\s]{2,60}\](?:\/|$)/.test(inner);
}

function bodiesIn(syntax: ShellScript): readonly Hit[] {
  const bodies: Hit[] = [];
  everyCommand(syntax, (command) => {
    for (const { heredoc } of command.redirects) if (heredoc !== undefined) bodies.push(heredoc.body);
  });
  return bodies;
}

function distinct(hits: readonly Hit[]): readonly Hit[] {
  const ordered = [...hits].sort((a, b) => a.start - b.start || b.end - a.end);
  return ordered.filter((hit, index) =>
    ordered.slice(Math.max(0, index - 8), index).every((earlier) => earlier.end < hit.end || earlier.start > hit.start),
  );
}
