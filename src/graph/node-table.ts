import { type DefinitionKind, definitionColumn, definitionKind, definitionWidth } from "#model/trace";
import type { ArtifactEntry, DocumentEntry } from "./artifact-entry.ts";
import { IntList } from "./int-list.ts";
import { repeatingKinds } from "./repeating-sites.ts";

/** How much a site tells of where an element is: the least number is shown as its place. */
const siteRank: Readonly<Record<DefinitionKind, number>> = {
  [definitionKind.heading]: 0,
  [definitionKind.scenario]: 0,
  [definitionKind.yamlId]: 0,
  [definitionKind.label]: 1,
  [definitionKind.phase]: 1,
  [definitionKind.task]: 1,
  [definitionKind.yamlKey]: 2,
  [definitionKind.yamlName]: 2,
  [definitionKind.name]: 2,
  [definitionKind.tableCell]: 3,
  [definitionKind.numberedSection]: 4,
  [definitionKind.topic]: 4,
  [definitionKind.anchor]: 5,
  [definitionKind.scenarioTag]: 6,
};

/** Sites that state an id; all others make a name that is derived. */
const stating: ReadonlySet<number> = new Set([
  definitionKind.heading,
  definitionKind.tableCell,
  definitionKind.label,
  definitionKind.anchor,
  definitionKind.yamlId,
  definitionKind.yamlKey,
  definitionKind.yamlName,
  definitionKind.name,
]);

/** What is known of the sites of an element. */
const siteFlag = { stated: 1, repeating: 2 } as const;

const absent = -1;

/** Artifacts and their elements as numbers that stay the same as long as the graph lives. */
export class NodeTable {
  readonly artifacts: ArtifactEntry[] = [];
  readonly #byId = new Map<string, ArtifactEntry>();
  readonly #artifact: IntList = new IntList(1024);
  readonly #names: string[] = [];
  /** Place among the holders of the artifact; -1 for what is not defined. */
  readonly #holder: IntList = new IntList(1024);
  readonly #row: IntList = new IntList(1024);
  /** Bits of `siteFlag`. */
  readonly #flags: IntList = new IntList(1024);

  /** How many nodes there are, those that are not defined included. */
  get size(): number {
    return this.#names.length;
  }

  /** The entry of an id or path; undefined when nothing holds or names it. */
  artifact(id: string): ArtifactEntry | undefined {
    return this.#byId.get(id);
  }

  /** The entry of an id or path, made when it is new. */
  internArtifact(id: string): ArtifactEntry {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    const number = this.artifacts.length;
    const entry: ArtifactEntry = {
      number,
      id,
      node: this.#add(number, ""),
      holders: [],
      namedBy: [],
      type: -1,
      elements: new Map(),
      definesAgain: false,
      found: undefined,
      whole: [],
    };
    this.artifacts.push(entry);
    this.#byId.set(id, entry);
    return entry;
  }

  artifactOf(node: number): ArtifactEntry {
    const entry = this.artifacts[this.#artifact.at(node)];
    if (entry === undefined) throw new RangeError(`no node ${node}`);
    return entry;
  }

  /** Number of the type of a node's document; -1 for none. */
  typeOf(node: number): number {
    return this.artifactOf(node).type;
  }

  /** Element name of a node; empty for a document as a whole. */
  nameOf(node: number): string {
    return this.#names[node] ?? "";
  }

  /** Id for people and for JSON: `REQ-003`, `REQ-003:AC-001`. */
  idOf(node: number): string {
    const name = this.nameOf(node);
    const { id } = this.artifactOf(node);
    return name === "" ? id : `${id}:${name}`;
  }

  /** True for a document that is there and for an element that a document defines. */
  isDefined(node: number): boolean {
    return this.nameOf(node) === "" ? this.artifactOf(node).holders.length > 0 : this.#holder.at(node) !== absent;
  }

  /** True when a site states the element's name as its id. */
  isStated(node: number): boolean {
    return (this.#flags.at(node) & siteFlag.stated) !== 0;
  }

  /** Document and definition row that show where a node is; no row for a document as a whole. */
  siteOf(node: number): { readonly document: DocumentEntry; readonly row: number } | undefined {
    const { holders, whole } = this.artifactOf(node);
    if (this.nameOf(node) === "") return whole[0] === undefined ? undefined : { document: whole[0], row: absent };
    const document = holders[this.#holder.at(node)];
    return document === undefined ? undefined : { document, row: this.#row.at(node) };
  }

  /** Forgets where the artifact's elements are defined. */
  clearSites(artifact: ArtifactEntry): void {
    artifact.definesAgain = false;
    for (const node of artifact.elements.values()) {
      this.#holder.set(node, absent);
      this.#flags.set(node, 0);
    }
  }

  /** The node of an element's name, with this definition row as one of its sites. */
  define(artifact: ArtifactEntry, name: string, holder: number, row: number): number {
    const node = this.intern(artifact, name);
    const kind = kindAt(artifact, holder, row);
    const flags = this.#flags.at(node);
    const isRepeating = repeatingKinds.has(kind);
    if (isRepeating && (flags & siteFlag.repeating) !== 0) artifact.definesAgain = true;
    this.#flags.set(node, flags | (stating.has(kind) ? siteFlag.stated : 0) | (isRepeating ? siteFlag.repeating : 0));
    const before = this.#holder.at(node);
    if (before === absent || siteRank[kind] < siteRank[kindAt(artifact, before, this.#row.at(node))]) {
      this.#holder.set(node, holder);
      this.#row.set(node, row);
    }
    return node;
  }

  /** The node of an element's name, defined or not. */
  intern(artifact: ArtifactEntry, name: string): number {
    let node = artifact.elements.get(name);
    if (node === undefined) {
      node = this.#add(artifact.number, name);
      artifact.elements.set(name, node);
    }
    return node;
  }

  #add(artifact: number, name: string): number {
    this.#artifact.push(artifact);
    this.#holder.push(absent);
    this.#row.push(absent);
    this.#flags.push(0);
    return this.#names.push(name) - 1;
  }
}

function kindAt(artifact: ArtifactEntry, holder: number, row: number): DefinitionKind {
  const { trace } = artifact.holders[holder] as DocumentEntry;
  return trace.definitions[row * definitionWidth + definitionColumn.kind] as DefinitionKind;
}
