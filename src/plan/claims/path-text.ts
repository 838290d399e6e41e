import { isBeyondAscii } from "#model/beyond-ascii";

const plainFiles = /^(?:\.{0,2}\/)?(?:[\w@+.-]+\/)*[\w@+.-]+\/?$/;
/** Letters of any script: `grüße.txt` is a path as good as any. Why: it takes milliseconds to compile, so it is asked last. */
const files = /^(?:\.{0,2}\/)?(?:[\p{L}\p{M}\p{N}_@+.-]+\/)*[\p{L}\p{M}\p{N}_@+.-]+\/?$/u;
const endings = /\.[A-Za-z][\w]{0,11}$/;
const famous = new Set([
  "Makefile",
  "Dockerfile",
  "LICENSE",
  "Procfile",
  "Jenkinsfile",
  "Gemfile",
  "Rakefile",
  "Vagrantfile",
  "CODEOWNERS",
]);

/** The path a word stands for, backticks taken off; undefined for words that are no path of the workspace. */
export function readPath(word: string): string | undefined {
  const inner = /^`([^`]+)`$/.exec(word)?.[1];
  const text = inner ?? word;
  if (!isFileName(text) || text.includes("..") || text.startsWith("/")) return undefined;
  if (text.includes("/") || text.startsWith(".")) return inner === undefined && !looksLikePath(text) ? undefined : text;
  return endings.test(text) || famous.has(text) ? text : undefined;
}

/** The one form is the other for letters of ASCII. */
function isFileName(text: string): boolean {
  return plainFiles.test(text) || (isBeyondAscii(text) && files.test(text));
}

/** Without backticks `and/or` and `client/server` are words. */
function looksLikePath(text: string): boolean {
  const name = text.slice(text.lastIndexOf("/") + 1);
  return (
    text.endsWith("/") || endings.test(text) || /^[./]/.test(text) || text.split("/").length > 2 || famous.has(name)
  );
}

/** The paths of a list such as `` `a.js`, `b.js` and `c/` ``; undefined when one of them is no path. */
export function readPaths(list: string): readonly string[] | undefined {
  const words = list.trim().split(/,\s*(?:and\s+)?|\s+(?:and|&)\s+/);
  const paths = words.map((word) => readPath(word.trim()));
  return paths.length <= 20 && paths.every((path) => path !== undefined) ? paths : undefined;
}
