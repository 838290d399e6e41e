/** Longest stretch that is shown of what changed, in characters. */
const shown = 60;

/** Where two texts differ, in whole words: what stands between their common beginning and their common end. */
export function changedWords(was: string, is: string): { readonly was: string; readonly is: string } {
  const [before, after] = [was.split(" "), is.split(" ")];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const between = (words: readonly string[]): string => cut(words.slice(start, words.length - end).join(" "));
  return { was: between(before), is: between(after) };
}

function cut(text: string): string {
  return text.length <= shown ? text : `${text.slice(0, shown - 1).trimEnd()}…`;
}
