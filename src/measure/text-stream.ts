/** Turns the bytes of a report into text, piece by piece. */
export interface TextStream {
  decode(bytes: Uint8Array): string;
  /** The rest, once the bytes have ended. */
  end(): string;
  /** What the text was taken for, when it is not UTF-8. */
  readonly note?: string;
}

/** Chooses the encoding by the byte order mark, the XML declaration or the pattern of zero bytes; UTF-8 otherwise. */
export function createTextStream(beginning: Uint8Array): TextStream {
  const encoding = encodingOf(beginning);
  const decoder = createDecoder(encoding) ?? new TextDecoder("utf-8");
  return {
    decode: (bytes) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
    ...(encoding === "utf-8" ? {} : { note: `It was read as ${encoding}.` }),
  };
}

function encodingOf(beginning: Uint8Array): string {
  const [first = 0, second = 0, third = 1] = beginning;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // Why: a report that a shell of Windows redirected has zero bytes between its letters, with or without a mark.
  if (first !== 0 && second === 0 && third !== 0) return "utf-16le";
  if (first === 0 && second !== 0) return "utf-16be";
  const head = new TextDecoder("latin1").decode(beginning.subarray(0, 200));
  const declared = /^(?:ï»¿)?\s{0,20}<\?xml [^>]{0,150}\bencoding=["']([\w.:-]{1,40})["']/u
    .exec(head)?.[1]
    ?.toLowerCase();
  // Why: what is declared as UTF-16 and is read as single bytes here is no UTF-16.
  if (declared === undefined || declared.startsWith("utf") || createDecoder(declared) === undefined) return "utf-8";
  return declared === "us-ascii" ? "utf-8" : declared;
}

function createDecoder(encoding: string): TextDecoder | undefined {
  try {
    return new TextDecoder(encoding);
  } catch {
    return undefined;
  }
}
