/** Stands for every code beyond ASCII. */
const beyond = 128;

const encoder = new TextEncoder();

/**
 * The codes of a text as bytes; 128 for any that is none of ASCII, 0 behind the end. Why: code that was not compiled yet reads a byte
 * in a third of the time of a sign of a text, and compiled code in half.
 */
export class TextCodes {
  #text = "";
  #cells = new Uint8Array(64);

  /** The codes of a text, which hold until those of another are asked for. */
  of(text: string): Uint8Array {
    if (text !== this.#text) this.#read(text);
    return this.#cells;
  }

  #read(text: string): void {
    const { length } = text;
    if (length >= this.#cells.length) this.#cells = new Uint8Array(Math.max(length + 1, this.#cells.length * 2));
    const cells = this.#cells;
    // Why: what is beyond ASCII takes more bytes than signs, so that the last ones find no room.
    if (encoder.encodeInto(text, cells.subarray(0, length)).read < length) this.#fill(text);
    cells[length] = 0;
    this.#text = text;
  }

  #fill(text: string): void {
    const cells = this.#cells;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      cells[at] = code < beyond ? code : beyond;
    }
  }
}
