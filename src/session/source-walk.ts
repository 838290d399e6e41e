import type { Config } from "#model/config";
import { IplanError } from "#model/errors";
import type { DirectoryEntry, Files } from "#model/ports";
import { isSourceEnding } from "#parse/trace";
import { layerOf } from "#profile/dialect";
import type { Profile } from "#profile/profile";
import { isNamedAsTest } from "#profile/test-name";
import { matchesGlob } from "#rules/glob";
import { type IgnoreRules, loadIgnoreRules } from "./ignore-rules.ts";
import { linkEnd, PassedOverPaths } from "./passed-over.ts";
import { neverEntered } from "./workspace.ts";

/** A source file of the workspace, not yet read. */
export interface SourceFile {
  /** Workspace-relative, with forward slashes. */
  readonly path: string;
  readonly role: "source" | "test";
  /** Type of its layer. */
  readonly type: string;
}

/** Larger source files are made by machines and not read, in bytes. */
export const largestSource: number = 4 * 1024 * 1024;

/**
 * The source files that the settings' `sources` name, of the languages whose comments can be read, sorted by path. Ignored files,
 * links, directories of tools and files above 4 MB are passed over; `passedOver` notes what may be meant of them.
 */
export function walkSources(
  files: Files,
  root: string,
  config: Config,
  profile: Profile,
  passedOver: PassedOverPaths = new PassedOverPaths(),
): readonly SourceFile[] {
  const walk = new SourceWalk({ files, root, passedOver }, config, profile);
  walk.enter("");
  return walk.found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

class SourceWalk {
  readonly found: SourceFile[] = [];
  readonly #files: Files;
  readonly #root: string;
  readonly #profile: Profile;
  readonly #globs: readonly string[];
  /** What of each glob stands before its first wildcard, in whole segments. */
  readonly #bases: readonly string[];
  readonly #rules: IgnoreRules;
  readonly #passedOver: PassedOverPaths;

  constructor(
    { files, root, passedOver }: { readonly files: Files; readonly root: string; readonly passedOver: PassedOverPaths },
    config: Config,
    profile: Profile,
  ) {
    this.#files = files;
    this.#root = root;
    this.#passedOver = passedOver;
    this.#profile = profile;
    this.#globs = config.sources.flatMap(spelledOut);
    this.#bases = this.#globs.map(globBase);
    this.#rules = loadIgnoreRules(files, root, config.ignore);
  }

  enter(directory: string): void {
    const entries = this.#list(directory);
    if (entries.some(({ name, kind }) => name === ".gitignore" && kind === "file")) this.#rules.add(directory);
    for (const { name, kind } of entries) {
      const path = directory === "" ? name : `${directory}/${name}`;
      if (kind === "file") this.#visit(name, path);
      else if (
        kind === "directory" &&
        !neverEntered.has(name) &&
        this.#mayHold(path) &&
        !this.#rules.ignores(`${path}/`)
      ) {
        this.enter(path);
      } else if (kind === "link" && !neverEntered.has(name)) this.#passOver(name, path);
      else if (kind === "other" && this.#isNamed(name, path) && !this.#rules.ignores(path))
        this.#passedOver.add(path, "no-file");
    }
  }

  #passOver(name: string, path: string): void {
    if (!this.#mayHold(path) && !this.#isNamed(name, path)) return;
    const { kind, reason } = linkEnd(this.#files, this.#root, path, "");
    const isMeant = kind === "directory" ? this.#mayHold(path) : this.#isNamed(name, path);
    if (reason !== undefined && isMeant && !this.#rules.ignores(path) && !this.#rules.ignores(`${path}/`))
      this.#passedOver.add(path, reason);
  }

  #isNamed(name: string, path: string): boolean {
    if (!isSourceEnding(name.slice(name.lastIndexOf(".") + 1).toLowerCase())) return false;
    return this.#globs.some((glob) => matchesGlob(glob, path));
  }

  #list(directory: string): readonly DirectoryEntry[] {
    try {
      return this.#files.list(directory === "" ? this.#root : `${this.#root}/${directory}`);
    } catch (error) {
      if (!(error instanceof IplanError)) throw error;
      this.#passedOver.add(directory === "" ? "." : directory, "unreadable");
      return [];
    }
  }

  #mayHold(directory: string): boolean {
    return this.#bases.some(
      (base) => base === "" || `${directory}/`.startsWith(`${base}/`) || `${base}/`.startsWith(`${directory}/`),
    );
  }

  #visit(name: string, path: string): void {
    if (!this.#isNamed(name, path) || this.#rules.ignores(path)) return;
    const stat = this.#files.stat(`${this.#root}/${path}`);
    const size = stat?.size ?? 0;
    if (stat === undefined && name.includes("\uFFFD")) this.#passedOver.add(path, "name");
    else if (size > largestSource) this.#passedOver.add(path, "too-large");
    else this.found.push({ path, ...kindOf(this.#profile, path) });
  }
}

/** Tells tests from other source by their directory or name. */
function kindOf(profile: Profile, path: string): Pick<SourceFile, "role" | "type"> {
  const { source, test } = profile.trace.code;
  const directories = layerOf(profile, test)?.directories ?? [];
  const folders = path.split("/").slice(0, -1);
  const isTest = folders.some((part) => directories.includes(part)) || isNamedAsTest(profile, path);
  return isTest ? { role: "test", type: test } : { role: "source", type: source };
}

/** Why: people name a folder and mean what is below it. */
function spelledOut(glob: string): readonly string[] {
  const plain = glob.replace(/^(?:\.\/)+/u, "");
  return /[*?]/u.test(plain) ? [plain] : [plain, `${plain.replace(/\/+$/u, "")}/**`];
}

/** What of a glob stands before its first wildcard, in whole segments. */
export function globBase(glob: string): string {
  const segments = glob.split("/");
  const wild = segments.findIndex((segment) => /[*?]/u.test(segment));
  return segments.slice(0, wild < 0 ? -1 : wild).join("/");
}
