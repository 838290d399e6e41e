/** Two numbers of 32 bits that follow from values, one after the other; equal values give equal ones. */
export class Fingerprint {
  #one = 0x811c9dc5;
  #other = 0x2545f491;

  /** As one number that is exact. */
  get value(): number {
    return (this.#one >>> 0) * 0x20_0000 + ((this.#other >>> 0) & 0x1f_ffff);
  }

  add(number: number): void {
    this.#one = Math.imul(this.#one ^ number, 0x0100_0193);
    this.#one ^= this.#one >>> 15;
    this.#other = (Math.imul(this.#other, 31) + number + 1) | 0;
    this.#other ^= this.#other >>> 13;
  }

  addText(text: string): void {
    this.add(text.length);
    for (let at = 0; at < text.length; at++) this.add(text.charCodeAt(at));
  }

  /** Adds a plain value: numbers, texts, lists, sets, maps and objects of such. */
  addValue(value: unknown): void {
    if (typeof value === "number") this.add(value);
    else if (typeof value === "string") this.addText(value);
    else if (value instanceof Set || Array.isArray(value)) this.#addEach(value);
    else if (value instanceof Map) this.#addEach([...value.entries()].flat());
    else if (typeof value === "object" && value !== null) this.#addEach(Object.entries(value).flat());
    else this.addText(String(value));
  }

  #addEach(values: Iterable<unknown>): void {
    let count = 0;
    for (const value of values) {
      this.addValue(value);
      count++;
    }
    this.add(-1 - count);
  }
}

/** The fingerprint of one plain value. */
export function fingerprintOf(value: unknown): number {
  const print = new Fingerprint();
  print.addValue(value);
  return print.value;
}
