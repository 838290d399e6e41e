import { IplanError } from "#model/errors";
import type { Files, FileStat } from "#model/ports";

/** What a command asked of the files, and what it was answered. */
export interface Answers {
  /** Facts of paths; undefined where nothing stood. */
  readonly stats: ReadonlyMap<string, FileStat | undefined>;
  /** Other questions, such as what a folder holds, with their answers. */
  readonly others: ReadonlyMap<string, string>;
}

/** A question to which the answer is a text: what kind, and of which path. */
export function questionOf(kind: OtherKind, path: string): string {
  return `${kind} ${path}`;
}

/** A kind of question to which the answer is a text. */
export type OtherKind = "list" | "real" | "read?" | "write?";

const asked: Readonly<Record<OtherKind, (files: Files, path: string) => string>> = {
  list: (files: Files, path: string): string => told(() => entriesOf(files.list(path))),
  real: (files: Files, path: string): string => told(() => files.realPath(path) ?? ""),
  "read?": (files: Files, path: string): string => String(files.allows(path, "read")),
  "write?": (files: Files, path: string): string => String(files.allows(path, "write")),
};

function isKind(word: string): word is OtherKind {
  return Object.hasOwn(asked, word);
}

function told(tell: () => string): string {
  try {
    return tell();
  } catch (error) {
    if (error instanceof IplanError) return refusal(error);
    throw error;
  }
}

/** That a question could not be answered, as its answer. */
export function refusal({ code, message }: IplanError): string {
  return `! ${code} ${message}`;
}

/** The entries of a folder as the answer to a question. */
export function entriesOf(entries: ReturnType<Files["list"]>): string {
  return entries.map(({ name, kind }) => `${kind}/${name}`).join("/");
}

function answerTo(files: Files, question: string): string | undefined {
  const blank = question.indexOf(" ");
  const kind = question.slice(0, blank);
  return isKind(kind) ? asked[kind](files, question.slice(blank + 1)) : undefined;
}

/** When a file was changed last, its content or its facts, in milliseconds. */
export function changedAt({ mtimeMs, changedMs = mtimeMs }: FileStat): number {
  return Math.max(mtimeMs, changedMs);
}

/** True when nothing speaks for a change between two looks at a path. */
export function sameFacts(one: FileStat | undefined, other: FileStat | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.kind !== other.kind || one.kind === "directory") return one.kind === other.kind;
  return (
    one.size === other.size &&
    one.mtimeMs === other.mtimeMs &&
    one.changedMs === other.changedMs &&
    one.inode === other.inode &&
    one.executable === other.executable
  );
}

/** Numbers of a path: what stands there, size, time of its content, time of its facts, inode. */
const columns = 5;

const kindCodes = { file: 1, directory: 2, link: 3, other: 4 } satisfies Record<FileStat["kind"], number>;

/** Why: a folder's own facts change with what the tool itself keeps in it; what matters of its entries is asked for. */
function writeFacts(table: Float64Array, at: number, stat: FileStat | undefined): void {
  if (stat === undefined) return;
  table[at] = kindCodes[stat.kind];
  if (stat.kind === "directory") return;
  if (stat.executable === true) table[at] = -kindCodes[stat.kind];
  table[at + 1] = stat.size;
  table[at + 2] = stat.mtimeMs;
  table[at + 3] = stat.changedMs ?? 0;
  table[at + 4] = stat.inode;
}

/** Answers as they are kept: a row of numbers for each path, so that asking again makes no text of them. */
interface PackedAnswers {
  readonly paths: readonly string[];
  readonly facts: Float64Array;
  readonly others: readonly (readonly [string, string])[];
}

/** True when all questions have the same answers now. */
export function stillHold(files: Files, { paths, facts, others }: PackedAnswers): boolean {
  const now = new Float64Array(columns);
  for (let index = 0; index < paths.length; index += 1) {
    now.fill(0);
    writeFacts(now, 0, files.stat(paths[index] ?? ""));
    const at = index * columns;
    for (let column = 0; column < columns; column += 1) if (now[column] !== facts[at + column]) return false;
  }
  return others.every(([question, answer]) => answerTo(files, question) === answer);
}

/** True when all questions but those for facts of paths have the same answers now. */
export function othersHold(files: Files, { others }: Answers): boolean {
  for (const [question, answer] of others) if (answerTo(files, question) !== answer) return false;
  return true;
}

/** What stands before answers in bytes: lengths of what follows, and what is no row of numbers. */
interface AnswersHead {
  readonly facts: number;
  readonly paths: number;
  readonly others: PackedAnswers["others"];
}

/** Answers as bytes. */
export function encodeAnswers({ stats, others }: Answers): readonly Uint8Array[] {
  const facts = new Float64Array(stats.size * columns);
  let at = 0;
  for (const stat of stats.values()) {
    writeFacts(facts, at, stat);
    at += columns;
  }
  const encoder = new TextEncoder();
  const rows = new Uint8Array(facts.buffer);
  // Why: no path holds this character.
  const paths = encoder.encode([...stats.keys()].join("\0"));
  const head: AnswersHead = { facts: rows.length, paths: paths.length, others: [...others] };
  return [encoder.encode(`${JSON.stringify(head)}\n`), rows, paths];
}

/** Reads what `encodeAnswers` made from the beginning of bytes, and tells what stands behind it. */
export function decodeAnswers(bytes: Uint8Array): { readonly answers: PackedAnswers; readonly rest: Uint8Array } {
  const end = bytes.indexOf(10) + 1;
  const text = (from: number, to: number): string => new TextDecoder().decode(bytes.subarray(from, to));
  const { facts, paths, others } = JSON.parse(text(0, end)) as AnswersHead;
  const afterFacts = end + facts;
  const names = text(afterFacts, afterFacts + paths);
  return {
    answers: {
      paths: names === "" ? [] : names.split("\0"),
      // Why: a copy, because numbers must begin at a multiple of their length.
      facts: new Float64Array(new Uint8Array(bytes.subarray(end, afterFacts)).buffer),
      others,
    },
    rest: bytes.subarray(afterFacts + paths),
  };
}
