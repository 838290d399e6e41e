import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const pollMs = 40;
const sliceBytes = 64 * 1024;

/** How far it may be behind before it leaves something out, and how much of the end is read then. */
const mostBehind = 1024 * 1024;
const endBytes = 128 * 1024;

/** Follows files in order while they grow. */
export interface Tail {
  /** Reads what is left and ends; gives how many bytes were handed on or left out, over all files. */
  stop(): number;
}

/** One file that is followed, and how far it was read. */
class Followed {
  readonly #file: number;
  readonly #buffer: Buffer;
  readonly #onText: (text: string, isAfterGap: boolean) => void;
  #decoder = new TextDecoder();
  #offset = 0;

  constructor(file: number, buffer: Buffer, onText: (text: string, isAfterGap: boolean) => void) {
    this.#file = file;
    this.#buffer = buffer;
    this.#onText = onText;
  }

  /** Why: a writer may be faster than this reads; what it writes meanwhile waits for the next time, or this would never end. */
  drain(): void {
    const { size } = fstatSync(this.#file);
    let isAfterGap = size - this.#offset > mostBehind;
    if (isAfterGap) {
      this.#offset = size - endBytes;
      this.#decoder = new TextDecoder();
    }
    while (this.#offset < size) {
      const count = readSync(this.#file, this.#buffer, 0, sliceBytes, this.#offset);
      if (count === 0) return;
      this.#offset += count;
      this.#onText(this.#decoder.decode(this.#buffer.subarray(0, count), { stream: true }), isAfterGap);
      isAfterGap = false;
    }
  }

  /** Gives how far it was read. */
  close(): number {
    const rest = this.#decoder.decode();
    if (rest !== "") this.#onText(rest, false);
    closeSync(this.#file);
    return this.#offset;
  }
}

function tryOpen(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch {
    return undefined;
  }
}

/** Hands on what is appended to the files, decoded as UTF-8; a later file is read once it has content. */
export function createTail(paths: readonly string[], onText: (text: string, isAfterGap: boolean) => void): Tail {
  const buffer = Buffer.allocUnsafe(sliceBytes);
  const followed = paths.flatMap((path) => {
    const file = tryOpen(path);
    return file === undefined ? [] : [new Followed(file, buffer, onText)];
  });
  const drain = (): void => {
    for (const one of followed) one.drain();
  };
  const timer = setInterval(drain, pollMs);
  return {
    stop() {
      clearInterval(timer);
      let bytes = 0;
      for (const one of followed) {
        one.drain();
        bytes += one.close();
      }
      return bytes;
    },
  };
}
