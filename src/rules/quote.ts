/** Text of a document in quotes for a message: one line, cut to a length that leaves room for the cure. */
export function quote(text: string, length = 70): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= length ? `"${line}"` : `"${line.slice(0, length - 1).trimEnd()}…"`;
}
