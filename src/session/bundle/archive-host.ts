import { IplanError } from "#model/errors";
import type { Git, Hash, Host, Shell, Trust } from "#model/ports";
import { archiveFiles, type ArchiveContent, archiveRoot } from "./archive-files.ts";
import { canonical } from "./manifest.ts";

/** A world in which there is nothing but the files of a bundle: no git, no shell that could run, no key, no approval. */
export function archiveHost(host: Host, content: Omit<ArchiveContent, "hash">): Host {
  const { hash } = host;
  return {
    ...host,
    files: archiveFiles({ ...content, hash }),
    hash: { sha256: (bytes) => hash.sha256(bytes), hmacSha256: sealsToldBy(content.files) },
    shell: noShell,
    git: () => noGit,
    trust: () => noTrust,
  };
}

/**
 * Why: a seal of the machine that wrote a journal cannot be made again without its key, which never leaves it. It is looked up in the
 * journals themselves, so that everything else of a chain, order, gaps and heads, is followed as at home. That the lines are those that
 * were written is what the manifest's digests say.
 */
function sealsToldBy(files: ReadonlyMap<string, Uint8Array>): Hash["hmacSha256"] {
  const seals = new Map<string, string>();
  for (const [path, bytes] of files) {
    if (!path.startsWith(".iplan/") || !path.endsWith(".ndjson")) continue;
    for (const line of new TextDecoder().decode(bytes).split("\n")) {
      const event = eventOf(line);
      if (event !== undefined) seals.set(canonical(event.rest), event.hash);
    }
  }
  return (_key, text) => seals.get(text) ?? "";
}

function eventOf(line: string): { readonly rest: object; readonly hash: string } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null || !("hash" in value)) return undefined;
    const { hash, ...rest } = value;
    return typeof hash === "string" ? { rest, hash } : undefined;
  } catch {
    return undefined;
  }
}

const noShell: Shell = {
  open: () =>
    Promise.reject(new IplanError("host/unsupported", "Nothing of a bundle is run.", "Nothing has to be done.")),
  isAlive: () => false,
  self: () => ({ pid: 0, startTime: "" }),
};

const noGit: Git = {
  head: () => undefined,
  isDirty: () => undefined,
  tree: () => undefined,
  branch: () => undefined,
  changes: () => undefined,
  hasTag: () => undefined,
  isTracked: () => undefined,
  history: () => undefined,
  tips: () => undefined,
  worktrees: () => undefined,
  ground: () => undefined,
  distrusted: () => undefined,
  ignored: () => [],
  lastCommit: () => undefined,
  commit: () => Promise.resolve({ failed: "commit was not started: nothing of a bundle is committed", output: "" }),
};

const noTrust: Trust = {
  key: () => "bundle",
  isApproved: () => false,
  approvedCommands: () => new Set(),
  approve: () => undefined,
  stateDirectory: () => `${archiveRoot}/.state`,
};
