const escapes = /\u001b\[[0-9;]{0,20}[A-Za-z]/g;

/** A line of output as a person reads it: without the sequences that colour it. */
export function withoutEscapes(line: string): string {
  return line.includes("\u001b") ? line.replace(escapes, "") : line;
}
