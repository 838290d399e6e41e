/** One artifact of a generated corpus: an element of a document, or the document itself where `name` is empty. */
export interface CorpusArtifact {
  readonly name: string;
  readonly title: string;
  /** Values by tag name, such as `BRD-001:FR-003`. */
  readonly tags: Map<string, string[]>;
  /** Targets that its parents lead to, by tag name: what a corpus without defects has. */
  readonly right: ReadonlyMap<string, readonly string[]>;
}

/** One document of a generated corpus. */
export interface CorpusDocument {
  readonly type: string;
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly artifacts: CorpusArtifact[];
}

/** What is wrong with an artifact on purpose. */
export type DefectKind =
  | "document-missing"
  | "element-missing"
  | "tag-missing"
  | "ancestor-missing"
  | "ancestor-surplus"
  | "ancestor-contradicts"
  | "tag-upward"
  | "element-twice";

/** A defect and where it is. */
export interface Defect {
  readonly kind: DefectKind;
  readonly path: string;
  /** The element that has it; empty for the document. */
  readonly element: string;
  /** The tag it is in; empty for one that is in none. */
  readonly tag: string;
  /** The value that is wrong or that is not there. */
  readonly value: string;
}

/** A corpus and what is to be found in it. */
export interface Corpus {
  readonly documents: readonly CorpusDocument[];
  readonly artifacts: number;
  readonly defects: readonly Defect[];
  /** Elements that must be named by something below and are not: parents are chosen at random, so that some are not chosen. */
  readonly unnamed: readonly UnnamedElement[];
}

/** An element that no later layer names. */
export interface UnnamedElement {
  readonly path: string;
  readonly element: string;
}

/** How a corpus is made. Equal options make equal corpora. */
export interface CorpusOptions {
  readonly artifacts: number;
  readonly seed?: number;
  /** Share of artifacts with a defect; 0.1 when it is left out. */
  readonly defects?: number;
  /** Artifacts of a document; 50 at most when it is left out. */
  readonly most?: number;
}

/** The layers of the default profile, each the parent of the next. */
const chain = ["BRD", "PRD", "EARS", "BDD", "ADR", "SYS", "REQ", "SPEC", "TASKS", "IPLAN", "CODE", "TESTS"] as const;
type ChainType = (typeof chain)[number];

/** Types whose documents are one artifact: what names them names the document. */
const whole: ReadonlySet<string> = new Set(["ADR", "IPLAN", "CODE", "TESTS"]);

/** Requirements of the first layer that one of the second follows from: so many that nine tags are the mean. */
const firstParents = 7;

/** Why: what belongs together was written together: parents lie among the documents written about the same time. */
const spread = 3;

/** Makes a corpus: documents of all layers in equal number, one in twelve a plan, every artifact with the tags of its whole chain. */
export function createCorpus(options: CorpusOptions): Corpus {
  const random = createRandom(options.seed ?? 1);
  const documents = emptyDocuments(options, random);
  const byType = new Map<ChainType, CorpusDocument[]>(chain.map((type) => [type, []]));
  for (const document of documents) byType.get(document.type as ChainType)?.push(document);
  for (const [index, type] of chain.entries()) {
    const parents = byType.get(chain[index - 1] ?? "BRD") ?? [];
    for (const [place, document] of (byType.get(type) ?? []).entries()) {
      fill(document, parents.slice(Math.max(0, place - spread), place + spread + 1), index, random);
    }
  }
  const artifacts = documents.reduce((sum, document) => sum + document.artifacts.length, 0);
  const defects = spoil(documents, byType, options.defects ?? 0.1, random);
  return { documents, artifacts, defects, unnamed: unnamedElements(documents) };
}

/** Numbers from 0 up to 1, the same for the same seed. */
function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

type Random = ReturnType<typeof createRandom>;

/** Documents with the names of their artifacts, until there are enough of these. */
function emptyDocuments({ artifacts, most = 50 }: CorpusOptions, random: Random): CorpusDocument[] {
  const documents: CorpusDocument[] = [];
  let left = artifacts;
  for (let number = 1; left > 0; number++) {
    for (const type of chain) {
      const size = whole.has(type) ? 1 : 1 + random(Math.min(most, Math.max(1, left)));
      left -= size;
      documents.push(emptyDocument(type, number, size));
    }
  }
  return documents;
}

function emptyDocument(type: ChainType, number: number, size: number): CorpusDocument {
  const digits = String(number).padStart(number > 999 ? 4 : 3, "0");
  const id =
    type === "CODE" ? `src/part_${digits}.ts` : type === "TESTS" ? `tests/part_${digits}.test.ts` : `${type}-${digits}`;
  const artifacts = Array.from({ length: size }, (_, index) => ({
    name: whole.has(type) ? "" : elementName(type, index + 1),
    title: `Orders of part ${number} are checked ${index + 1}`,
    tags: new Map<string, string[]>(),
    right: new Map<string, string[]>(),
  }));
  return { type, id, path: pathOf(type, id, digits), title: `Part ${number}`, artifacts };
}

function pathOf(type: ChainType, id: string, digits: string): string {
  if (type === "CODE" || type === "TESTS") return id;
  const ending = type === "BDD" ? "feature" : type === "SPEC" ? "yaml" : "md";
  const stamp = type === "IPLAN" ? `_20260101_${digits.padStart(6, "0")}` : "";
  return `docs/${type}/${id}_part_${Number(digits)}${stamp}.${ending}`;
}

const elementWords: Readonly<Record<string, string>> = {
  BRD: "FR-",
  PRD: "US-",
  EARS: "EVENT-",
  BDD: "SCENARIO-",
  SYS: "FUNC-",
  REQ: "AC-",
  SPEC: "operation_",
  TASKS: "TASK-",
};

function elementName(type: string, index: number): string {
  return `${elementWords[type] ?? "E-"}${String(index).padStart(3, "0")}`;
}

/** What a tag that names the artifact says. */
export function referenceTo(document: CorpusDocument, artifact: CorpusArtifact): string {
  return artifact.name === "" ? document.id : `${document.id}:${artifact.name}`;
}

function fill(document: CorpusDocument, parents: readonly CorpusDocument[], layer: number, random: Random): void {
  if (layer === 0) return;
  const tag = (chain[layer - 1] ?? "").toLowerCase();
  for (const artifact of document.artifacts) {
    const right = artifact.right as Map<string, string[]>;
    for (let count = layer === 1 ? firstParents : 1; count > 0; count--) {
      const parent = parents[random(parents.length)];
      const chosen = parent?.artifacts[random(parent.artifacts.length)];
      if (parent === undefined || chosen === undefined) continue;
      for (const [name, values] of chosen.right) add(right, name, values);
      add(right, tag, [referenceTo(parent, chosen)]);
    }
    for (const [name, values] of right) artifact.tags.set(name, [...values]);
  }
}

function add(tags: Map<string, string[]>, name: string, values: readonly string[]): void {
  const known = tags.get(name) ?? [];
  tags.set(name, [...known, ...values.filter((value) => !known.includes(value))]);
}

/** Layers whose elements have to be named one by one. */
const demanding: ReadonlySet<string> = new Set(["BRD", "PRD", "EARS", "BDD", "SYS"]);

function unnamedElements(documents: readonly CorpusDocument[]): readonly UnnamedElement[] {
  const named = new Set<string>();
  for (const { type, artifacts } of documents) {
    for (const { tags } of artifacts) {
      for (const [tag, values] of tags) {
        const isBelow = chain.indexOf(type as ChainType) > chain.indexOf(tag.toUpperCase() as ChainType);
        if (isBelow) for (const value of values) named.add(value);
      }
    }
  }
  return documents
    .filter(({ type }) => demanding.has(type))
    .flatMap((document) =>
      document.artifacts
        .filter((artifact) => !named.has(referenceTo(document, artifact)))
        .map(({ name }) => ({ path: document.path, element: name })),
    );
}

interface Spoiling {
  readonly document: CorpusDocument;
  readonly artifact: CorpusArtifact;
  readonly byType: ReadonlyMap<ChainType, readonly CorpusDocument[]>;
  readonly random: Random;
}

/** What a spoiler did: the tag and value that are wrong; undefined when it could do nothing there. */
type Spoiler = (spoiling: Spoiling) => { readonly tag: string; readonly value: string } | undefined;

const spoilers: Readonly<Record<DefectKind, Spoiler>> = {
  "document-missing": (spoiling) =>
    replaceCopy(spoiling, (tag) =>
      tag === "code" ? undefined : `${tag.toUpperCase()}-9${100 + spoiling.random(900)}`,
    ),
  "element-missing": (spoiling) =>
    replaceCopy(spoiling, (_, value) =>
      value.includes(":") ? `${value.slice(0, value.indexOf(":"))}:NONE-${spoiling.random(900)}` : undefined,
    ),
  "tag-missing": (spoiling) => {
    const tag = copiedTag(spoiling);
    const values = tag === undefined ? undefined : spoiling.artifact.tags.get(tag);
    if (tag === undefined || values === undefined) return undefined;
    spoiling.artifact.tags.delete(tag);
    return { tag, value: values.join(", ") };
  },
  "ancestor-missing": ({ artifact, document }) => {
    const values = document.type === "PRD" ? undefined : artifact.tags.get("brd");
    const value = values !== undefined && values.length > 1 ? values.pop() : undefined;
    return value === undefined ? undefined : { tag: "brd", value };
  },
  "ancestor-surplus": (spoiling) => {
    const tag = copiedTag(spoiling);
    const value = tag === undefined ? undefined : otherOf(spoiling, tag);
    if (tag === undefined || value === undefined) return undefined;
    spoiling.artifact.tags.get(tag)?.push(value);
    return { tag, value };
  },
  "ancestor-contradicts": (spoiling) => {
    const tag = copiedTag(spoiling);
    const value = tag === undefined ? undefined : otherOf(spoiling, tag);
    if (tag === undefined || value === undefined) return undefined;
    spoiling.artifact.tags.set(tag, [value]);
    return { tag, value };
  },
  "tag-upward": ({ document, artifact, byType, random }) => {
    const next = chain[chain.indexOf(document.type as ChainType) + 1];
    if (next === undefined || next === "CODE" || next === "TESTS") return undefined;
    const below = byType.get(next) ?? [];
    const target = below[random(below.length)];
    const chosen = target?.artifacts[random(target.artifacts.length)];
    if (target === undefined || chosen === undefined) return undefined;
    const value = referenceTo(target, chosen);
    artifact.tags.set(next.toLowerCase(), [value]);
    return { tag: next.toLowerCase(), value };
  },
  "element-twice": ({ document, artifact }) => {
    if (artifact.name === "" || document.type === "BDD" || document.type === "SPEC") return undefined;
    document.artifacts.push({ ...artifact, tags: new Map(), right: new Map() });
    return { tag: "", value: artifact.name };
  },
};

/** Puts a defect into a share of the artifacts, of each kind in turn. */
function spoil(
  documents: readonly CorpusDocument[],
  byType: ReadonlyMap<ChainType, readonly CorpusDocument[]>,
  share: number,
  random: Random,
): readonly Defect[] {
  const kinds = Object.keys(spoilers) as DefectKind[];
  const defects: Defect[] = [];
  for (const document of documents) {
    for (const artifact of document.artifacts.slice()) {
      if (random(1000) >= share * 1000) continue;
      const kind = kinds[defects.length % kinds.length] ?? "tag-missing";
      const others = [kind, ...kinds.filter((other) => other !== kind)];
      for (const one of others) {
        const done = spoilers[one]({ document, artifact, byType, random });
        if (done === undefined) continue;
        defects.push({ kind: one, path: document.path, element: artifact.name, ...done });
        break;
      }
    }
  }
  return defects;
}

/** Why: a tag that names a parent carries the chain below it; a wrong one would have many consequences. */
function copiedTag({ document, artifact, random }: Spoiling): string | undefined {
  const parent = (chain[chain.indexOf(document.type as ChainType) - 1] ?? "").toLowerCase();
  const tags = [...artifact.tags.keys()].filter(
    (tag) => tag !== parent && chain.includes(tag.toUpperCase() as ChainType),
  );
  return tags[random(tags.length)];
}

function replaceCopy(
  spoiling: Spoiling,
  wrong: (tag: string, value: string) => string | undefined,
): { readonly tag: string; readonly value: string } | undefined {
  const tag = copiedTag(spoiling);
  const values = tag === undefined ? undefined : spoiling.artifact.tags.get(tag);
  const value = tag === undefined || values?.[0] === undefined ? undefined : wrong(tag, values[0]);
  if (tag === undefined || values === undefined || value === undefined) return undefined;
  values[0] = value;
  return { tag, value };
}

/** A target of the tag's type that is not among the right ones. */
function otherOf({ artifact, byType, random }: Spoiling, tag: string): string | undefined {
  const documents = byType.get(tag.toUpperCase() as ChainType) ?? [];
  for (let attempt = 0; attempt < 8; attempt++) {
    const document = documents[random(documents.length)];
    const other = document?.artifacts[random(document.artifacts.length)];
    if (document === undefined || other === undefined) continue;
    const value = referenceTo(document, other);
    const right = artifact.right.get(tag) ?? [];
    if (!right.some((one) => one === value || one.startsWith(`${document.id}:`))) return value;
  }
  return undefined;
}
