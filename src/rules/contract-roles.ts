import type { TraceGraph } from "#graph/graph";
import type { Profile } from "#profile/profile";
import { type DocumentTrace, tagColumn, tagFlag, tagWidth } from "#model/trace";

/** A tag of a contract between two sides, with the side its document takes. */
export interface ContractRole {
  /** `TASKS-001:Name`. */
  readonly contract: string;
  /** Absent where no tag says it. */
  readonly role?: string;
  readonly start: number;
  readonly end: number;
}

/** The tag whose contracts have sides, the tag that names the side, and the sides. */
export interface ContractTags {
  readonly contract: string;
  readonly role: string;
  readonly sides: readonly string[];
}

/** The tags of contracts that a profile knows; undefined when it has none. */
export function contractTags(profile: Profile): ContractTags | undefined {
  const fact = profile.tags.facts.find(({ name }) => name.endsWith("-role"));
  if (fact === undefined) return undefined;
  return { contract: fact.name.slice(0, -"-role".length), role: fact.name, sides: fact.values };
}

const known = new WeakMap<TraceGraph, { version: number; contracts: ReadonlyMap<string, ReadonlySet<string>> }>();

/** The sides that are taken of each contract, in the whole workspace. Worked out once for a state of the graph. */
export function sidesTaken(graph: TraceGraph, names: ContractTags): ReadonlyMap<string, ReadonlySet<string>> {
  const { version } = graph;
  const before = known.get(graph);
  if (before?.version === version) return before.contracts;
  const contracts = new Map<string, Set<string>>();
  for (const path of graph.paths()) {
    const trace = graph.trace(path);
    if (trace === undefined || trace.template) continue;
    for (const { contract, role } of contractRoles(trace, names)) {
      const sides = contracts.get(contract) ?? new Set();
      contracts.set(contract, sides.add(role ?? ""));
    }
  }
  known.set(graph, { version, contracts });
  return contracts;
}

/** Tags of contracts in one document. A role holds for the tags above it up to the role before; a single one holds for all. */
export function contractRoles({ tags, strings }: DocumentTrace, names: ContractTags): readonly ContractRole[] {
  const contractName = strings.indexOf(names.contract);
  const roleName = strings.indexOf(names.role);
  if (contractName < 0) return [];
  const rows: { contract: string; start: number; end: number; role?: string }[] = [];
  const roles: string[] = [];
  let open = 0;
  for (let at = 0; at < tags.length; at += tagWidth) {
    const column = (name: number): number => tags[at + name] ?? -1;
    const text = (name: number): string => strings[column(name)] ?? "";
    if ((column(tagColumn.flags) & tagFlag.live) === 0) continue;
    if (column(tagColumn.type) === contractName && text(tagColumn.element) !== "") {
      const contract = `${text(tagColumn.document)}:${text(tagColumn.element)}`;
      rows.push({ contract, start: column(tagColumn.start), end: column(tagColumn.end) });
    } else if (roleName >= 0 && column(tagColumn.type) === roleName) {
      const role = text(tagColumn.raw);
      roles.push(role);
      for (; open < rows.length; open++) Object.assign(rows[open] ?? {}, { role });
    }
  }
  const [only] = roles;
  return rows.map((row) =>
    row.role === undefined && only !== undefined && roles.length === 1 ? { ...row, role: only } : row,
  );
}
