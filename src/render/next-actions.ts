import { escapeControls, oneLine } from "./escape.ts";
import type { Paint } from "./paint.ts";

/** What a plan says comes after it, with the command that starts it as a plan of its own. */
export interface ShownAction {
  readonly text: string;
  readonly command: string;
}

/** What comes after a plan; empty when it says nothing. */
export function nextActionsText(actions: readonly ShownAction[], paint: Paint, width: number): string {
  if (actions.length === 0) return "";
  const lines = actions.map(
    ({ text, command }) =>
      `    ${oneLine(text, Math.max(30, width - 4))}\n      ${paint.cyan(escapeControls(command))}\n`,
  );
  return `\n  what the plan says comes next, each to be started as a plan of its own:\n${lines.join("")}`;
}
