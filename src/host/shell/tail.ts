import { closeSync, openSync, readSync } from "node:fs";

const pollMs = 40;
const sliceBytes = 64 * 1024;

/** Follows files in order while they grow. */
export interface Tail {
  /** Reads what is left and ends. */
  stop(): void;
}

interface Open {
  readonly file: number;
  offset: number;
}

function tryOpen(path: string | undefined): Open | undefined {
  try {
    return path === undefined ? undefined : { file: openSync(path, "r"), offset: 0 };
  } catch {
    return undefined;
  }
}

/** Hands on what is appended to the files, decoded as UTF-8; a later file is read once it has content. */
export function createTail(paths: readonly string[], onText: (text: string) => void): Tail {
  const decoder = new TextDecoder();
  const buffer = Buffer.allocUnsafe(sliceBytes);
  const open = paths.flatMap((path) => tryOpen(path) ?? []);
  const drain = () => {
    for (const one of open) {
      for (;;) {
        const count = readSync(one.file, buffer, 0, sliceBytes, one.offset);
        if (count === 0) break;
        one.offset += count;
        onText(decoder.decode(buffer.subarray(0, count), { stream: true }));
      }
    }
  };
  const timer = setInterval(drain, pollMs);
  return {
    stop() {
      clearInterval(timer);
      drain();
      const rest = decoder.decode();
      if (rest !== "") onText(rest);
      for (const { file } of open) closeSync(file);
    },
  };
}
