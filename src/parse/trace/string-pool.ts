/**
 * Starts with this many places for strings. Why: so few that it grows at once. What is compiled while a field was never written again
 * takes it for constant, and is thrown away when it is.
 */
const firstSize = 16;

/** What a hash is multiplied with for each code of a stretch. */
export const hashFactor = 0x01000193;

/**
 * Strings met in documents, each kept once and known by a number. A stretch of a text is looked up by its characters, without
 * making a string; what is kept never holds on to the text it came from.
 */
export class StringPool {
  /** Number of the string plus one by place of its hash; 0 for a free place. */
  #places = new Int32Array(firstSize * 2);
  #hashes = new Int32Array(firstSize);
  #starts = new Int32Array(firstSize + 1);
  #chars = new Uint16Array(firstSize * 16);
  /** By number. They may hold on to the text they came from until `detach`. */
  readonly strings: string[] = [];
  #fresh = 0;
  /** What the hash of a stretch begins with. Why: with a seed nobody can write a document whose words all fall into one place. */
  readonly seed: number = (Math.random() * 0x7fffffff) | 0;

  /** How many strings there are. */
  get size(): number {
    return this.strings.length;
  }

  /** The number of the stretch of a text; it must hold no line feed. */
  intern(text: string, start: number, end: number): number {
    let hash = this.seed;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), hashFactor);
    hash ^= hash >>> 15;
    const mask = this.#places.length - 1;
    let place = hash & mask;
    for (let found = this.#places[place] as number; found !== 0; found = this.#places[place] as number) {
      if (this.#hashes[found - 1] === hash && this.#is(found - 1, text, start, end)) return found - 1;
      place = (place + 1) & mask;
    }
    return this.#add(text, start, end, hash, place);
  }

  /**
   * As `intern`, for who went over the codes of the stretch already, which are all of ASCII: `sum` is the seed, and for each code
   * `Math.imul(sum ^ code, hashFactor)`.
   */
  internCodes(text: string, codes: Uint8Array, start: number, end: number, sum: number): number {
    const hash = sum ^ (sum >>> 15);
    const places = this.#places;
    const hashes = this.#hashes;
    const starts = this.#starts;
    const chars = this.#chars;
    const mask = places.length - 1;
    let place = hash & mask;
    for (let found = places[place] as number; found !== 0; found = places[place] as number) {
      const from = starts[found - 1] as number;
      if (hashes[found - 1] === hash && (starts[found] as number) - from === end - start) {
        let at = start;
        while (at < end && chars[from + at - start] === codes[at]) at++;
        if (at === end) return found - 1;
      }
      place = (place + 1) & mask;
    }
    return this.#add(text, start, end, hash, place);
  }

  /** The number of a whole string. */
  internWord(word: string): number {
    return this.intern(word, 0, word.length);
  }

  /** The string of a number. It may hold on to the text it came from until `detach`. */
  string(number: number): string {
    return this.strings[number] ?? "";
  }

  /** Replaces the strings that came since the last time by copies that hold on to nothing but each other. */
  detach(): void {
    const from = this.#fresh;
    if (from === this.strings.length) return;
    const copies = this.strings.slice(from).join("\n").split("\n");
    for (let index = 0; index < copies.length; index++) this.strings[from + index] = copies[index] as string;
    this.#fresh = this.strings.length;
  }

  #is(number: number, text: string, start: number, end: number): boolean {
    const from = this.#starts[number] as number;
    if ((this.#starts[number + 1] as number) - from !== end - start) return false;
    for (let at = start; at < end; at++) {
      if (this.#chars[from + at - start] !== text.charCodeAt(at)) return false;
    }
    return true;
  }

  #add(text: string, start: number, end: number, hash: number, place: number): number {
    const number = this.strings.length;
    const from = this.#starts[number] as number;
    const after = from + end - start;
    if (after > this.#chars.length) this.#chars = grown(this.#chars, Math.max(after, this.#chars.length * 2));
    for (let at = start; at < end; at++) this.#chars[from + at - start] = text.charCodeAt(at);
    if (number === this.#hashes.length) {
      this.#hashes = grown(this.#hashes, number * 2);
      this.#starts = grown(this.#starts, number * 2 + 1);
    }
    this.#hashes[number] = hash;
    this.#starts[number + 1] = after;
    this.strings.push(text.slice(start, end));
    this.#places[place] = number + 1;
    if (number * 2 > this.#places.length) this.#rehash();
    return number;
  }

  #rehash(): void {
    const places = new Int32Array(this.#places.length * 2);
    const mask = places.length - 1;
    for (let number = 0; number < this.strings.length; number++) {
      let place = (this.#hashes[number] as number) & mask;
      while (places[place] !== 0) place = (place + 1) & mask;
      places[place] = number + 1;
    }
    this.#places = places;
  }
}

function grown<Cells extends Int32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>>(cells: Cells, size: number): Cells {
  const larger = (cells instanceof Int32Array ? new Int32Array(size) : new Uint16Array(size)) as Cells;
  larger.set(cells);
  return larger;
}
