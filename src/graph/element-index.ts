import { type DefinitionKind, type TraceRows, definitionColumn, definitionKind, definitionWidth } from "#model/trace";
import type { ArtifactEntry, DocumentEntry, Found } from "./artifact-entry.ts";
import { type Derivation, type Site, numberAfter } from "./derivations/derivation.ts";
import { derivations } from "./derivations/table.ts";
import type { NodeTable } from "./node-table.ts";

const missing: Found = { nodes: [], derivation: 0 };

/** Why: a word that stands in this many titles tells nothing, and looking at all of them for every name would be quadratic. */
const mostCandidates = 256;

/** Finds elements of artifacts by name: stated ids first, then by the table of derivations. Indexes are made when they are needed. */
export class ElementIndex {
  readonly #nodes: NodeTable;
  readonly #ladders = new Map<ArtifactEntry, Ladder>();

  constructor(nodes: NodeTable) {
    this.#nodes = nodes;
  }

  /** Lets the artifact's elements be indexed anew when they are next asked for. */
  forget(artifact: ArtifactEntry): void {
    artifact.found = undefined;
    this.#ladders.delete(artifact);
  }

  /** The element that was meant by a name. */
  find(artifact: ArtifactEntry, name: string): Found {
    artifact.found ??= this.#index(artifact);
    const node = artifact.elements.get(name);
    if (node !== undefined && this.#nodes.isStated(node)) return { nodes: [node], derivation: 0 };
    let found = artifact.found.get(name);
    if (found === undefined) {
      found = this.#ladder(artifact).climb(name);
      artifact.found.set(name, found);
    }
    return found;
  }

  /** The node of an element's name when a site states it; -1 when it must be looked for. */
  stated(artifact: ArtifactEntry, name: string): number {
    artifact.found ??= this.#index(artifact);
    const node = artifact.elements.get(name);
    return node !== undefined && this.#nodes.isStated(node) ? node : -1;
  }

  /** Sees to it that the artifact's elements have nodes. */
  settle(artifact: ArtifactEntry): void {
    artifact.found ??= this.#index(artifact);
  }

  /** Defines the elements of all holders; the result holds what tags of scenarios name. */
  #index(artifact: ArtifactEntry): Map<string, Found> {
    this.#nodes.clearSites(artifact);
    for (const [holder, document] of artifact.holders.entries()) this.#define(artifact, document, holder);
    const named = new Map<string, Found>();
    for (const document of artifact.holders) this.#nameScenarios(document, named);
    return named;
  }

  #define(artifact: ArtifactEntry, document: DocumentEntry, holder: number): void {
    const { definitions, strings } = document.trace;
    const count = definitions.length / definitionWidth;
    // Why: what is worked out of these rows is kept with them, so that other rows are another array.
    document.nodes = new Int32Array(count);
    const { nodes } = document;
    for (let row = 0; row < count; row++) {
      const at = row * definitionWidth;
      if (definitions[at + definitionColumn.kind] === definitionKind.scenarioTag) continue;
      const name = strings[definitions[at + definitionColumn.element] ?? -1] ?? "";
      nodes[row] = this.#nodes.define(artifact, this.#freeName(artifact, document, holder, row, name), holder, row);
    }
  }

  /** Why: two scenarios of one title are two elements; the second goes by its ordinal. */
  #freeName(artifact: ArtifactEntry, document: DocumentEntry, holder: number, row: number, name: string): string {
    const at = row * definitionWidth;
    if (document.trace.definitions[at + definitionColumn.kind] !== definitionKind.scenario) return name;
    const known = artifact.elements.get(name);
    if (known === undefined || this.#nodes.siteOf(known) === undefined) return name;
    const part = holder === 0 ? "" : `-${holder + 1}`;
    return `${name}#${document.trace.definitions[at + definitionColumn.ordinal]}${part}`;
  }

  #nameScenarios({ trace, nodes }: DocumentEntry, named: Map<string, Found>): void {
    const { definitions, strings } = trace;
    let scenarios: Map<number, number> | undefined;
    for (let row = 0, at = 0; at < definitions.length; row++, at += definitionWidth) {
      if (definitions[at + definitionColumn.kind] !== definitionKind.scenarioTag) continue;
      scenarios ??= scenarioNodes(trace.definitions, nodes);
      const node = scenarios.get(definitions[at + definitionColumn.ordinal] ?? -1) ?? -1;
      nodes[row] = node;
      const name = strings[definitions[at + definitionColumn.element] ?? -1] ?? "";
      const others = named.get(name)?.nodes ?? [];
      if (node >= 0 && !others.includes(node)) named.set(name, { nodes: [...others, node], derivation: 0 });
    }
  }

  #ladder(artifact: ArtifactEntry): Ladder {
    let ladder = this.#ladders.get(artifact);
    if (ladder === undefined) {
      ladder = new Ladder(sitesOf(artifact));
      this.#ladders.set(artifact, ladder);
    }
    return ladder;
  }
}

function scenarioNodes(definitions: TraceRows, nodes: Int32Array): Map<number, number> {
  const scenarios = new Map<number, number>();
  for (let row = 0, at = 0; at < definitions.length; row++, at += definitionWidth) {
    if (definitions[at + definitionColumn.kind] !== definitionKind.scenario) continue;
    scenarios.set(definitions[at + definitionColumn.ordinal] ?? -1, nodes[row] ?? -1);
  }
  return scenarios;
}

/** All sites of an artifact, as derivations see them. */
export function sitesOf(artifact: ArtifactEntry): readonly Site[] {
  return artifact.holders.flatMap(({ trace, nodes }) => {
    const { definitions, strings } = trace;
    const numbers = scenarioNumbers(definitions, strings);
    return Array.from(nodes, (node, row): Site => {
      const at = row * definitionWidth;
      const ordinal = definitions[at + definitionColumn.ordinal] ?? 0;
      return {
        node,
        kind: definitions[at + definitionColumn.kind] as DefinitionKind,
        name: strings[definitions[at + definitionColumn.element] ?? -1] ?? "",
        title: strings[definitions[at + definitionColumn.title] ?? -1] ?? "",
        number: numbers.get(ordinal) ?? String(ordinal),
      };
    });
  });
}

/** Numbers that tags give to scenarios, by ordinal. */
function scenarioNumbers(definitions: TraceRows, strings: readonly string[]): ReadonlyMap<number, string> {
  const numbers = new Map<number, string>();
  for (let at = 0; at < definitions.length; at += definitionWidth) {
    if (definitions[at + definitionColumn.kind] !== definitionKind.scenarioTag) continue;
    const name = strings[definitions[at + definitionColumn.element] ?? -1] ?? "";
    const number = numberAfter(/^scenario[-_]?(.*)$/iu, name);
    if (number !== undefined) numbers.set(definitions[at + definitionColumn.ordinal] ?? -1, number);
  }
  return numbers;
}

/** The derivations over the sites of one artifact; each is indexed when a name first needs it. */
class Ladder {
  readonly #sites: readonly Site[];
  readonly #rungs: (ReadonlyMap<string, readonly Site[]> | undefined)[] = [];

  constructor(sites: readonly Site[]) {
    this.#sites = sites;
  }

  climb(name: string): Found {
    for (const [index, derivation] of derivations.entries()) {
      const key = derivation.key(name);
      const sites = key === undefined ? undefined : this.#rung(index, derivation).get(key);
      if (sites === undefined) continue;
      const nodes = nodesOf(derivation, name, sites);
      if (nodes.length > 0) return { nodes, derivation: index + 1 };
    }
    return missing;
  }

  #rung(index: number, derivation: Derivation): ReadonlyMap<string, readonly Site[]> {
    let rung = this.#rungs[index];
    if (rung === undefined) {
      rung = keyed(derivation, this.#sites);
      this.#rungs[index] = rung;
    }
    return rung;
  }
}

function keyed(derivation: Derivation, sites: readonly Site[]): ReadonlyMap<string, readonly Site[]> {
  const byKey = new Map<string, Site[]>();
  for (const site of sites) {
    if (site.node < 0 || !derivation.kinds.includes(site.kind)) continue;
    for (const key of derivation.keysOf(site)) {
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [site]);
      else known.push(site);
    }
  }
  return byKey;
}

function nodesOf(derivation: Derivation, name: string, sites: readonly Site[]): readonly number[] {
  if (derivation.fits === undefined) return [...new Set(sites.map((site) => site.node))];
  if (sites.length > mostCandidates) return [];
  return [...new Set(sites.filter((site) => derivation.fits?.(name, site) === true).map((site) => site.node))];
}
