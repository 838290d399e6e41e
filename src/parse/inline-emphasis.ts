/** A run of `*`, `_` or `~` that may open or close emphasis. */
interface Run {
  readonly marker: number;
  readonly size: number;
  readonly opens: boolean;
  readonly closes: boolean;
  /** What is left of it: offset of the first sign not used, and number of signs. */
  start: number;
  left: number;
  previous: number;
}

/** Emphasis found: outer range, signs on each side. */
interface Emphasis {
  readonly start: number;
  readonly end: number;
  readonly size: number;
  readonly marker: number;
}

const tilde = 126;
const underscore = 95;
const blank = /\s/u;
const punctuation = /[\p{P}\p{S}]/u;

/** Pairs runs of emphasis signs as CommonMark does, `~~` as GFM does; linear in the number of runs. */
export class EmphasisReader {
  readonly #runs: Run[] = [];
  readonly #found: Emphasis[] = [];

  /** Notes the run of signs that starts at `at`; returns its end. */
  note(text: string, at: number): number {
    const marker = text.charCodeAt(at);
    let end = at + 1;
    while (end < text.length && text.charCodeAt(end) === marker) end++;
    const before = at === 0 ? " " : characterBefore(text, at);
    const after = end === text.length ? " " : String.fromCodePoint(text.codePointAt(end) ?? 32);
    const left = flanks(after, before);
    const right = flanks(before, after);
    const strict = marker === underscore;
    if (marker === tilde && end - at !== 2) return end;
    this.#runs.push({
      marker,
      size: end - at,
      opens: left && (!strict || !right || punctuation.test(before)),
      closes: right && (!strict || !left || punctuation.test(after)),
      start: at,
      left: end - at,
      previous: this.#runs.length - 1,
    });
    return end;
  }

  /** Number of runs noted: a place to `resolve` from. */
  get place(): number {
    return this.#runs.length;
  }

  /** Pairs the runs noted since `place`, and forgets them. */
  resolve(place: number): void {
    const runs = this.#runs;
    const first = runs[place];
    if (first === undefined) return;
    first.previous = -1;
    const bottoms = new Map<number, number>();
    for (let index = place; index < runs.length; index++) this.#close(index, bottoms);
    runs.length = place;
  }

  take(): readonly Emphasis[] {
    this.resolve(0);
    return this.#found;
  }

  #close(index: number, bottoms: Map<number, number>): void {
    const runs = this.#runs;
    const closer = runs[index];
    if (closer === undefined || !closer.closes) return;
    const key = closer.marker * 8 + (closer.opens ? 4 : 0) + (closer.size % 3);
    while (closer.left > 0) {
      const bottom = bottoms.get(key) ?? -1;
      let at = closer.previous;
      while (at > bottom && !pairs(runs[at] as Run, closer)) at = (runs[at] as Run).previous;
      if (at <= bottom || at < 0) {
        bottoms.set(key, closer.previous);
        if (!closer.opens) this.#unlink(index, closer.previous);
        return;
      }
      this.#pair(runs[at] as Run, closer);
      closer.previous = (runs[at] as Run).left > 0 ? at : (runs[at] as Run).previous;
    }
    this.#unlink(index, closer.previous);
  }

  #pair(opener: Run, closer: Run): void {
    const size = opener.left >= 2 && closer.left >= 2 ? 2 : 1;
    opener.left -= size;
    const start = opener.start + opener.left;
    this.#found.push({ start, end: closer.start + size, size, marker: closer.marker });
    closer.start += size;
    closer.left -= size;
  }

  /** Takes a run out of the chain that later closers walk back on. */
  #unlink(index: number, previous: number): void {
    const next = this.#runs[index + 1];
    if (next !== undefined && next.previous === index) next.previous = previous;
  }
}

function pairs(opener: Run, closer: Run): boolean {
  if (!opener.opens || opener.left === 0 || opener.marker !== closer.marker) return false;
  const mixed = opener.closes || closer.opens;
  return !(mixed && (opener.size + closer.size) % 3 === 0 && (opener.size % 3 !== 0 || closer.size % 3 !== 0));
}

function flanks(inner: string, outer: string): boolean {
  if (blank.test(inner)) return false;
  return !punctuation.test(inner) || blank.test(outer) || punctuation.test(outer);
}

function characterBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low < 0xe000 && at > 1 ? text.slice(at - 2, at) : text.charAt(at - 1);
}
