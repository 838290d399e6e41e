import type { Span } from "#model/source";
import type { ConfigMap, ConfigNode } from "./config-node.ts";

/** Reads values of one form each; a wrong one is reported with its cure and gives undefined. */
export interface ValueReader {
  text(node: ConfigNode, key: string): string | undefined;
  texts(node: ConfigNode, key: string): readonly string[] | undefined;
  /** A directory inside the workspace, without `/` at its end. */
  directory(node: ConfigNode, key: string): string | undefined;
  /** Names of variables. */
  names(node: ConfigNode, key: string): readonly string[] | undefined;
  /** Milliseconds of `90s`, `5m`, `1h` or `500ms`. */
  duration(node: ConfigNode, key: string): number | undefined;
  /** A day, `YYYY-MM-DD`. */
  day(node: ConfigNode, key: string): string | undefined;
  /** A map whose values are among the words; wrong entries are left out. */
  words<Word extends string>(
    node: ConfigNode,
    key: string,
    words: readonly Word[],
  ): Readonly<Record<string, Word>> | undefined;
  map(node: ConfigNode, key: string): ConfigMap | undefined;
  /** A list of what `item` reads; wrong items are left out. */
  list<Item>(
    node: ConfigNode,
    key: string,
    item: (node: ConfigNode, key: string) => Item | undefined,
  ): readonly Item[] | undefined;
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const longest = 7 * 24 * 3_600_000;

/** Milliseconds of a duration such as `90s`, `5m`, `1h`, `500ms`; undefined for anything else, for nothing, and for more than a week. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9})(ms|s|m|h)$/u.exec(text.trim());
  const ms = Number(match?.[1]) * (units[match?.[2] ?? ""] ?? Number.NaN);
  return ms > 0 && ms <= longest ? ms : undefined;
}

/** Makes readers that report to `complain`. */
export function createReaders(complain: (key: string, message: string, range: Span) => void): ValueReader {
  const wrong = (node: ConfigNode, key: string, wanted: string): undefined =>
    complain(key, `\`${key}\` must be ${wanted}.`, node) as undefined;
  const readers: ValueReader = {
    text(node, key) {
      const text = textOf(node);
      return text === undefined || text === "" ? wrong(node, key, "a text") : text;
    },
    texts: (node, key) => readers.list(node, key, (item, itemKey) => readers.text(item, itemKey)),
    directory(node, key) {
      const path = textOf(node)?.replace(/\/+$/u, "");
      return path !== undefined && isInside(path)
        ? path
        : wrong(node, key, "a directory inside the workspace, such as `docs`");
    },
    names: (node, key) =>
      readers.list(node, key, (item, itemKey) => {
        const name = textOf(item) ?? "";
        return /^[A-Za-z_]\w*$/u.test(name) ? name : wrong(item, itemKey, "the name of a variable, such as `API_KEY`");
      }),
    duration: (node, key) =>
      parseDuration(textOf(node) ?? "") ?? wrong(node, key, "a time such as `90s`, `5m` or `1h`, at most a week"),
    day(node, key) {
      const day = textOf(node) ?? "";
      return isDay(day) ? day : wrong(node, key, "a day such as `2026-12-31`");
    },
    words(node, key, words) {
      const result: Record<string, (typeof words)[number]> = {};
      const map = readers.map(node, key);
      for (const entry of map?.entries ?? []) {
        const word = words.find((each) => each === scalarText(entry.value));
        if (word !== undefined) result[entry.key] = word;
        else wrong(entry.value, `${key}.${entry.key}`, `one of ${words.join(", ")}`);
      }
      return map === undefined ? undefined : result;
    },
    map: (node, key) => (node.kind === "map" ? node : wrong(node, key, "a map")),
    list(node, key, item) {
      if (node.kind !== "list") return wrong(node, key, "a list");
      return node.items.flatMap((each, index) => {
        const value = item(each, `${key}[${index}]`);
        return value === undefined ? [] : [value];
      });
    },
  };
  return readers;
}

function textOf(node: ConfigNode): string | undefined {
  return node.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** Why: a bare `off` is a text in YAML 1.2, but `false` where an older tool wrote it. */
function scalarText(node: ConfigNode): string | undefined {
  return node.kind === "scalar" && node.value === false ? "off" : textOf(node);
}

function isInside(path: string): boolean {
  return path !== "" && !path.startsWith("/") && !path.includes("\\") && !path.split("/").includes("..");
}

function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (match === null) return false;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return date.toISOString().startsWith(text);
}
