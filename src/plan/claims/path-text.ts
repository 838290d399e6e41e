const files = /^(?:\.{0,2}\/)?(?:[\w@+.-]+\/)*[\w@+.-]+\/?$/;
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
  if (!files.test(text) || text.includes("..")) return undefined;
  if (text.endsWith("/") || text.includes("/") || text.startsWith("."))
    return inner === undefined && !looksLikePath(text) ? undefined : text;
  return endings.test(text) || famous.has(text) ? text : undefined;
}

/** Without backticks `and/or` and `client/server` are words. */
function looksLikePath(text: string): boolean {
  return (
    text.endsWith("/") ||
    endings.test(text) ||
    /^[./]/.test(text) ||
    text.split("/").length > 2 ||
    famous.has(text.slice(text.lastIndexOf("/") + 1))
  );
}
