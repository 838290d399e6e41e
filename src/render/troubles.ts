import { escapeControls } from "./escape.ts";
import { fold } from "./layout.ts";
import type { Paint } from "./paint.ts";

/** An entry of a plan's Troubleshooting that fits a failure, as pages need it. */
export interface ShownTrouble {
  readonly step: string;
  readonly title: string;
  readonly symptom: string;
  readonly solution?: string;
  readonly line: number;
}

/** What the plan itself says of a failure, with the way out it names; empty where it says nothing. */
export function renderTroubles(troubles: readonly ShownTrouble[], paint: Paint, width: number): string {
  if (troubles.length === 0) return "";
  const entries = troubles.map(
    (trouble) =>
      labelled(`step ${trouble.step}, line ${trouble.line}`, trouble.title, width) +
      labelled("  symptom", trouble.symptom, width) +
      (trouble.solution === undefined ? "" : labelled("  solution", trouble.solution, width)),
  );
  return `\n${paint.bold("the plan's Troubleshooting knows this")} ${paint.dim("(text of the document; nothing of it was run)")}\n${entries.join("")}`;
}

function labelled(label: string, text: string, width: number): string {
  const indent = label.startsWith(" ") ? "    " : "  ";
  const lines = `${label.trim()}: ${text.trim()}`
    .split("\n")
    .flatMap((line) => fold(escapeControls(line.replace(/[ \r\t]+/g, " ")), Math.max(24, width - indent.length - 2)));
  return lines.map((part, index) => `${indent}${index === 0 ? "" : "  "}${part}\n`).join("");
}
