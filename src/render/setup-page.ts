import { createSource } from "#model/source";
import { renderEditDiff } from "./edit-diff.ts";
import { oneLine } from "./escape.ts";
import { columns, foldedColumns } from "./layout.ts";
import type { Paint } from "./paint.ts";

/** One file of a setup, as the page shows it. */
export interface ShownChange {
  readonly path: string;
  readonly what: string;
  readonly state: "create" | "update" | "remove" | "unchanged" | "kept" | "failed";
  readonly note?: string;
  readonly before?: Uint8Array;
  readonly after?: Uint8Array;
}

/** What the page is about. */
export interface ShownSetup {
  readonly root: string;
  readonly why: string;
  /** What was found, by name. */
  readonly facts: readonly (readonly [string, string])[];
  readonly changes: readonly ShownChange[];
  readonly mode: "written" | "planned" | "declined";
  readonly removes: boolean;
  /** What to do now, one line each. */
  readonly next: readonly string[];
}

const signs: Readonly<Record<ShownChange["state"], string>> = {
  create: "+",
  update: "~",
  remove: "-",
  unchanged: "·",
  kept: "!",
  failed: "✗",
};

/** The page of `init`: what was found, each file with its sign, and what to do now. */
export function setupPage(setup: ShownSetup, paint: Paint, width: number): string {
  const head = `${paint.bold("workspace")}  ${oneLine(setup.root, 200)} ${paint.dim(`(${setup.why})`)}\n`;
  const facts = setup.removes
    ? ""
    : columns(
        setup.facts.map(([name, value]) => [name, oneLine(value, 120)]),
        "  ",
      );
  const next = setup.next.map((line) => `  ${oneLine(line, 300)}\n`).join("");
  return [
    `${head}${facts}`,
    changeRows(setup.changes, paint, width),
    `${summary(setup)}\n`,
    ...(next === "" ? [] : [`${paint.bold("next")}\n${next}`]),
  ].join("\n");
}

/** Each file with its sign, what it is for, and why it stays as it is. */
export function changeRows(changes: readonly ShownChange[], paint: Paint, width: number): string {
  const tone: Readonly<Record<ShownChange["state"], (text: string) => string>> = {
    create: paint.green,
    update: paint.green,
    remove: paint.green,
    unchanged: paint.dim,
    kept: paint.yellow,
    failed: paint.red,
  };
  const rows = changes.map(({ state, path, what, note }) => [
    tone[state](signs[state]),
    oneLine(path, 60),
    oneLine(note === undefined ? what : `${what}: ${note}`, 300),
  ]);
  return foldedColumns(rows, "", width);
}

function summary({ changes, mode, removes }: ShownSetup): string {
  const count = changes.filter(({ state }) => state === "create" || state === "update" || state === "remove").length;
  if (count === 0) return removes ? "There is nothing to take away." : "Everything is there; nothing was changed.";
  const files = count === 1 ? "1 file" : `${count} files`;
  if (mode === "declined") return "Nothing was written.";
  if (mode === "planned") return `${files} would change; nothing was written.`;
  return removes ? `${files} taken back.` : `${files} written.`;
}

/** What would be written, as unified diffs. */
export function setupDiff(changes: readonly ShownChange[], paint: Paint): string {
  return changes
    .filter(({ before, after, state }) => state !== "unchanged" && (before !== undefined || after !== undefined))
    .map(({ path, before, after }) => {
      const source = createSource(path, before ?? new Uint8Array());
      const text = createSource(path, after ?? new Uint8Array()).text;
      return renderEditDiff(source, [{ start: 0, end: source.text.length, text }], paint);
    })
    .join("");
}
