/** Facts from git. Hooks, fsmonitor and external diff are off. Everything is undefined outside a repository. */
export interface Git {
  head(): string | undefined;
  isDirty(): boolean | undefined;
  /** The files below the directory as they were at a revision; undefined when git knows no such revision. */
  tree(revision: string): GitTree | undefined;
  /** Name of the branch that is checked out; empty when none is. */
  branch(): string | undefined;
  /** Paths that differ from the last commit or are new and not ignored, relative to the root of the workspace. */
  changes(): readonly string[] | undefined;
  hasTag(name: string): boolean | undefined;
  /** True when the path belongs to the repository: it is in the index. */
  isTracked(path: string): boolean | undefined;
  /** Commits at the tips of all branches, local and remote-tracking, and of all worktrees; each once. */
  tips(): readonly string[] | undefined;
  /** The directory that the asked one is in each worktree, absolute; that of the main one first, itself among them. */
  worktrees(): readonly string[] | undefined;
  /** How the files below the directory changed on the branch that is checked out; undefined without a commit. */
  history(): GitHistory | undefined;
  /** What a commit would be made on; undefined outside a repository, or where git refuses to work. */
  ground(): GitGround | undefined;
  /** Path of the repository here that git refuses to read because another user owns it; undefined where it reads it, or there is none. */
  distrusted(): string | undefined;
  /** Those of the paths that git ignores. */
  ignored(paths: readonly string[]): readonly string[];
  /** The last commit that touched one of the paths; undefined when none did. */
  lastCommit(paths: readonly string[]): string | undefined;
  /**
   * Commits the content that these paths have now, and nothing else: what else is staged or changed stays as it is. The user's own
   * settings, filters and hooks hold, because committing is an act of the user.
   */
  commit(request: GitCommit): Promise<GitCommitResult>;
}

/** Changes of files along the first parents of the branch that is checked out: what a merge brought counts as the merge's. */
export interface GitHistory {
  /** True when git has only the last part of the history. */
  readonly shallow: boolean;
  /** The oldest first. */
  readonly changes: readonly GitChange[];
  /** Contents by their names in git, in the order they are given, read in one go. */
  read(blobs: readonly string[]): readonly (Uint8Array | undefined)[];
}

/** A change of one file in one commit. */
export interface GitChange {
  readonly commit: string;
  /** Ordinal of the commit, from 0 for the oldest. */
  readonly order: number;
  /** `YYYY-MM-DD` in UTC. */
  readonly date: string;
  /** Relative to the directory that was asked. */
  readonly path: string;
  /** Name of the new content; absent where the file was removed, and for what is no file. */
  readonly blob?: string;
}

/** Files of one revision. Paths are relative to the directory that was asked, with forward slashes. */
export interface GitTree {
  readonly commit: string;
  readonly files: readonly GitFile[];
  /** Contents of files in the order they are given, read in one go; undefined for what git does not have here. */
  read(files: readonly GitFile[]): readonly (Uint8Array | undefined)[];
}

/** One file of a revision. */
export interface GitFile {
  readonly path: string;
  readonly kind: "file" | "link";
  readonly executable: boolean;
  /** Name of its content in git. */
  readonly blob: string;
  readonly size: number;
}

/** Work of git that has begun and not ended, during which no commit of a plan is made. */
export type UnfinishedWork = "merge" | "rebase" | "cherry-pick" | "revert" | "apply";

/** What a commit would be made on. */
export interface GitGround {
  /** The last commit; absent on a branch without one. */
  readonly head?: string;
  /** Absent when no branch is checked out. */
  readonly branch?: string;
  readonly unfinished?: UnfinishedWork;
  /** Paths of submodules, relative to the root of the workspace. */
  readonly submodules: readonly string[];
}

/** A commit that is to be made. */
export interface GitCommit {
  /** Relative to the root of the workspace; one that is gone is committed as removed. */
  readonly paths: readonly string[];
  readonly message: string;
  readonly signal?: AbortSignal;
  /** Called with what git and its hooks print. */
  readonly onOutput?: (text: string) => void;
}

/** What came of it. After a failure everything is as it was. */
export type GitCommitResult =
  | {
      readonly commit: string;
      /** What the commit holds, which hooks may have added to; relative to the root of the workspace where they lie in it. */
      readonly paths: readonly string[];
      readonly output: string;
    }
  | {
      /** What failed, in words that follow `git`: `commit ended with status 1`. */
      readonly failed: string;
      readonly output: string;
    };
