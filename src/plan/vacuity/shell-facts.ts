import type { ShellCommand } from "#model/shell-syntax";
import type { Presence } from "#model/understanding";
import { WrittenFiles } from "./written-files.ts";

/** How often something goes round that a list decides: surely, surely not, or nobody can tell from the text. */
export interface Rounds {
  readonly some: "yes" | "no" | "unknown";
  /** It is so only if these are there. */
  readonly presences: readonly Presence[];
}

/** A function as the shell knows it, with the text its spans point into. */
export interface KnownFunction {
  readonly body: ShellCommand;
  readonly text: string;
}

/** What a shell knows when a block begins, as far as the blocks before it tell. */
export interface ShellFacts {
  readonly functions: ReadonlyMap<string, KnownFunction>;
  /** Names that stand for other texts: aliases, and commands that `hash -p` points elsewhere. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Variables with the number of words they hold. */
  readonly lists: ReadonlyMap<string, Rounds>;
  /** Variables with a text that stands in the plan. */
  readonly texts: ReadonlyMap<string, string>;
  /** Files by their path below the folder the plan starts in. */
  readonly files: WrittenFiles;
  /** Folders that stand on PATH before the machine's own. */
  readonly searchPath: readonly string[];
  /** A file was sourced: commands nobody knows may be functions. */
  readonly sourced: boolean;
  /** Where the shell stands, below the folder the plan starts in; undefined when nobody can tell. */
  readonly directory: string | undefined;
  /** Where it stands, below the folder the block starts in; undefined when nobody can tell. */
  readonly moved: string | undefined;
  /** Tests were edited or removed by the verification that is judged. */
  readonly tampered: boolean;
}

/** What a fresh shell knows. */
export const noFacts: ShellFacts = {
  functions: new Map(),
  aliases: new Map(),
  lists: new Map(),
  texts: new Map(),
  files: WrittenFiles.none,
  searchPath: [],
  sourced: false,
  directory: "",
  moved: "",
  tampered: false,
};

/** A path that is the same from the folder the plan starts in: no part of it begins with a sign. */
const plainPath = /^\w[\w.-]*(?:\/\w[\w.-]*)*$/;

/**
 * The path of a file as seen from the folder the plan starts in. A path that begins with `/`, `~` or a variable stands for itself.
 * Undefined when nobody can tell.
 */
export function pathBelow(directory: string | undefined, path: string): string | undefined {
  if (directory === "" && plainPath.test(path)) return path;
  const own = path.replace(/^(?:\$PWD|\$\{PWD\}|\$\(pwd\))\//, "");
  if (/^[/~$]/.test(own)) return own;
  if (directory === undefined || /[$`]/.test(own)) return undefined;
  const root = directory.startsWith("/") ? "/" : "";
  const parts: string[] = [];
  for (const part of `${directory}/${own}`.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return root + parts.join("/");
}
