/** What a TOML file says, as far as names of tables, texts and lists of texts go. */
export interface TomlFacts {
  /** Texts by table and key: `project.requires-python`. */
  readonly texts: ReadonlyMap<string, string>;
  /** Lists of texts by table and key. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly tables: ReadonlySet<string>;
}

/** Reads the lines of a TOML file that tell names and versions; everything else is passed over. Linear, takes any text. */
export function readTomlLines(text: string): TomlFacts {
  const reader = new TomlReader();
  for (const line of text.split("\n")) reader.line(line.trim());
  return reader;
}

const quoted = /"([^"\\\n]*)"|'([^'\n]*)'/gu;

class TomlReader implements TomlFacts {
  readonly texts = new Map<string, string>();
  readonly lists = new Map<string, string[]>();
  readonly tables = new Set<string>();
  #table = "";
  /** Key of a list that goes on over lines. */
  #open: string | undefined;

  line(line: string): void {
    if (this.#open !== undefined) return this.#list(this.#open, line);
    const table = /^\[\[?([^\][]{1,200})\]\]?[ \t]*(?:#.*)?$/u.exec(line)?.[1];
    if (table !== undefined) {
      this.#table = table.replace(/["' ]/gu, "");
      this.tables.add(this.#table);
      return;
    }
    const [, key, value] = /^["']?([\w.-]{1,100})["']?[ \t]*=[ \t]*(\S.*)$/u.exec(line) ?? [];
    if (key === undefined || value === undefined) return;
    const name = this.#table === "" ? key : `${this.#table}.${key}`;
    if (value.startsWith("[")) return this.#list(name, value.slice(1));
    const text = /^(?:"([^"\\]*)"|'([^']*)')/u.exec(value);
    const version = text === null ? /\bversion[ \t]*=[ \t]*"([^"]*)"/u.exec(value)?.[1] : (text[1] ?? text[2]);
    this.texts.set(name, version ?? "");
  }

  #list(name: string, line: string): void {
    const known = this.lists.get(name) ?? [];
    known.push(...[...line.matchAll(quoted)].map((match) => match[1] ?? match[2] ?? ""));
    this.lists.set(name, known);
    const rest = line.replace(quoted, "").replace(/#.*$/u, "");
    this.#open = rest.includes("]") ? undefined : name;
  }
}
