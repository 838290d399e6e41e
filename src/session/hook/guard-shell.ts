import type { ShellCommand, ShellScript, ShellWord, SimpleCommand } from "#model/shell-syntax";
import type { ShellParser } from "#model/ports";
import { everyCommand } from "#plan/shell/every-command";
import { handedScript, inlineCode, invokedBy } from "#plan/shell/handed-script";
import { heredocText } from "#plan/shell/heredoc-text";
import { type Invocation, operands } from "#plan/shell/invocation";
import { classifyDocument } from "../classify.ts";
import { refuseTicks, textAt, unhooked } from "./guard-edit.ts";
import { refuseIplan } from "./guard-iplan.ts";
import type { HookScene } from "./hook-scene.ts";
import { holdsGuard, hookSettings, resolvePath, whyProtected } from "./protected-path.ts";

/** Why: a hook is called before every command, and most have nothing to do with what it guards. */
const worthALook = /iplan|\.receipt\.|\.git\b|settings(?:\.local)?\.json|\.md\b|cd\s/iu;

/** Shells in shells are followed so deep. */
const deepest = 4;

/** Why a shell command of an assistant is refused, with what to do instead; undefined where it may run, as far as its text tells. */
export async function refuseCommand(scene: HookScene, text: string): Promise<string | undefined> {
  if (!worthALook.test(text)) return undefined;
  const parser = await scene.host.shellParser();
  return new ShellGuard(scene, parser).refuse(text, 0);
}

/** Programs that write to the files they are given, and which of those. */
const writers: Readonly<Record<string, (words: readonly ShellWord[]) => readonly ShellWord[]>> = {
  rm: (words) => words,
  unlink: (words) => words,
  shred: (words) => words,
  truncate: (words) => words,
  touch: (words) => words,
  tee: (words) => words,
  chmod: (words) => words.slice(1),
  chown: (words) => words.slice(1),
  mv: (words) => words,
  cp: (words) => words.slice(-1),
  ln: (words) => words.slice(-1),
  install: (words) => words.slice(-1),
  rsync: (words) => words.slice(-1),
  dd: (words) => words,
  sed: (words) => words,
  perl: (words) => words,
  ed: (words) => words,
  ex: (words) => words,
  patch: (words) => words,
};

/** Programs that write only when an option says so. */
const onlyWith: Readonly<Record<string, RegExp>> = {
  sed: /^(?:-[a-zA-Z]*i|--in-place)/u,
  perl: /^-[a-zA-Z0-9]*i/u,
};

/** What code of another language does to write. */
const writesInCode = /write|append|unlink|remove|rename|replace|truncate|copy|rmtree|['"][wa]\+?b?['"]|>/iu;

/** A ticked box or a status of completion, as text that writes one has it. */
const tick = /\[\\?[xX]\\?\]|\[\[:space:\]\]|☑|✅|\bcompleted?\b/iu;

class ShellGuard {
  readonly #scene: HookScene;
  readonly #parser: ShellParser;

  constructor(scene: HookScene, parser: ShellParser) {
    this.#scene = scene;
    this.#parser = parser;
  }

  async refuse(text: string, depth: number): Promise<string | undefined> {
    const commands: ShellCommand[] = [];
    everyCommand(this.#parser.parse(text) as ShellScript, (command) => void commands.push(command));
    let directory = this.#scene.cwd;
    for (const command of commands) {
      const invocation = invokedBy(command);
      if (invocation?.program === "cd") directory = resolvePath(valueOf(invocation.args[0]) ?? ".", directory);
      const found =
        (await this.#refuseTargets(command, invocation, directory, text)) ??
        (invocation === undefined || command.kind !== "simple"
          ? undefined
          : await this.#refuseInvocation(command, invocation, text, depth));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #refuseTargets(
    command: ShellCommand,
    invocation: Invocation | undefined,
    directory: string,
    text: string,
  ): Promise<string | undefined> {
    for (const word of [...redirected(command), ...writtenBy(invocation)]) {
      const raw = valueOf(word) ?? "";
      const path = resolvePath(raw.replace(/^of=/u, ""), directory);
      const why =
        whyProtected(path) ?? whyProtected(raw) ?? (await this.#refuseDocument(path, command, invocation, text));
      if (why !== undefined) return why;
    }
    return undefined;
  }

  /** Why a plan or settings are not written by a command: it would tick by hand, or take the hooks away. */
  async #refuseDocument(
    path: string,
    command: ShellCommand,
    invocation: Invocation | undefined,
    text: string,
  ): Promise<string | undefined> {
    if (hookSettings.test(path)) return holdsGuard(textAt(this.#scene, path) ?? "") ? unhooked(path) : undefined;
    if (!path.startsWith(`${this.#scene.root}/`) || !path.endsWith(".md")) return undefined;
    const relative = path.slice(this.#scene.root.length + 1);
    const settings = await this.#scene.settings();
    const { profile } = settings.profile;
    const { type, template } = classifyDocument(profile, relative);
    if (type !== profile.plan.type || template) return undefined;
    const after = this.#newText(command, invocation, text);
    if (after !== undefined) return refuseTicks(settings, relative, textAt(this.#scene, path), after);
    return tick.test(text)
      ? `Boxes and statuses of ${relative} are set by proof, not by a command: iplan verify ${profile.plan.type}-NNN TASK`
      : undefined;
  }

  /** The whole text a command puts into a file, where it is told: a here-document, or a file that is copied. */
  #newText(command: ShellCommand, invocation: Invocation | undefined, text: string): string | undefined {
    if (invocation?.program === "cp" || invocation?.program === "mv") {
      const source = operands(invocation.args)[0]?.literal;
      return source === undefined ? undefined : textAt(this.#scene, resolvePath(source, this.#scene.cwd));
    }
    const isWhole = command.redirects.some(({ operator, target }) => target !== undefined && /^>\|?$/u.test(operator));
    return isWhole && invocation?.program === "cat" ? heredocText(command, text) : undefined;
  }

  async #refuseInvocation(
    command: SimpleCommand,
    invocation: Invocation,
    text: string,
    depth: number,
  ): Promise<string | undefined> {
    const asked = refuseIplan(command, invocation, text);
    if (asked !== undefined) return asked;
    const bodyOf = (each: ShellCommand): string | undefined => heredocText(each, text);
    const handed = handedScript(command, invocation, bodyOf)?.text;
    if (handed !== undefined && depth < deepest) return this.refuse(handed, depth + 1);
    const code = inlineCode(command, invocation, bodyOf);
    return code === undefined ? undefined : this.#refuseCode(code);
  }

  /** Why: code of another language is not read, but what it names is. */
  #refuseCode(code: string): string | undefined {
    if (!writesInCode.test(code)) return undefined;
    const named = code.match(/[\w./~-]*(?:\.iplan|\.receipt\.ndjson|iplan\/(?:workspaces|leases))[\w./-]*/gu) ?? [];
    for (const path of named) {
      const why = whyProtected(resolvePath(path, this.#scene.cwd));
      if (why !== undefined) return why;
    }
    return /IPLAN[^\n'"]*\.md/u.test(code) && tick.test(code)
      ? "Boxes and statuses of a plan are set by proof, not by code: iplan verify PLAN TASK"
      : undefined;
  }
}

function redirected(command: ShellCommand): readonly ShellWord[] {
  return command.redirects.flatMap(({ operator, target, heredoc }) =>
    heredoc === undefined && /^&?>[>|]?&?$/u.test(operator) && target !== undefined ? [target] : [],
  );
}

function writtenBy(invocation: Invocation | undefined): readonly ShellWord[] {
  const { program = "", args = [], values = [] } = invocation ?? {};
  const written = Object.hasOwn(writers, program) ? writers[program] : undefined;
  const needed = Object.hasOwn(onlyWith, program) ? onlyWith[program] : undefined;
  if (written === undefined || (needed !== undefined && !values.some((value) => needed.test(value)))) return [];
  return written(operands(args));
}

function valueOf(word: ShellWord | undefined): string | undefined {
  return word === undefined ? undefined : (word.literal ?? word.raw.replace(/["']/gu, ""));
}
