/** The words of a name or title in lower case: broken at everything but letters and digits, and where `camelCase` changes. */
export function wordsIn(text: string): string[] {
  const broken = text.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2").replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2");
  return broken.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
