import { escapeControls } from "./escape.ts";

/** Longest fence that is still told by its length. */
const longestFence = 12;

/**
 * Foreign text between fences that nothing in it can close: they are longer than any run of backticks or tildes in it, and where that
 * would make them very long, each line begins with a bar instead. Its control characters are escaped.
 */
export function fencedText(text: string, language: string): string {
  const body = escapeControls(text, { keepLines: true });
  const lines = (body.endsWith("\n") ? body.slice(0, -1) : body).split("\n");
  const longest = (body.match(/`+|~+/gu) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  if (longest >= longestFence) return `\`\`\`${language}\n${lines.map((line) => `| ${line}\n`).join("")}\`\`\`\n`;
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${lines.map((line) => `${line}\n`).join("")}${fence}\n`;
}
