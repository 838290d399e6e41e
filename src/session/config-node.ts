import type { Span } from "#model/source";

/** A value of a YAML file with its place. Aliases, tags and anchors are not among them. */
export type ConfigNode = ConfigMap | ConfigList | ConfigScalar;

/** A map; keys in the order they stand. */
export interface ConfigMap extends Span {
  readonly kind: "map";
  readonly entries: readonly ConfigEntry[];
}

/** A key and its value. */
export interface ConfigEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: ConfigNode;
}

/** A list. */
export interface ConfigList extends Span {
  readonly kind: "list";
  readonly items: readonly ConfigNode[];
}

/** A text, number, truth or nothing. */
export interface ConfigScalar extends Span {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}

/** A YAML file that was read, or why it could not be. */
export interface ConfigTree {
  /** Absent for a file that holds nothing, or that is no YAML. */
  readonly root?: ConfigNode;
  readonly problems: readonly TreeProblem[];
}

/** What is wrong with the form of a YAML file, and where; what has the same cause is told once. */
export interface TreeProblem extends Span {
  readonly message: string;
  readonly cause?: string;
}

/** The plain value of a node, as JSON would give it. */
export function plainValue(node: ConfigNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plainValue);
  const result: Record<string, unknown> = {};
  for (const { key, value } of node.entries) {
    Object.defineProperty(result, key, { value: plainValue(value), enumerable: true, configurable: true });
  }
  return result;
}

/** The node at a path such as `plan.fields[status].names[0]`, or the nearest one above it; a bracket holds an index or a name. */
export function nodeAt(root: ConfigNode, path: string): ConfigNode {
  let node = root;
  for (const part of path.split(/[.[\]]+/u).filter((piece) => piece !== "")) {
    const next = childOf(node, part);
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

function childOf(node: ConfigNode, part: string): ConfigNode | undefined {
  if (node.kind === "map") return node.entries.find((entry) => entry.key === part)?.value;
  if (node.kind === "scalar") return undefined;
  return node.items[Number(part)] ?? node.items.find((item) => isNamed(item, part));
}

function isNamed(node: ConfigNode, name: string): boolean {
  if (node.kind !== "map") return false;
  return node.entries.some(({ value }) => value.kind === "scalar" && value.value === name);
}
