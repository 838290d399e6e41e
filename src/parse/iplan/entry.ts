import type { Bullet } from "#model/plan";
import type { Span } from "#model/source";
import type { AnyBlock } from "../block.ts";
import { codeOf } from "../code-text.ts";
import type { Passage } from "../passage.ts";
import { bulletsOf, itemPassage, itemsOf } from "./bullet.ts";
import { type BlockGroup, groupsOf } from "./group.ts";
import { readLeadingLabel } from "./label.ts";
import type { PlanReading } from "./reading.ts";

/** A named thing with labelled fields: `**Risk 1: Title**` and its bullets `**Impact**: …`. */
export interface Entry extends Span {
  readonly number?: string;
  readonly name: string;
  /** Words of the heading around it, when that is not its own. */
  readonly heading?: string;
  /** Fields by label in lower case. */
  readonly fields: ReadonlyMap<string, EntryField>;
}

/** A field's text and the bullets below it. */
export interface EntryField {
  readonly text?: Passage;
  readonly bullets: readonly Bullet[];
  /** Texts of the fences below it. */
  readonly code: readonly string[];
}

interface OpenEntry extends Entry {
  end: number;
  readonly fields: Map<string, EntryField>;
}

/** What an entry begins with (`risk`), and which fields it may have. */
export interface EntryForm {
  readonly word: string;
  readonly fields: RegExp;
}

/** The entries among blocks: labels or headings that begin with the form's word and a number, or that stand above its fields. */
export function entriesOf(reading: PlanReading, blocks: readonly AnyBlock[], form: EntryForm): Entry[] {
  const entries: OpenEntry[] = [];
  for (const group of groupsOf(reading, blocks)) {
    const isField = form.fields.test(group.title);
    if (!isField && isEntry(reading, group, form)) entries.push(openEntry(group, form));
    const open = entries.at(-1);
    if (open === undefined || (!isField && open.start !== group.start)) continue;
    if (isField) setField(open, group.title, group.rest, reading, group.blocks);
    readItems(reading, open, group, form);
    open.end = Math.max(open.end, group.blocks.findLast((block) => block.kind !== "table")?.end ?? open.end);
  }
  return entries;
}

function isEntry(reading: PlanReading, group: BlockGroup, form: EntryForm): boolean {
  if (group.title === "") return false;
  if (new RegExp(String.raw`^${form.word}\s*#?\d`, "iu").test(group.title)) return true;
  return itemsOf(group.blocks).some((item) =>
    form.fields.test(readLeadingLabel(itemPassage(reading, item))?.words ?? ""),
  );
}

function openEntry(group: BlockGroup, form: EntryForm): OpenEntry {
  const match = new RegExp(String.raw`^${form.word}\s*#?(\d+(?:\.\d+)*)?\s*[:.)–—-]?\s*(.*)$`, "iu").exec(group.title);
  const number = match?.[1];
  const own = match?.[2] ?? group.title;
  const name = own === "" ? (group.rest?.line ?? group.title) : own;
  const heading = group.heading === undefined || group.heading.startsWith(group.title) ? undefined : group.heading;
  return {
    ...(number === undefined ? {} : { number }),
    name,
    ...(heading === undefined ? {} : { heading }),
    start: group.start,
    end: group.blocks.length === 0 ? group.end : group.start,
    fields: new Map(),
  };
}

function readItems(reading: PlanReading, entry: OpenEntry, group: BlockGroup, form: EntryForm): void {
  for (const item of itemsOf(group.blocks)) {
    const label = readLeadingLabel(reading.visible(itemPassage(reading, item)));
    if (label === undefined || !form.fields.test(label.words)) continue;
    setField(entry, label.words, label.rest.text === "" ? undefined : label.rest, reading, item.children);
  }
}

function setField(
  entry: OpenEntry,
  name: string,
  text: Passage | undefined,
  reading: PlanReading,
  blocks: readonly AnyBlock[],
): void {
  const key = name.toLowerCase();
  if (entry.fields.has(key)) return;
  const bullets = bulletsOf(reading, blocks);
  const code = blocks.flatMap((block) =>
    block.kind === "fence" ? [codeOf(reading.source.text, block).text.trimEnd()] : [],
  );
  entry.fields.set(key, text === undefined ? { bullets, code } : { text, bullets, code });
}

/** The field whose label is of a form. */
export function fieldWhere(entry: Entry, form: RegExp): EntryField | undefined {
  for (const [name, field] of entry.fields) if (form.test(name)) return field;
  return undefined;
}

/** The text of a field, its bullets joined when it has no text of its own. */
export function fieldText(field: EntryField | undefined): string | undefined {
  if (field === undefined) return undefined;
  const text = field.text?.line ?? field.bullets.map((bullet) => bullet.text).join("; ");
  return text === "" ? undefined : text;
}
