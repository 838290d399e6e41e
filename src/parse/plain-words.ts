const link = /!?\[([^\][]*)\]\([^()\s]*\)/gu;

/** A short text without bold, code and link markup, blanks around it removed. */
export function plainWords(text: string): string {
  const unlinked = text.includes("](") ? text.replace(link, "$1") : text;
  return unlinked
    .replace(/\*\*|`/gu, "")
    .replace(/(?<![\p{L}\p{N}_])__(?=\S)|(?<=\S)__(?![\p{L}\p{N}_])/gu, "")
    .trim();
}
