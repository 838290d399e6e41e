import type { Source, Span } from "#model/source";
import { scripts } from "./encoding-nature.ts";
import { type Run, readRuns } from "./encoding-runs.ts";
import { type WrongEncoding, wrongEncodings } from "./encoding-tables.ts";
import { type Healing, healRuns, untouched } from "./encoding-trail.ts";

/** A stretch of text that was written as UTF-8 and read in a wrong encoding, and what it says. */
export interface Wound extends Span {
  /** The encoding it was wrongly read in, the first time. */
  readonly encoding: WrongEncoding;
  /** How often it was wrongly read. */
  readonly depth: number;
  /** Every wrong encoding in the order it was used; as many as `depth`. */
  readonly encodings: readonly WrongEncoding[];
  readonly healed: string;
}

const deepest = 8;
const beyondAscii = /[^\u0000-\u007f]/;

/**
 * Finds wrongly decoded text: UTF-8 read as Windows-1252, Mac Roman or Latin-1, once or several times over, whole documents and
 * single runs amid healthy text. Takes linear time. What could as well be healthy is left alone, unless the rest of the document decides.
 */
export function findWounds(text: string): readonly Wound[] {
  if (!beyondAscii.test(text)) return [];
  let healing: Healing | undefined;
  for (let depth = 0; depth < deepest; depth++) {
    const runs = findRuns(healing?.text ?? text);
    if (runs.length === 0) break;
    healing = healRuns(healing ?? untouched(text), runs);
  }
  return healing === undefined ? [] : collect(healing);
}

/** The wrongly decoded text of a document. */
export function woundsOf({ text, size, undecodable }: Source): readonly Wound[] {
  // Why: a text of as many units as bytes, all of them decoded, is ASCII, in which nothing was decoded wrongly.
  return size === text.length && undecodable.length === 0 ? [] : findWounds(text);
}

/** The text with every wound healed. */
export function healText(text: string): string {
  let result = "";
  let at = 0;
  for (const wound of findWounds(text)) {
    result += text.slice(at, wound.start) + wound.healed;
    at = wound.end;
  }
  return result + text.slice(at);
}

/** Runs that are healed at one level, in order. */
function findRuns(text: string): readonly Run[] {
  const readings = wrongEncodings.map((encoding) => readRuns(text, encoding));
  const whole = readings.filter((reading) => reading.coversAll && reading.runs.some((run) => run.certain));
  if (whole.length > 0) return whole.reduce((best, reading) => (reading.worth > best.worth ? reading : best)).runs;
  const all = readings.flatMap((reading) => reading.runs);
  return all.some((run) => run.certain) ? choose(all, text.length) : [];
}

/**
 * Of certain runs that overlap, the one that explains most stays; for a tie the encoding listed first. Doubtful runs join when the
 * document has certain ones of their encoding and script.
 */
function choose(runs: readonly Run[], length: number): readonly Run[] {
  const taken = new Uint8Array(length);
  const certain = runs.filter((run) => run.certain).sort((a, b) => b.worth - a.worth);
  const chosen = certain.filter((run) => take(run, taken));
  const support = new Map<WrongEncoding, number>();
  for (const run of chosen) support.set(run.encoding, (support.get(run.encoding) ?? 0) | run.scripts);
  const doubtful = runs.filter((run) => isSupported(run, support.get(run.encoding) ?? 0));
  return [...chosen, ...doubtful.filter((run) => take(run, taken))].sort((a, b) => a.start - b.start);
}

/** Why: a word's last letter with two closing marks (`é »`) is far more often healthy, whatever else the document holds. */
function isSupported(run: Run, support: number): boolean {
  if (run.certain || (run.scripts & (scripts.rare | ~support)) !== 0) return false;
  return run.encoding === "mac-roman" || !run.long;
}

/** Marks the run's characters as taken; false when one of them already was. */
function take(run: Run, taken: Uint8Array): boolean {
  for (let at = run.start; at < run.end; at++) if (taken[at] === 1) return false;
  taken.fill(1, run.start, run.end);
  return true;
}

/** Joins neighbours that were wounded alike into one wound. */
function collect(healing: Healing): readonly Wound[] {
  const { text, starts, chainIds, chains } = healing;
  const wounds: Wound[] = [];
  let at = 0;
  while (at < text.length) {
    const chain = chainIds[at] ?? 0;
    let end = at + 1;
    while (end < text.length && chainIds[end] === chain) end++;
    const encodings = chains[chain] ?? [];
    const [encoding] = encodings;
    if (encoding !== undefined) {
      const span = { start: starts[at] ?? 0, end: starts[end] ?? 0 };
      wounds.push({ ...span, encoding, depth: encodings.length, encodings, healed: text.slice(at, end) });
    }
    at = end;
  }
  return wounds;
}
