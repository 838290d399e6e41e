import type { Run } from "./encoding-runs.ts";
import { type WrongEncoding, bytesOf, readWounded } from "./encoding-tables.ts";

/** A healed text and, for each of its UTF-16 units, where it came from and through which wrong encodings. */
export interface Healing {
  readonly text: string;
  /** Offset in the first text of every unit, and of the end. */
  readonly starts: Int32Array;
  /** Index into `chains` of every unit; 0 is healthy. */
  readonly chainIds: Uint8Array;
  readonly chains: readonly (readonly WrongEncoding[])[];
}

/** A text of which nothing was healed yet. */
export function untouched(text: string): Healing {
  const starts = new Int32Array(text.length + 1);
  for (let at = 0; at <= text.length; at++) starts[at] = at;
  return { text, starts, chainIds: new Uint8Array(text.length), chains: [[]] };
}

/** Heals one more level; runs are in order and do not overlap. */
export function healRuns(before: Healing, runs: readonly Run[]): Healing {
  const chains = [...before.chains];
  const starts = new Int32Array(before.text.length + 1);
  const chainIds = new Uint8Array(before.text.length);
  const pieces: string[] = [];
  let from = 0;
  let to = 0;
  const keep = (end: number): void => {
    pieces.push(before.text.slice(from, end));
    starts.set(before.starts.subarray(from, end), to);
    chainIds.set(before.chainIds.subarray(from, end), to);
    to += end - from;
    from = end;
  };
  for (const run of runs) {
    keep(run.start);
    const table = bytesOf(run.encoding);
    for (let at = run.start; at < run.end; ) {
      const unit = readWounded(before.text, at, table);
      if (unit === undefined) throw new RangeError(`no wounded character at ${at}`);
      pieces.push(String.fromCodePoint(unit.codePoint));
      const units = unit.codePoint > 0xffff ? 2 : 1;
      starts.fill(before.starts[at] ?? 0, to, to + units);
      chainIds.fill(chainOf(chains, run.encoding, before.chainIds[at] ?? 0), to, to + units);
      to += units;
      at += unit.length;
    }
    from = run.end;
  }
  keep(before.text.length);
  starts[to] = before.starts[before.text.length] ?? 0;
  return { text: pieces.join(""), starts: starts.subarray(0, to + 1), chainIds: chainIds.subarray(0, to), chains };
}

/** The chain that puts the encoding before an earlier chain, made when it is new. */
function chainOf(chains: (readonly WrongEncoding[])[], encoding: WrongEncoding, earlier: number): number {
  const chain = [encoding, ...(chains[earlier] ?? [])];
  const key = chain.join();
  const known = chains.findIndex((each) => each.join() === key);
  return known >= 0 ? known : chains.push(chain) - 1;
}
