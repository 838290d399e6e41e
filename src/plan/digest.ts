import type { Hash } from "#model/ports";

/** `sha256:<hex>` of a text. */
export function digestOf(hash: Hash, text: string): string {
  return `sha256:${hash.sha256(text)}`;
}

/** `sha256:<hex>` of several texts, their borders included: moving text from one to the next changes it. */
export function digestOfAll(hash: Hash, texts: readonly string[]): string {
  return digestOf(hash, JSON.stringify(texts));
}
