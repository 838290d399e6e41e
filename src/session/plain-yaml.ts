import type { ConfigEntry, ConfigNode, ConfigTree } from "./config-node.ts";

/** `key: word # remark`, with word and remark left out at will. */
const entryLine = /^([A-Za-z][A-Za-z0-9-]*):(?: +([A-Za-z_][A-Za-z0-9_./-]*))? *(?: #.*)?$/;
/** A word bare, or any plain characters in double quotes. */
const itemLine = /^( +)- +(?:([A-Za-z_][A-Za-z0-9_./-]*)|"([A-Za-z0-9_./*?@!{}, -]+)") *(?: #.*)?$/;
const emptyLine = /^ *(?:#.*)?$/;
/** Words that YAML takes for something else than text. */
const special = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/**
 * Reads a file of settings that holds nothing but keys with plain words and lists of plain or quoted words, as most do; undefined for any other,
 * which is left to the library. Gives exactly what the library gives, in a fraction of the time it takes to load.
 */
export function readPlainYaml(text: string): ConfigTree | undefined {
  if (text.includes("\r") || text.includes("\t") || text.length > 20_000) return undefined;
  const entries: ConfigEntry[] = [];
  let items: { nodes: ConfigNode[]; indent: number } | undefined;
  let offset = 0;
  for (const line of text.split("\n")) {
    const start = offset;
    offset += line.length + 1;
    if (emptyLine.test(line)) continue;
    const entry = entryLine.exec(line);
    if (entry !== null) {
      items = undefined;
      const key = entry[1] ?? "";
      if (entries.some((known) => known.key === key)) return undefined;
      const made = plainEntry(key, entry[2], line, start);
      if (made === undefined) return undefined;
      entries.push(made.entry);
      items = made.items;
      continue;
    }
    const item = itemLine.exec(line);
    const bare = item?.[2] ?? "";
    const word = item?.[3] ?? bare;
    const written = item?.[3] === undefined ? bare : `"${word}"`;
    const indent = item?.[1]?.length ?? 0;
    if (item === null || items === undefined || special.test(bare)) return undefined;
    if (items.nodes.length > 0 && items.indent !== indent) return undefined;
    items.indent = indent;
    const at = start + line.indexOf(written, indent + 1);
    items.nodes.push({ kind: "scalar", value: word, start: at, end: at + written.length });
  }
  return treeOf(entries);
}

function plainEntry(
  key: string,
  word: string | undefined,
  line: string,
  start: number,
): { entry: ConfigEntry; items: { nodes: ConfigNode[]; indent: number } | undefined } | undefined {
  const keySpan = { start, end: start + key.length };
  if (special.test(key)) return undefined;
  if (word !== undefined) {
    if (special.test(word)) return undefined;
    const at = start + line.indexOf(word, key.length + 1);
    return {
      entry: { key, keySpan, value: { kind: "scalar", value: word, start: at, end: at + word.length } },
      items: undefined,
    };
  }
  const nodes: ConfigNode[] = [];
  return {
    entry: { key, keySpan, value: { kind: "list", items: nodes, start: keySpan.end, end: keySpan.end } },
    items: { nodes, indent: 0 },
  };
}

/** Undefined where a key has no value at all: what the library makes of it is for the library to say. */
function treeOf(entries: readonly ConfigEntry[]): ConfigTree | undefined {
  const settled: ConfigEntry[] = [];
  for (const { key, keySpan, value } of entries) {
    if (value.kind !== "list") {
      settled.push({ key, keySpan, value });
      continue;
    }
    const [first] = value.items;
    const last = value.items.at(-1);
    if (first === undefined || last === undefined) return undefined;
    settled.push({ key, keySpan, value: { ...value, start: first.start, end: last.end } });
  }
  const [first] = settled;
  const last = settled.at(-1);
  if (first === undefined || last === undefined) return { problems: [] };
  return { root: { kind: "map", entries: settled, start: first.keySpan.start, end: last.value.end }, problems: [] };
}
