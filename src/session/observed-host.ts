import { IplanError } from "#model/errors";
import type { Files, FileStat, Host } from "#model/ports";
import {
  type Answers,
  changedAt,
  entriesOf,
  type OtherKind,
  othersHold,
  questionOf,
  refusal,
  sameFacts,
} from "./answers.ts";
import { grainMs } from "./trace-cache.ts";

/** What a command learned of the outside world. */
export interface Observation {
  /** The same world; what is asked of its files is noted. */
  readonly host: Host;
  /** What was asked and answered; undefined when something else was looked at, or is too young. */
  settled(): Answers | undefined;
  /**
   * Paths of files that are others now than when they were looked at, or were too young then to tell, absolute; undefined when anything
   * else changed, or more than files was looked at.
   */
  changed(): readonly string[] | undefined;
  /** Forgets what paths were, so that they are looked at anew. */
  forget(paths: readonly string[]): void;
}

/**
 * Watches what a command looks at. What it computes from nothing but files follows from the answers it got, so that the same answers
 * have the same result. The folder `unseen` is not watched: nothing that is kept there may change a result.
 */
export function observe(host: Host, unseen: (path: string) => boolean): Observation {
  const watch = new Watch(host, unseen);
  const past = <Part>(part: Part): Part => {
    watch.sawMore = true;
    return part;
  };
  return {
    host: {
      ...host,
      files: watchedFiles(host.files, watch),
      git: (root) => past(host.git(root)),
      trust: (root) => {
        const trust = host.trust(root);
        return {
          key: (options) => trust.key(options),
          isApproved: (...asked) => past(trust).isApproved(...asked),
          approvedCommands: (plan) => past(trust).approvedCommands(plan),
          approve: (...given) => past(trust).approve(...given),
          stateDirectory: () => past(trust).stateDirectory(),
        };
      },
      get shell() {
        return past(host.shell);
      },
      get sign() {
        return past(host.sign);
      },
      get machine() {
        return past(host.machine);
      },
      get ids() {
        return past(host.ids);
      },
      get log() {
        return past(host.log);
      },
    },
    settled: () => (watch.sawMore || watch.youngest + grainMs >= host.clock.now() ? undefined : watch.answers),
    changed: () => watch.changed(),
    forget: (paths) => watch.forget(paths),
  };
}

/** The questions of one command and their first answers. */
class Watch {
  readonly #stats = new Map<string, FileStat | undefined>();
  readonly #others = new Map<string, string>();
  readonly answers: Answers = { stats: this.#stats, others: this.#others };
  /** Something else than files was looked at, or a file changed meanwhile. */
  sawMore = false;
  /** When the youngest file that was looked at was changed, in milliseconds. */
  youngest = Number.NEGATIVE_INFINITY;
  /** Files that changed so shortly before they were looked at that another change may leave the same facts. */
  readonly #young = new Set<string>();
  readonly #files: Files;
  readonly #clock: Host["clock"];
  readonly #unseen: (path: string) => boolean;
  /** When looking began, in milliseconds. */
  #began: number;

  constructor({ files, clock }: Pick<Host, "files" | "clock">, unseen: (path: string) => boolean) {
    this.#files = files;
    this.#clock = clock;
    this.#unseen = unseen;
    this.#began = clock.now();
  }

  changed(): readonly string[] | undefined {
    if (this.sawMore || !othersHold(this.#files, this.answers)) return undefined;
    const changed: string[] = [];
    for (const [path, stat] of this.#stats) {
      const now = statOrNothing(this.#files, path);
      if (now === "refused") return undefined;
      if (this.#young.has(path) || !sameFacts(stat, now)) changed.push(path);
    }
    return changed;
  }

  forget(paths: readonly string[]): void {
    this.#began = this.#clock.now();
    for (const path of paths) {
      this.#stats.delete(path);
      this.#young.delete(path);
    }
  }

  note(kind: OtherKind, path: string, answer: string): void {
    if (!this.#unseen(path)) this.#noteOther(questionOf(kind, path), answer);
  }

  /** Notes a path's facts, and its age. */
  noteStat(path: string, stat: FileStat | undefined): void {
    if (this.#unseen(path)) return;
    this.#noteFacts(path, stat);
    if (stat?.kind !== "file") return;
    const changed = changedAt(stat);
    this.youngest = Math.max(this.youngest, changed);
    if (changed + grainMs >= this.#began) this.#young.add(path);
  }

  /** Why: facts from before the reading, so that a change while reading is a change. */
  noteContent(path: string): void {
    if (this.#unseen(path)) return;
    if (!this.#stats.has(path)) this.noteStat(path, this.#files.stat(path));
    if (this.#stats.get(path)?.kind === "link") this.sawMore = true;
  }

  #noteFacts(path: string, stat: FileStat | undefined): void {
    if (!this.#stats.has(path)) this.#stats.set(path, stat);
    else if (!sameFacts(this.#stats.get(path), stat)) this.sawMore = true;
  }

  #noteOther(question: string, answer: string): void {
    const before = this.#others.get(question);
    if (before === undefined) this.#others.set(question, answer);
    else if (before !== answer) this.sawMore = true;
  }
}

function statOrNothing(files: Files, path: string): FileStat | undefined | "refused" {
  try {
    return files.stat(path);
  } catch (error) {
    if (error instanceof IplanError) return "refused";
    throw error;
  }
}

function watchedFiles(files: Files, watch: Watch): Files {
  const reading = <Answer>(path: string, read: () => Answer): Answer => {
    watch.noteContent(path);
    return failing(watch, read);
  };
  return {
    writeAtomic: (path, bytes, mode, until) => files.writeAtomic(path, bytes, mode, until),
    createExclusive: (path, bytes, mode) => files.createExclusive(path, bytes, mode),
    remove: (path) => files.remove(path),
    rename: (from, to) => files.rename(from, to),
    makeDirectory: (path, mode) => files.makeDirectory(path, mode),
    openAppend: (path, mode) => files.openAppend(path, mode),
    read: (path) => reading(path, () => files.read(path)),
    readText: (path, most) => reading(path, () => files.readText(path, most)),
    readSlice: (path, offset, length) => reading(path, () => files.readSlice(path, offset, length)),
    readBinary: (path, offset, length) => reading(path, () => files.readBinary(path, offset, length)),
    digest: (path) => reading(path, () => files.digest(path)),
    stat: (path) => {
      const stat = failing(watch, () => files.stat(path));
      watch.noteStat(path, stat);
      return stat;
    },
    list: (path) => {
      const entries = refusing(watch, "list", path, () => files.list(path));
      watch.note("list", path, entriesOf(entries));
      return entries;
    },
    realPath: (path) => {
      const real = refusing(watch, "real", path, () => files.realPath(path));
      watch.note("real", path, real ?? "");
      return real;
    },
    allows: (path, access) => {
      const allowed = files.allows(path, access);
      watch.note(`${access}?`, path, String(allowed));
      return allowed;
    },
  };
}

/** Why: that a folder may not be read, or a link leads to itself, is an answer that can be asked for again. */
function refusing<Answer>(watch: Watch, kind: OtherKind, path: string, look: () => Answer): Answer {
  try {
    return look();
  } catch (error) {
    if (error instanceof IplanError) watch.note(kind, path, refusal(error));
    else watch.sawMore = true;
    throw error;
  }
}

/** Why: what could not be looked at is no answer that could be compared. */
function failing<Answer>(watch: Watch, look: () => Answer): Answer {
  try {
    return look();
  } catch (error) {
    watch.sawMore = true;
    throw error;
  }
}
