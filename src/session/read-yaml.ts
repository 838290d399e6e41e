import type { Span } from "#model/source";
import type { Node, Pair, YAMLMap, YAMLSeq } from "yaml";
import type { ConfigEntry, ConfigNode, ConfigTree, TreeProblem } from "./config-node.ts";
import { readPlainYaml } from "./plain-yaml.ts";

type Yaml = typeof import("yaml");
type Complain = (span: Span, message: string, cause?: string) => void;

const largest = 1_000_000;
const deepest = 40;

/** Reads a YAML file into nodes with places. Never throws; aliases are refused, so that no file grows when it is read. */
export async function readYaml(text: string): Promise<ConfigTree> {
  const { problems, complain } = collectProblems();
  if (text.length > largest) {
    complain({ start: 0, end: 0 }, "is too large for a file of settings: keep it under one million characters.");
    return { problems };
  }
  // Why: the library takes longer to load than most commands take, and few files of settings need it.
  const plain = readPlainYaml(text);
  if (plain !== undefined) return plain;
  return readWithLibrary(text);
}

/** Reads any YAML file of settings with the library. */
export async function readWithLibrary(text: string): Promise<ConfigTree> {
  const { problems, complain } = collectProblems();
  const yaml = await import("yaml");
  const document = yaml.parseDocument(text, { uniqueKeys: true, logLevel: "silent", prettyErrors: false });
  for (const { pos, message } of document.errors) complain({ start: pos[0], end: pos[1] }, `is not YAML: ${message}.`);
  if (problems.length > 0 || document.contents === null) return { problems };
  const root = new NodeReader(yaml, complain).read(document.contents as Node, 0);
  return { root, problems };
}

function collectProblems(): { readonly problems: TreeProblem[]; readonly complain: Complain } {
  const problems: TreeProblem[] = [];
  return {
    problems,
    complain: ({ start, end }, message, cause) =>
      problems.push({ start, end, message, ...(cause === undefined ? {} : { cause }) }),
  };
}

/** Turns the library's nodes into ours. */
class NodeReader {
  readonly #yaml: Yaml;
  readonly #complain: Complain;

  constructor(yaml: Yaml, complain: Complain) {
    this.#yaml = yaml;
    this.#complain = complain;
  }

  read(node: Node, depth: number): ConfigNode {
    const span = spanOf(node);
    if (depth > deepest) return this.#refuse(span, "is nested too deep: keep settings flat.");
    if (this.#yaml.isMap(node)) return { kind: "map", ...span, entries: this.#entries(node, depth) };
    if (this.#yaml.isSeq(node)) return { kind: "list", ...span, items: this.#items(node, depth) };
    if (this.#yaml.isScalar(node) && isPlain(node.value)) return { kind: "scalar", ...span, value: node.value };
    const kind = this.#yaml.isAlias(node) ? "has aliases, which are not followed" : "has values of an unknown kind";
    return this.#refuse(span, `${kind}: write each value itself.`, kind);
  }

  #items(node: YAMLSeq, depth: number): readonly ConfigNode[] {
    return node.items.map((item) => this.read(item as Node, depth + 1));
  }

  #entries(node: YAMLMap, depth: number): readonly ConfigEntry[] {
    return node.items.flatMap((pair) => this.#entry(pair as Pair<Node, Node | null>, spanOf(node), depth));
  }

  #entry(pair: Pair<Node, Node | null>, within: Span, depth: number): readonly ConfigEntry[] {
    const keySpan = spanOf(pair.key);
    if (!this.#yaml.isScalar(pair.key)) {
      this.#complain(within, "has a key that is no text: write a plain key.");
      return [];
    }
    const value = pair.value === null ? nothing(keySpan.end) : this.read(pair.value, depth + 1);
    return [{ key: String(pair.key.value), keySpan, value }];
  }

  #refuse(span: Span, message: string, cause?: string): ConfigNode {
    this.#complain(span, message, cause);
    return { kind: "scalar", ...span, value: null };
  }
}

function nothing(at: number): ConfigNode {
  return { kind: "scalar", start: at, end: at, value: null };
}

function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
