import { IplanError } from "#model/errors";
import type { Files, FileStat, Host } from "#model/ports";
import { grainMs } from "./trace-cache.ts";

/** A question that was asked of the files: what kind, and of which path. */
export type Question = string;

/** What a command learned of the outside world. */
export interface Observation {
  /** The same world; what is asked of its files is noted. */
  readonly host: Host;
  /** Every question with its answer, contents by size, time and inode; undefined when something else was looked at, or is too young. */
  settled(): ReadonlyMap<Question, string> | undefined;
  /** True when all questions have the same answers now. */
  holds(answers: Iterable<readonly [Question, string]>): boolean;
}

/**
 * Watches what a command looks at. What it computes from nothing but files follows from the answers it got, so that the same answers
 * have the same result. The folder `unseen` is not watched: nothing that is kept there may change a result.
 */
export function observe(host: Host, unseen: (path: string) => boolean): Observation {
  const watch = new Watch(host.files, unseen);
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
    holds: (answers) => watch.holds(answers),
  };
}

/** The questions of one command and their first answers. */
class Watch {
  readonly answers = new Map<Question, string>();
  /** Something else than files was looked at, or a file changed meanwhile. */
  sawMore = false;
  /** When the youngest file that was looked at was changed, in milliseconds. */
  youngest = Number.NEGATIVE_INFINITY;
  readonly #files: Files;
  readonly #unseen: (path: string) => boolean;

  constructor(files: Files, unseen: (path: string) => boolean) {
    this.#files = files;
    this.#unseen = unseen;
  }

  note(kind: QuestionKind, path: string, answer: string): void {
    if (this.#unseen(path)) return;
    const question = `${kind} ${path}`;
    const before = this.answers.get(question);
    if (before === undefined) this.answers.set(question, answer);
    else if (before !== answer) this.sawMore = true;
  }

  /** Notes a path's facts, and its age. */
  noteStat(path: string, stat: FileStat | undefined): void {
    this.note("stat", path, stampOf(stat));
    if (stat?.kind === "file" && !this.#unseen(path)) this.youngest = Math.max(this.youngest, stat.mtimeMs);
  }

  /** Why: facts from before the reading, so that a change while reading is a change. */
  noteContent(path: string): void {
    if (this.#unseen(path)) return;
    if (!this.answers.has(`stat ${path}`)) this.noteStat(path, this.#files.stat(path));
    if (this.answers.get(`stat ${path}`)?.startsWith("link") === true) this.sawMore = true;
  }

  holds(answers: Iterable<readonly [Question, string]>): boolean {
    for (const [question, answer] of answers) {
      if ((this.answers.get(question) ?? this.#ask(question)) !== answer) return false;
    }
    return true;
  }

  #ask(question: Question): string | undefined {
    const blank = question.indexOf(" ");
    const kind = question.slice(0, blank);
    return isKind(kind) ? asked[kind](this.#files, question.slice(blank + 1)) : undefined;
  }
}

const asked = {
  stat: (files: Files, path: string): string => stampOf(files.stat(path)),
  list: (files: Files, path: string): string => listed(() => files.list(path)),
  real: (files: Files, path: string): string => files.realPath(path) ?? "",
  "read?": (files: Files, path: string): string => String(files.allows(path, "read")),
  "write?": (files: Files, path: string): string => String(files.allows(path, "write")),
} satisfies Record<string, (files: Files, path: string) => string>;

type QuestionKind = keyof typeof asked;

function isKind(word: string): word is QuestionKind {
  return Object.hasOwn(asked, word);
}

/** Why: a folder's own facts change with what the tool itself keeps in it; what matters of its entries is asked for. */
function stampOf(stat: FileStat | undefined): string {
  if (stat === undefined) return "none";
  if (stat.kind === "directory") return stat.kind;
  return `${stat.kind} ${stat.size} ${stat.mtimeMs} ${stat.inode} ${stat.executable === true}`;
}

function listed(list: () => ReturnType<Files["list"]>): string {
  try {
    return entriesOf(list());
  } catch (error) {
    if (error instanceof IplanError) return `! ${error.code}`;
    throw error;
  }
}

function entriesOf(entries: ReturnType<Files["list"]>): string {
  return entries.map(({ name, kind }) => `${kind}/${name}`).join("/");
}

function watchedFiles(files: Files, watch: Watch): Files {
  const reading = <Answer>(path: string, read: () => Answer): Answer => {
    watch.noteContent(path);
    return failing(watch, read);
  };
  return {
    writeAtomic: (path, bytes, mode) => files.writeAtomic(path, bytes, mode),
    createExclusive: (path, bytes, mode) => files.createExclusive(path, bytes, mode),
    remove: (path) => files.remove(path),
    rename: (from, to) => files.rename(from, to),
    makeDirectory: (path, mode) => files.makeDirectory(path, mode),
    openAppend: (path, mode) => files.openAppend(path, mode),
    read: (path) => reading(path, () => files.read(path)),
    readText: (path) => reading(path, () => files.readText(path)),
    readSlice: (path, offset, length) => reading(path, () => files.readSlice(path, offset, length)),
    readBinary: (path, offset, length) => reading(path, () => files.readBinary(path, offset, length)),
    digest: (path) => reading(path, () => files.digest(path)),
    stat: (path) => {
      const stat = failing(watch, () => files.stat(path));
      watch.noteStat(path, stat);
      return stat;
    },
    list: (path) => {
      const entries = failing(watch, () => files.list(path));
      watch.note("list", path, entriesOf(entries));
      return entries;
    },
    realPath: (path) => {
      const real = failing(watch, () => files.realPath(path));
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

/** Why: what could not be looked at is no answer that could be compared. */
function failing<Answer>(watch: Watch, look: () => Answer): Answer {
  try {
    return look();
  } catch (error) {
    watch.sawMore = true;
    throw error;
  }
}
