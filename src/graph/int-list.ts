/** A growing list of 32-bit integers. */
export class IntList {
  length = 0;
  #items: Int32Array;

  constructor(capacity = 16) {
    this.#items = new Int32Array(capacity);
  }

  /** The number at a place; -1 outside of the list. */
  at(index: number): number {
    return index < this.length ? (this.#items[index] ?? -1) : -1;
  }

  /** The first place of a number; -1 when it is not in the list. */
  indexOf(value: number): number {
    const index = this.#items.indexOf(value);
    return index < this.length ? index : -1;
  }

  push(value: number): void {
    if (this.length === this.#items.length) this.#grow(this.length * 2);
    this.#items[this.length++] = value;
  }

  /** Writes at a place, filling what lies between with `filler`. */
  set(index: number, value: number, filler = -1): void {
    if (index >= this.#items.length) this.#grow(Math.max(index + 1, this.#items.length * 2));
    while (this.length <= index) this.#items[this.length++] = filler;
    this.#items[index] = value;
  }

  clear(): void {
    this.length = 0;
  }

  /** A copy of what is in the list. */
  copy(): Int32Array {
    return this.#items.slice(0, this.length);
  }

  #grow(size: number): void {
    this.#items = grown(this.#items, Math.max(16, size));
  }
}

/** The same numbers in an array of that length, which is no shorter. */
export function grown(items: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(items);
  return larger;
}
