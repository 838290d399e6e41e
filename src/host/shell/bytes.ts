/** The text's UTF-8 bytes as latin1 characters, one each: shell state is kept so, because a variable may hold any byte. */
export function toLatin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The text whose UTF-8 bytes the latin1 characters stand for. */
export function fromLatin1(text: string): string {
  return Buffer.from(text, "latin1").toString("utf8");
}
