import { escapeControls } from "./escape.ts";
import type { Paint } from "./paint.ts";

/** The line that says that several files hold an id, and which of them is shown; nothing where one does. */
export function sameIdLine(id: string, shown: string, files: readonly string[] | undefined, paint: Paint): string {
  if (files === undefined) return "";
  const sentence = `${files.length} files hold ${id}; this is ${shown}.`;
  return `  ${paint.yellow("!")} ${escapeControls(sentence)}\n`;
}
