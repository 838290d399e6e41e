import type { Files } from "#model/ports";
import type { Ignore } from "ignore";

/** What a walk passes over: the settings' patterns and every `.gitignore` from the repository's root down. */
export interface IgnoreRules {
  /** Takes up the `.gitignore` of a workspace-relative directory. */
  add(directory: string): Promise<void>;
  /** True when the workspace-relative path is ignored; directories end with `/`. */
  ignores(path: string): boolean;
}

/** Patterns of one place, for paths below `prefix`. */
interface IgnoreLevel {
  /** Directory with `/` at its end, in the repository's terms; empty for the root. */
  readonly prefix: string;
  readonly patterns: Ignore;
}

/** Reads what is above the root, up to the repository's root, and the settings' patterns. */
export async function loadIgnoreRules(files: Files, root: string, ignored: readonly string[]): Promise<IgnoreRules> {
  const rules = new LayeredRules(files, root);
  await rules.start(ignored);
  return rules;
}

/** Rules by level; the deepest that says anything decides, as git does it. */
class LayeredRules implements IgnoreRules {
  readonly #files: Files;
  /** Absolute directories, outermost first, that hold rules; the workspace is at or below the first. */
  readonly #levels: IgnoreLevel[] = [];
  readonly #root: string;
  #own: Ignore | undefined;

  constructor(files: Files, root: string) {
    this.#files = files;
    this.#root = root === "/" ? "" : root;
  }

  async start(ignored: readonly string[]): Promise<void> {
    if (ignored.length > 0) this.#own = (await createIgnore()).add([...ignored]);
    for (const directory of directoriesAbove(this.#files, this.#root)) await this.#addAt(directory);
  }

  async add(directory: string): Promise<void> {
    await this.#addAt(directory === "" ? this.#root : `${this.#root}/${directory}`);
  }

  ignores(path: string): boolean {
    if (this.#own?.ignores(path) === true) return true;
    const absolute = `${this.#root}/${path}`;
    for (let index = this.#levels.length - 1; index >= 0; index--) {
      const level = this.#levels[index];
      if (level === undefined || !absolute.startsWith(level.prefix)) continue;
      const result = level.patterns.test(absolute.slice(level.prefix.length));
      if (result.ignored) return true;
      if (result.unignored) return false;
    }
    return false;
  }

  async #addAt(directory: string): Promise<void> {
    const bytes = this.#files.read(`${directory}/.gitignore`);
    if (bytes === undefined) return;
    const patterns = (await createIgnore()).add(new TextDecoder().decode(bytes));
    this.#levels.push({ prefix: `${directory}/`, patterns });
  }
}

/** Directories above the root up to the one that holds `.git`, outermost first; none outside a repository. */
function directoriesAbove(files: Files, root: string): readonly string[] {
  const above: string[] = [];
  for (let directory = root; ; ) {
    if (files.stat(`${directory}/.git`) !== undefined) return above.reverse();
    if (directory === "") return [];
    directory = directory.slice(0, directory.lastIndexOf("/"));
    above.push(directory);
  }
}

// Why: most walks meet no pattern, and the library need not be loaded for them.
async function createIgnore(): Promise<Ignore> {
  const { default: create } = await import("ignore");
  return create();
}
