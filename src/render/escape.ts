/**
 * Control, escape and direction characters of foreign text made visible, so that no document or output can move the
 * cursor, colour a line or reorder what a person reads. Line breaks stay when `keepLines` is set; tabs become two blanks.
 */
export function escapeControls(text: string, options: { readonly keepLines?: boolean } = {}): string {
  const kept = options.keepLines === true ? text.replace(/\r\n/g, "\n") : text;
  return kept.replace(suspicious, (char) => (char === "\n" && options.keepLines === true ? char : shown(char)));
}

/** Characters that may move the cursor, colour or reorder what is shown. */
export const suspicious: RegExp =
  /[\u0000-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]|[\uDB40][\uDC00-\uDC7F]/g;

function shown(char: string): string {
  if (char === "\t") return "  ";
  if (char === "\n") return "\\n";
  if (char === "\r") return "\\r";
  if (char === "\u001B") return "\\e";
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}

/** One line of foreign text, escaped and cut to a width with an ellipsis. */
export function oneLine(text: string, width = 160): string {
  const line = escapeControls(text.replace(/\s+/g, " ").trim());
  return line.length <= width ? line : `${line.slice(0, Math.max(1, width - 1))}…`;
}

/** What a shell says of a block, with `bash` for the private file the block lay in: `bash: line 3: cd: build: No such file`. */
export function withoutBlockFile(text: string): string {
  return text.replace(blockFile, "bash");
}

const blockFile =
  /^\/.{1,400}\/(?:spool\/(?:[\w%-]{1,200}\.)?[0-9A-Z]{26}\/[0-9A-Z]{26}|iplan-session-\w{6})\/(?:block|statement\.\d{1,6})(?=: )/gm;
