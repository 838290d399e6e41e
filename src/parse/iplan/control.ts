import type { Control, Field } from "#model/plan";
import { fieldOf, parseDocumentId, statusOf } from "#profile/dialect";
import type { ControlField } from "#profile/plan-words";
import type { Profile } from "#profile/profile";
import type { AnyBlock } from "../block.ts";
import type { Passage } from "../passage.ts";
import { plainWords } from "../plain-words.ts";
import { parseEffort } from "./effort.ts";
import { labelledParts } from "./group.ts";
import type { PlanReading } from "./reading.ts";
import { parseComplexity, parseScore } from "./score.ts";
import { type Table, tablesOf, unwrapped } from "./table.ts";
import { parseWrittenTime } from "./written-time.ts";

type Reader<Value> = (profile: Profile, text: string) => Value | undefined;

const semver = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/u;

/** How the value of each field is read. */
const readers: { readonly [Key in ControlField]: Reader<NonNullable<NonNullable<Control[Key]>["value"]>> } = {
  id: (profile, text) => parseDocumentId(profile, text)?.id,
  status: statusOf,
  version: (_profile, text) => (semver.test(text) ? text : undefined),
  created: (_profile, text) => parseWrittenTime(text),
  lastUpdated: (_profile, text) => parseWrittenTime(text),
  author: (_profile, text) => (text === "" || /^\[[^\]]*\]$/u.test(text) ? undefined : text),
  estimatedEffort: (_profile, text) => parseEffort(text),
  actualEffort: (_profile, text) => parseEffort(text),
  complexity: ({ plan }, text) => parseComplexity(text, plan.complexity.least, plan.complexity.greatest),
  parentTasks: idsIn,
  relatedArtifacts: idsIn,
  readyScore: (_profile, text) => parseScore(text),
};

/** The Document Control table: that of its section, else the first table that names its fields, else `**Field**: value` lines under the title. */
export function readControl(reading: PlanReading): Control | undefined {
  const section = reading.section("document-control");
  const table =
    tablesOf(reading, reading.blocksOf(section))[0] ??
    tablesOf(reading, opening(reading)).find((found) => isControl(reading, found));
  if (table !== undefined) return fromPairs(reading, table.block, tablePairs(reading, table));
  return fromLines(reading, section === undefined ? opening(reading) : reading.blocksOf(section));
}

/** The blocks before the second heading. */
function opening(reading: PlanReading): readonly AnyBlock[] {
  const second = reading.document.sections[1];
  return reading.document.top.slice(0, second === undefined ? undefined : second.first - 1);
}

function isControl(reading: PlanReading, table: Table): boolean {
  return table.rows.filter((row) => row.cells[0] && isField(reading, row.cells[0])).length >= 2;
}

function isField(reading: PlanReading, name: Passage): boolean {
  return fieldOf(reading.profile, plainWords(name.line)) !== undefined;
}

interface Pair {
  readonly name: Passage;
  readonly value: Passage;
}

function tablePairs(reading: PlanReading, table: Table): Pair[] {
  const header = table.header?.cells[0];
  const rows =
    table.header !== undefined && header !== undefined && isField(reading, header)
      ? [table.header, ...table.rows]
      : table.rows;
  return rows.flatMap(({ cells: [name, value] }) =>
    name === undefined || value === undefined ? [] : [{ name: unwrapped(name), value: unwrapped(value) }],
  );
}

function fromLines(reading: PlanReading, blocks: readonly AnyBlock[]): Control | undefined {
  for (const block of blocks) {
    if (block.kind !== "paragraph") continue;
    const pairs = labelledParts(reading.visible(reading.passageOf(block))).map(({ label }) => ({
      name: label.name,
      value: unwrapped(label.rest),
    }));
    if (pairs.some(({ name }) => isField(reading, name))) return fromPairs(reading, block, pairs);
  }
  return undefined;
}

function fromPairs(reading: PlanReading, block: AnyBlock, pairs: readonly Pair[]): Control {
  const fields: Partial<Record<ControlField, Field<unknown>>> = {};
  const others: { name: Pair["name"]["textAt"]; value: Pair["value"]["textAt"] }[] = [];
  for (const { name, value } of pairs) {
    const key = fieldOf(reading.profile, plainWords(name.line));
    if (key === undefined || fields[key] !== undefined) others.push({ name: name.textAt, value: value.textAt });
    else fields[key] = readField(reading.profile, key, value);
  }
  return { range: reading.range(block), ...(fields as Partial<Control>), others };
}

function readField(profile: Profile, key: ControlField, value: Passage): Field<unknown> {
  const found = readers[key](profile, plainWords(value.line));
  const field = { raw: value.raw, range: value.range };
  return found === undefined ? field : { ...field, value: found };
}

/** The document ids a text lists, in order; undefined when it has none. */
function idsIn(profile: Profile, text: string): readonly string[] | undefined {
  const ids = text
    .split(/[\s,;()[\]]+/u)
    .flatMap((word) => parseDocumentId(profile, word.replace(/[.:]+$/u, ""))?.id ?? []);
  return ids.length === 0 ? undefined : [...new Set(ids)];
}
