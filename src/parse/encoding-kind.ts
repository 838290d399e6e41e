/** How the bytes of a document are encoded. */
export interface EncodingKind {
  /**
   * `utf-8`: readable. `utf-16-le`, `utf-16-be`: told by their byte order mark. `binary`: holds NUL bytes. `undecodable`: text
   * with bytes that are not UTF-8.
   */
  readonly kind: "utf-8" | "utf-16-le" | "utf-16-be" | "binary" | "undecodable";
  readonly hasBom: boolean;
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Tells how bytes are encoded. */
export function detectEncoding(bytes: Uint8Array): EncodingKind {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return { kind: "utf-16-le", hasBom: true };
  if (first === 0xfe && second === 0xff) return { kind: "utf-16-be", hasBom: true };
  const hasBom = first === 0xef && second === 0xbb && third === 0xbf;
  if (bytes.includes(0)) return { kind: "binary", hasBom };
  return { kind: isUtf8(bytes) ? "utf-8" : "undecodable", hasBom };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
