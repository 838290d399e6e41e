import type { GitFile, GitTree } from "#model/ports";

/** Asks git a question that only reads; undefined when it fails. `input` goes to its standard input. */
export type AskGit = (args: readonly string[], input?: string) => Buffer | undefined;

/** The files below the directory git is asked in, as they were at a revision. */
export function readGitTree(ask: AskGit, revision: string): GitTree | undefined {
  const named = ask(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  const commit = named?.toString("utf8").trim();
  if (commit === undefined || commit === "") return undefined;
  const listed = ask(["ls-tree", "-r", "-l", "-z", commit]);
  if (listed === undefined) return undefined;
  const entries = listed.toString("utf8").split("\0");
  return {
    commit,
    files: entries.flatMap(readEntry),
    read: (files) =>
      readBlobs(
        ask,
        files.map(({ blob }) => blob),
      ),
  };
}

/** Why: submodules are commits, not files; they are left out. */
function readEntry(line: string): readonly GitFile[] {
  const match = /^(\d{6}) blob ([0-9a-f]{40,64}) +(\d+)\t([^]+)$/.exec(line);
  if (match === null) return [];
  const [, mode = "", blob = "", size = "0", path = ""] = match;
  return [{ path, blob, size: Number(size), kind: mode === "120000" ? "link" : "file", executable: mode === "100755" }];
}

/** Contents by their names in git, in the order they are given; undefined for what git does not have here. */
export function readBlobs(ask: AskGit, blobs: readonly string[]): readonly (Uint8Array | undefined)[] {
  if (blobs.length === 0) return [];
  const answer = ask(["cat-file", "--batch"], blobs.map((blob) => `${blob}\n`).join(""));
  let at = 0;
  return blobs.map(() => {
    if (answer === undefined) return undefined;
    const end = answer.indexOf(10, at);
    if (end < 0) return undefined;
    const head = answer.toString("latin1", at, end);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(head)?.[1];
    at = end + 1;
    if (size === undefined) return undefined;
    const content = answer.subarray(at, at + Number(size));
    at += Number(size) + 1;
    return content;
  });
}
