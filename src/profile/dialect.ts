import { normalWords } from "./normal-words.ts";
import { type Pattern, compilePattern } from "./pattern.ts";
import type { ControlField, PlanSection } from "./plan-words.ts";
import type {
  FieldProfile,
  LabelMeaning,
  LayerProfile,
  PhaseMeaning,
  Profile,
  StatusMeaning,
  StatusWords,
} from "./profile.ts";

/** A document id taken apart. */
export interface DocumentId {
  readonly id: string;
  readonly type: string;
  /** The number as written. */
  readonly digits: string;
  readonly number: number;
  /** Place in a group: `02` of `REQ-042-02`. */
  readonly member?: string;
}

/** An id that names a document and an element in one word. */
export interface ElementId {
  readonly document: DocumentId;
  readonly element: string;
}

interface Dialect {
  readonly layers: ReadonlyMap<string, LayerProfile>;
  readonly tags: ReadonlyMap<string, LayerProfile>;
  readonly documents: readonly Pattern[];
  readonly elements: readonly Pattern[];
  readonly files: ReadonlyMap<string, readonly Pattern[]>;
  readonly sections: ReadonlyMap<string, PlanSection>;
  readonly fields: ReadonlyMap<string, ControlField>;
  readonly statuses: ReadonlyMap<string, StatusMeaning>;
  readonly phaseStatuses: ReadonlyMap<string, PhaseMeaning>;
  readonly labels: ReadonlyMap<string, LabelMeaning>;
}

const dialects = new WeakMap<Profile, Dialect>();

/** The layer of a type word. */
export function layerOf(profile: Profile, type: string): LayerProfile | undefined {
  return dialectOf(profile).layers.get(type);
}

/** The layer that a tag name (without `@`, aliases understood) speaks of. */
export function layerOfTag(profile: Profile, name: string): LayerProfile | undefined {
  return dialectOf(profile).tags.get(name);
}

/** Reads a document id; undefined when the text is not one of a known type. */
export function parseDocumentId(profile: Profile, text: string): DocumentId | undefined {
  const dialect = dialectOf(profile);
  for (const pattern of dialect.documents) {
    const captures = pattern.match(text);
    const type = captures?.["TYPE"];
    if (captures === undefined || type === undefined || !dialect.layers.has(type)) continue;
    return documentId(text, type, captures["NNN"] ?? captures["NN"] ?? captures["digits"] ?? "", captures["YY"]);
  }
  return undefined;
}

/** Reads an element id that names its document, such as `BRD.01.01.30`; undefined in dialects without such ids. */
export function parseElementId(profile: Profile, text: string): ElementId | undefined {
  const dialect = dialectOf(profile);
  for (const pattern of dialect.elements) {
    const captures = pattern.match(text);
    const type = captures?.["TYPE"];
    const digits = captures?.["NN"] ?? captures?.["NNN"];
    if (type === undefined || digits === undefined || !dialect.layers.has(type)) continue;
    return { document: documentId(`${type}-${digits}`, type, digits, undefined), element: text };
  }
  return undefined;
}

/** True when the number is reserved: an index, a matrix, a glossary or a template, never an artifact. */
export function isReserved(profile: Profile, id: DocumentId): boolean {
  return id.number === profile.ids.reserved;
}

/** True when the file name is as one of the type's patterns wants it. */
export function isWellNamed(profile: Profile, type: string, fileName: string): boolean {
  return (dialectOf(profile).files.get(type) ?? []).some((pattern) => pattern.match(fileName) !== undefined);
}

/** The plan section a heading opens. */
export function sectionOf(profile: Profile, heading: string): PlanSection | undefined {
  return dialectOf(profile).sections.get(normalWords(heading));
}

/** The control field a table's key cell names. */
export function fieldOf(profile: Profile, name: string): ControlField | undefined {
  return dialectOf(profile).fields.get(normalWords(name));
}

/** The facts of a control field. */
export function fieldProfile(profile: Profile, key: ControlField): FieldProfile | undefined {
  return profile.plan.fields.find((field) => field.key === key);
}

/** What a document's status means; glyphs around the word and remarks after it are passed over. */
export function statusOf(profile: Profile, text: string): StatusMeaning | undefined {
  return lookUp(dialectOf(profile).statuses, text);
}

/** What a phase's status means; glyphs around the word and remarks after it are passed over. */
export function phaseStatusOf(profile: Profile, text: string): PhaseMeaning | undefined {
  return lookUp(dialectOf(profile).phaseStatuses, text);
}

const canonical: Readonly<Record<LabelMeaning, string>> = {
  outcome: "Expected outcome",
  verification: "Verification",
  example: "Example",
  reference: "Alternatively",
  handoff: "Manually",
  deliverables: "Deliverables",
  verify: "Verify",
};

/** A label in the words that readers know: those of the profile are put into English, all others stay as written. */
export function labelWords(profile: Profile, label: string): string {
  const meaning = dialectOf(profile).labels.get(normalWords(label));
  return meaning === undefined ? label : canonical[meaning];
}

/** The word the tool writes for a document's status. */
export function statusWord(profile: Profile, meaning: StatusMeaning): string {
  return profile.plan.statuses.find((status) => status.means === meaning)?.words[0] ?? meaning;
}

/** The word the tool writes for a phase's status. */
export function phaseStatusWord(profile: Profile, meaning: PhaseMeaning): string {
  return profile.plan.phaseStatuses.find((status) => status.means === meaning)?.words[0] ?? meaning;
}

function documentId(id: string, type: string, digits: string, member: string | undefined): DocumentId {
  const whole = { id, type, digits, number: Number(digits) };
  return member === undefined ? whole : { ...whole, member };
}

/** Why: a wounded glyph before the word (`‚úÖ Completed`) is made of letters, so the words after the first blank get a second look. */
function lookUp<Meaning>(words: ReadonlyMap<string, Meaning>, text: string): Meaning | undefined {
  const trimmed = text.trim();
  const blank = trimmed.search(/\s/u);
  return words.get(normalWords(trimmed)) ?? (blank < 0 ? undefined : words.get(normalWords(trimmed.slice(blank))));
}

function dialectOf(profile: Profile): Dialect {
  let dialect = dialects.get(profile);
  if (dialect === undefined) {
    dialect = compileDialect(profile);
    dialects.set(profile, dialect);
  }
  return dialect;
}

function compileDialect(profile: Profile): Dialect {
  return {
    layers: new Map(profile.layers.map((layer) => [layer.type, layer])),
    tags: tagNames(profile),
    documents: profile.ids.documents.map((source) => compilePattern(source)),
    elements: profile.ids.elements.map((source) => compilePattern(source)),
    files: new Map(
      profile.layers.map((layer) => [
        layer.type,
        layer.files.map((file) => compilePattern(file, { TYPE: layer.type })),
      ]),
    ),
    sections: new Map(
      profile.plan.sections.flatMap(({ key, titles }) => titles.map((title) => [normalWords(title), key] as const)),
    ),
    fields: new Map(
      profile.plan.fields.flatMap(({ key, names }) => names.map((name) => [normalWords(name), key] as const)),
    ),
    statuses: wordsOf(profile.plan.statuses),
    phaseStatuses: wordsOf(profile.plan.phaseStatuses),
    labels: wordsOf(profile.plan.labels),
  };
}

function tagNames(profile: Profile): ReadonlyMap<string, LayerProfile> {
  const names = new Map<string, LayerProfile>();
  for (const layer of profile.layers) if (layer.tag !== undefined) names.set(layer.tag, layer);
  for (const alias of profile.tags.aliases) {
    const layer = names.get(alias.means);
    if (layer !== undefined) names.set(alias.name, layer);
  }
  return names;
}

function wordsOf<Meaning extends string>(statuses: readonly StatusWords<Meaning>[]): ReadonlyMap<string, Meaning> {
  return new Map(statuses.flatMap(({ means, words }) => words.map((word) => [normalWords(word), means] as const)));
}
