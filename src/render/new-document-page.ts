import { escapeControls } from "./escape.ts";
import type { Paint } from "./paint.ts";

/** A document that was made. */
export interface ShownNewDocument {
  readonly id: string;
  /** Workspace-relative. */
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly notes: readonly string[];
}

/** What was written, what changed with it, and what to do next. */
export function renderNewDocument({ id, created, changed, notes }: ShownNewDocument, paint: Paint): string {
  const lines = [
    ...created.map((path) => `Wrote ${escapeControls(path)}`),
    ...changed.map((path) => `Updated ${escapeControls(path)}`),
    ...notes.map((note) => `${paint.yellow("!")} ${escapeControls(note)}`),
    `Fill in what stands in [brackets], then: iplan check ${id}`,
  ];
  return `${lines.join("\n")}\n`;
}
