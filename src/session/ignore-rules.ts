import type { Files } from "#model/ports";
import { type IgnorePattern, matchesIgnorePattern, parseIgnorePatterns } from "./ignore-pattern.ts";

/** What a walk passes over: the settings' patterns and every `.gitignore` from the repository's root down. */
export interface IgnoreRules {
  /** Takes up the `.gitignore` of a workspace-relative directory. */
  add(directory: string): void;
  /** True when the workspace-relative path is ignored; directories end with `/`. */
  ignores(path: string): boolean;
}

/** Patterns of one place, for paths below `prefix`. */
interface IgnoreLevel {
  /** Directory with `/` at its end; empty for the root of all. */
  readonly prefix: string;
  readonly patterns: readonly IgnorePattern[];
}

/** Larger ignore files are passed over, in bytes. */
const largest = 1024 * 1024;

/** Reads what is above the root, up to the repository's root, and the settings' patterns. */
export function loadIgnoreRules(files: Files, root: string, ignored: readonly string[]): IgnoreRules {
  return new LayeredRules(files, root, ignored);
}

/** Rules by level; the deepest that says anything decides, and what lies in an ignored directory is ignored, as git does it. */
class LayeredRules implements IgnoreRules {
  readonly #files: Files;
  /** Outermost first; the workspace is at or below the first. */
  readonly #levels: IgnoreLevel[] = [];
  readonly #root: string;
  readonly #own: IgnoreLevel;
  readonly #directories = new Map<string, boolean>();

  constructor(files: Files, root: string, ignored: readonly string[]) {
    this.#files = files;
    this.#root = root === "/" ? "" : root;
    this.#own = { prefix: `${this.#root}/`, patterns: parseIgnorePatterns(ignored.join("\n")) };
    for (const directory of directoriesAbove(files, this.#root)) this.#addAt(directory);
  }

  add(directory: string): void {
    this.#addAt(directory === "" ? this.#root : `${this.#root}/${directory}`);
  }

  ignores(path: string): boolean {
    const isDirectory = path.endsWith("/");
    const bare = isDirectory ? path.slice(0, -1) : path;
    const end = bare.lastIndexOf("/");
    if (end > 0 && this.#ignoresDirectory(bare.slice(0, end))) return true;
    return this.#decides(`${this.#root}/${bare}`, isDirectory);
  }

  #ignoresDirectory(path: string): boolean {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const ignored = this.ignores(`${path}/`);
    this.#directories.set(path, ignored);
    return ignored;
  }

  #decides(absolute: string, isDirectory: boolean): boolean {
    if (verdictOf(this.#own, absolute, isDirectory) === "ignored") return true;
    for (let index = this.#levels.length - 1; index >= 0; index--) {
      const level = this.#levels[index];
      const verdict = level === undefined ? undefined : verdictOf(level, absolute, isDirectory);
      if (verdict !== undefined) return verdict === "ignored";
    }
    return false;
  }

  /** Why: a link in the place of an ignore file may lead anywhere; git does not follow it either. */
  #addAt(directory: string): void {
    const path = `${directory}/.gitignore`;
    const stat = this.#files.stat(path);
    if (stat?.kind !== "file" || stat.size > largest) return;
    const bytes = this.#files.read(path);
    if (bytes === undefined) return;
    this.#levels.push({ prefix: `${directory}/`, patterns: parseIgnorePatterns(new TextDecoder().decode(bytes)) });
  }
}

function verdictOf(level: IgnoreLevel, absolute: string, isDirectory: boolean): "ignored" | "kept" | undefined {
  if (level.patterns.length === 0 || !absolute.startsWith(level.prefix)) return undefined;
  const segments = absolute.slice(level.prefix.length).split("/");
  const last = level.patterns.findLast(
    (pattern) => (isDirectory || !pattern.directoriesOnly) && matchesIgnorePattern(pattern, segments),
  );
  return last === undefined ? undefined : last.negated ? "kept" : "ignored";
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
