import type { Span } from "#model/source";
import { type Script, looksHealthy, scriptOf, scripts } from "./encoding-nature.ts";
import { type WrongEncoding, bytesOf, readWounded } from "./encoding-tables.ts";

/** Adjacent characters that can be read as wounds of one encoding. */
export interface Run extends Span {
  readonly encoding: WrongEncoding;
  /** Bits of `scripts` of all its characters. */
  readonly scripts: number;
  /** True when it cannot be healthy text. */
  readonly certain: boolean;
  /** True when one of its characters takes three bytes or more. */
  readonly long: boolean;
  /** How much the run explains: usual characters and long sequences weigh most. */
  readonly worth: number;
}

/** All runs of a text in one encoding. */
export interface Reading {
  readonly runs: readonly Run[];
  /** True when no character beyond ASCII is left over. */
  readonly coversAll: boolean;
  readonly worth: number;
}

const unusual = /[^\u0000-\u007f]/g;

/** Reads a text as if it had been wrongly decoded in the encoding. */
export function readRuns(text: string, encoding: WrongEncoding): Reading {
  const table = bytesOf(encoding);
  const runs: Run[] = [];
  let coversAll = true;
  let worth = 0;
  for (let at = nextUnusual(text, 0); at >= 0; ) {
    const run = readRun(text, at, encoding, table);
    coversAll &&= run !== undefined;
    if (run !== undefined) {
      runs.push(run);
      worth += run.worth;
    }
    at = nextUnusual(text, run?.end ?? at + 1);
  }
  return { runs, coversAll, worth };
}

function nextUnusual(text: string, from: number): number {
  if (text.charCodeAt(from) > 0x7f) return from;
  unusual.lastIndex = from;
  return unusual.exec(text)?.index ?? -1;
}

function readRun(text: string, start: number, encoding: WrongEncoding, table: Uint8Array): Run | undefined {
  let seen = 0;
  let suspicious = false;
  let worth = 0;
  let count = 0;
  let end = start;
  for (let unit = readWounded(text, end, table); unit !== undefined; unit = readWounded(text, end, table)) {
    const script = scriptOf(unit.codePoint);
    if (script === scripts.none && !isHalfHealed(unit.codePoint)) break;
    seen |= script;
    worth += worthOf(script) * (unit.length - 1);
    suspicious ||= (script & weightless) === 0 && !isHealthy(text, end, unit.length, encoding);
    end += unit.length;
    count++;
  }
  if (count === 0) return undefined;
  const manyOfOneScript = count >= 3 && (seen & (seen - 1)) === 0 && (seen & weightless) === 0;
  return {
    start,
    end,
    encoding,
    scripts: seen,
    certain: suspicious || manyOfOneScript,
    long: end - start > 2 * count,
    worth,
  };
}

const weightless = scripts.rare | scripts.none;

function worthOf(script: Script): number {
  if (script === scripts.rare) return 0;
  if (script === scripts.none) return 1;
  return script <= scripts.common ? 3 : 2;
}

/** Why: a text that was wrongly read twice holds, once it is healed once, C1 controls (Latin-1) or U+F8FF (Mac Roman). */
function isHalfHealed(codePoint: number): boolean {
  return (codePoint >= 0x80 && codePoint <= 0x9f) || codePoint === 0xf8ff;
}

function isHealthy(text: string, start: number, length: number, encoding: WrongEncoding): boolean {
  const end = start + length;
  return looksHealthy(text.charAt(start - 1), text.slice(start, end), text.charAt(end), encoding === "mac-roman");
}
