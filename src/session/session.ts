import { type Config, defaultConfig } from "#model/config";
import { IplanError } from "#model/errors";
import type { Files, FileStat, Host } from "#model/ports";
import { createSource, createSourceOfText, type Source } from "#model/source";
import type { Profile } from "#profile/profile";
import { configFileName, type ReadConfig, readConfig } from "./config.ts";
import type { PassedOverPaths } from "./passed-over.ts";
import { type LoadedProfile, loadProfile } from "./profile-source.ts";
import { SourceShelf } from "./source-shelf.ts";
import { writingTime } from "./times.ts";
import { findRoot, largestDocument, walkDocuments, type WorkspaceDocument } from "./workspace.ts";

/** An open workspace: everything a command needs to know, read at most once. */
export interface Session {
  readonly host: Host;
  /** Absolute path without a slash at its end. */
  readonly root: string;
  /** Where the command was started, absolute. */
  readonly cwd: string;
  readonly config: Config;
  readonly profile: Profile;
  /** What is wrong with the configuration; it never keeps a workspace from opening. */
  readonly settings: Settings;
  /** All documents of the workspace, templates included, sorted by path. */
  documents(): readonly WorkspaceDocument[];
  /** Workspace-relative directories that could not be read. */
  readonly unreadable: readonly string[];
  /** What walks passed over although it may be meant; source is walked when its tags are read. */
  readonly passedOver: PassedOverPaths;
  /** A document's source by workspace-relative path; undefined when it is missing. Throws `host/unreadable` for one that is too large. */
  source(path: string): Source | undefined;
  /** Forgets the source of one document, or of all, so that it is read again. */
  forget(path?: string): void;
}

/** The configuration as it was found. */
export interface Settings {
  /** Absent when there is no configuration file. */
  readonly file?: Source;
  readonly read: ReadConfig;
  readonly profile: LoadedProfile;
}

/** Opens the workspace a directory lies in. */
export async function openSession(host: Host, cwd: string): Promise<Session> {
  const root = findRoot(host.files, absolute(host, cwd));
  const settings = await readSettings(host, root);
  const { config } = settings.read;
  const { profile } = settings.profile;
  const walked = await walkDocuments(host.files, root, config, profile);
  const shelf = new SourceShelf((path) => readWithinLimit(host, root, path));
  return {
    host,
    root,
    cwd: absolute(host, cwd),
    config,
    profile,
    settings,
    documents: () => walked.documents,
    unreadable: walked.unreadable,
    passedOver: walked.passedOver,
    source: (path) => shelf.source(path),
    forget: (path) => shelf.forget(path),
  };
}

/** A file as a source; undefined when it is missing. */
export function readDocument(files: Files, root: string, path: string): Source | undefined {
  const read = files.readText(`${root}/${path}`);
  if (read !== undefined) return createSourceOfText(path, read);
  const bytes = files.read(`${root}/${path}`);
  return bytes === undefined ? undefined : createSource(path, bytes);
}

/** A larger file of settings is not read, in bytes. */
const largestSettings = 1024 * 1024;

/** The directory below which documents are looked for, absolute. */
export function docsPath({ root, config }: Session): string {
  return config.docs === "." ? root : `${root}/${config.docs.replace(/^(?:\.\/)+/u, "")}`;
}

/** The configuration and profile of a workspace, without looking for its documents. */
export async function readSettings(host: Host, root: string): Promise<Settings> {
  const stat = host.files.stat(`${root}/${configFileName}`);
  const unfit = stat === undefined ? undefined : whyUnfit(stat);
  if (unfit !== undefined) return unfitSettings(host, root, unfit);
  const bytes = host.files.read(`${root}/${configFileName}`);
  if (bytes === undefined) {
    return {
      read: { config: defaultConfig, problems: [] },
      profile: await loadProfile(host.files, root, defaultConfig),
    };
  }
  const file = createSource(configFileName, bytes);
  const read = await readConfig(file.text, writingTime(host.clock).date);
  return { file, read, profile: await loadProfile(host.files, root, read.config) };
}

/** Why: it came with the repository, and what stands in its place may lead anywhere or never end. */
function whyUnfit({ kind, size }: FileStat): string | undefined {
  if (kind === "link") return "is a link, which is not followed: put the file itself there.";
  if (kind !== "file") return "is no file: put a file there, or remove it.";
  return size > largestSettings ? "is too large for a file of settings: keep it under one megabyte." : undefined;
}

async function unfitSettings(host: Host, root: string, message: string): Promise<Settings> {
  const problem = {
    kind: "bad-value",
    key: "",
    message: `The configuration ${message}`,
    range: { start: 0, end: 0 },
  } as const;
  return {
    file: createSource(configFileName, new Uint8Array()),
    read: { config: defaultConfig, problems: [problem] },
    profile: await loadProfile(host.files, root, defaultConfig),
  };
}

/** Why: the size is told by the file that is read; only where that gives no text it is asked for. */
function readWithinLimit(host: Host, root: string, path: string): Source | undefined {
  const read = host.files.readText(`${root}/${path}`, largestDocument);
  if (read !== undefined) return createSourceOfText(path, read);
  refuseTooLarge(host, root, path);
  return readDocument(host.files, root, path);
}

function refuseTooLarge(host: Host, root: string, path: string): void {
  const stat = host.files.stat(`${root}/${path}`);
  const real = stat?.kind === "link" ? host.files.realPath(`${root}/${path}`) : undefined;
  const size = (real === undefined ? stat : host.files.stat(real))?.size ?? 0;
  if (size <= largestDocument) return;
  throw new IplanError(
    "host/unreadable",
    `${path} has ${Math.round(size / 1_048_576)} MB; documents above ${largestDocument / 1_048_576} MB are not read.`,
    "Split it, or let `ignore` in iplan.config.yaml pass it over.",
  );
}

/** Why: `--cwd` may name a directory that is not there; everything after it would speak of an empty workspace. */
function absolute(host: Host, cwd: string): string {
  const real = host.files.realPath(cwd);
  if (real !== undefined && host.files.stat(real)?.kind === "directory") return real;
  throw new IplanError("usage/arguments", `${cwd} is not a directory.`, "Give --cwd a directory that exists.");
}
