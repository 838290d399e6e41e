import type { Config } from "#model/config";
import { IplanError } from "#model/errors";
import type { DirectoryEntry, FileStat, Files } from "#model/ports";
import type { Profile } from "#profile/profile";
import { type NamedDocument, classifyDocument } from "./classify.ts";
import { configFileName } from "./config.ts";
import { type IgnoreRules, loadIgnoreRules } from "./ignore-rules.ts";
import { linkEnd, PassedOverPaths } from "./passed-over.ts";

/** A document of the workspace, not yet read. */
export interface WorkspaceDocument extends NamedDocument {
  /** Workspace-relative, with forward slashes. */
  readonly path: string;
  readonly absolutePath: string;
  readonly stat: FileStat;
  /** Larger than `largestDocument`: not to be read. */
  readonly tooLarge: boolean;
}

/** What a walk found. */
export interface WalkedDocuments {
  /** Sorted by path. */
  readonly documents: readonly WorkspaceDocument[];
  /** Workspace-relative directories that could not be read. */
  readonly unreadable: readonly string[];
  /** Links that were not followed, and what has the name of a document and cannot be read. */
  readonly passedOver: PassedOverPaths;
}

/** Documents above this many bytes are not read; a finding says so. */
export const largestDocument: number = 20 * 1024 * 1024;

/** Directories of tools, which no walk enters. */
export const neverEntered: ReadonlySet<string> = new Set([
  ".git",
  ".hg",
  ".svn",
  ".iplan",
  "node_modules",
  "dist",
  "coverage",
  ".venv",
  "__pycache__",
]);

/** The workspace's root: the nearest directory upward with a configuration file, else with `.git`, else the start itself. */
export function findRoot(files: Files, start: string): string {
  return nearest(files, start, configFileName) ?? nearest(files, start, ".git") ?? start;
}

/** True when the root lies in a git repository. */
export function isInRepository(files: Files, root: string): boolean {
  return nearest(files, root, ".git") !== undefined;
}

function nearest(files: Files, start: string, name: string): string | undefined {
  for (let directory = start; ; directory = parentOf(directory)) {
    if (files.stat(join(directory, name)) !== undefined) return directory;
    if (parentOf(directory) === directory) return undefined;
  }
}

/**
 * All documents below the settings' `docs`: files that a type of the profile claims by name. Ignored files, links and
 * directories of tools are passed over, links that may be meant are noted; templates are among them, marked. Nothing is read but names
 * and `.gitignore` files.
 */
export async function walkDocuments(
  files: Files,
  root: string,
  config: Config,
  profile: Profile,
): Promise<WalkedDocuments> {
  const docs = config.docs === "." ? "" : config.docs.replace(/^(?:\.\/)+/u, "").replace(/\/+$/u, "");
  const walk = new DocumentWalk({ files, root, docs }, profile, loadIgnoreRules(files, root, config.ignore));
  if (isInside(files, root, docs)) await walk.enter(docs);
  else if (files.stat(join(root, docs))?.kind === "link") walk.passedOver.add(docs, "outside");
  return {
    documents: walk.found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    unreadable: walk.unreadable.sort(),
    passedOver: walk.passedOver,
  };
}

/** Why: `docs` may be a link, and links out of the workspace are not followed. */
function isInside(files: Files, root: string, directory: string): boolean {
  const real = files.realPath(join(root, directory));
  const realRoot = files.realPath(root);
  return real !== undefined && realRoot !== undefined && `${real}/`.startsWith(realRoot === "/" ? "/" : `${realRoot}/`);
}

/** The document at a path the user named, whatever its name; undefined when there is no such file in the workspace. */
export function namedDocument(
  files: Files,
  root: string,
  profile: Profile,
  path: string,
): WorkspaceDocument | undefined {
  const absolutePath = join(root, path);
  const stat = files.stat(absolutePath);
  if (stat?.kind !== "file") return undefined;
  return { path, ...classifyDocument(profile, path), absolutePath, stat, tooLarge: stat.size > largestDocument };
}

/** One walk, depth first. */
class DocumentWalk {
  readonly found: WorkspaceDocument[] = [];
  readonly unreadable: string[] = [];
  readonly passedOver = new PassedOverPaths();
  readonly #files: Files;
  readonly #root: string;
  readonly #docs: string;
  readonly #profile: Profile;
  readonly #extensions: ReadonlySet<string>;
  readonly #rules: IgnoreRules;

  constructor(
    { files, root, docs }: { readonly files: Files; readonly root: string; readonly docs: string },
    profile: Profile,
    rules: IgnoreRules,
  ) {
    this.#files = files;
    this.#root = root;
    this.#docs = docs;
    this.#profile = profile;
    this.#rules = rules;
    this.#extensions = new Set(profile.layers.flatMap((layer) => layer.extensions));
  }

  async enter(directory: string): Promise<void> {
    const entries = this.#list(directory);
    if (entries.some((entry) => entry.name === ".gitignore" && entry.kind === "file")) this.#rules.add(directory);
    for (const { name, kind } of entries) {
      const path = directory === "" ? name : `${directory}/${name}`;
      if (kind === "file") this.#visit(name, path);
      else if (kind === "directory" && !neverEntered.has(name) && !this.#rules.ignores(`${path}/`)) {
        await this.enter(path);
      } else if (kind === "link" && !neverEntered.has(name)) this.#passOver(name, path);
      else if (kind === "other" && this.#isDocument(name, path)) this.passedOver.add(path, "no-file");
    }
  }

  #isDocument(name: string, path: string): boolean {
    if (!this.#extensions.has(endingOf(name)) || this.#rules.ignores(path)) return false;
    return classifyDocument(this.#profile, path).type !== undefined;
  }

  /** Why: a link to a picture is none of this program's business, and one to what is read anyway has nothing to tell. */
  #passOver(name: string, path: string): void {
    const isDocument = this.#extensions.has(endingOf(name)) && classifyDocument(this.#profile, path).type !== undefined;
    const { kind, reason } = linkEnd(this.#files, this.#root, path, this.#docs);
    const isMeant = isDocument || kind === "directory" || (kind === "nothing" && endingOf(name) === "");
    if (reason === undefined || !isMeant || this.#rules.ignores(path) || this.#rules.ignores(`${path}/`)) return;
    this.passedOver.add(path, reason);
  }

  #list(directory: string): readonly DirectoryEntry[] {
    try {
      return this.#files.list(join(this.#root, directory));
    } catch (error) {
      if (!(error instanceof IplanError)) throw error;
      this.unreadable.push(directory === "" ? "." : directory);
      return [];
    }
  }

  #visit(name: string, path: string): void {
    if (!this.#extensions.has(endingOf(name))) return;
    const document = classifyDocument(this.#profile, path);
    if (document.type === undefined || this.#rules.ignores(path)) return;
    const absolutePath = join(this.#root, path);
    const stat = this.#files.stat(absolutePath);
    if (stat === undefined) {
      // Why: the system's bytes of such a name are not those of the text we have of it, so that nothing is found there.
      if (name.includes("\uFFFD")) this.passedOver.add(path, "name");
      return;
    }
    // Why: an object that begins with a spread gets a shape of its own, and is slow to read ever after.
    this.found.push({ path, ...document, absolutePath, stat, tooLarge: stat.size > largestDocument });
  }
}

/** The ending of a file's name with its dot, in lower case; empty when it has none. */
function endingOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? "" : name.slice(dot).toLowerCase();
}

function parentOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end <= 0 ? "/" : path.slice(0, end);
}

function join(directory: string, name: string): string {
  if (name === "") return directory;
  return directory.endsWith("/") ? directory + name : `${directory}/${name}`;
}
