const link = /!?\[([^\][]*)\]\([^()\s]*\)/gu;

/** A short text without bold, code and link markup, blanks around it removed. Inner `__` stay: they are part of names. */
export function plainWords(text: string): string {
  const unlinked = text.includes("](") ? text.replace(link, "$1") : text;
  const bare = unlinked.replace(/\*\*|`/gu, "").trim();
  return bare.length > 4 && bare.startsWith("__") && bare.endsWith("__") ? bare.slice(2, -2).trim() : bare;
}
