import type { ExitCode } from "#model/errors";
import type { Finding } from "#model/finding";
import type { Host } from "#model/ports";
import type { Actor, JournalEvent } from "#model/run";
import type { Paint } from "#render/paint";
import type { Answers } from "./answers.ts";
import type { KeptChecks } from "./kept-check.ts";

/** What a command is given by the interface it was called through. */
export interface CommandContext {
  readonly host: Host;
  /** Absolute directory the command was started in. */
  readonly cwd: string;
  readonly actor: Actor;
  readonly paint: Paint;
  /** Paint for `progress` and questions, which may go elsewhere than the result. */
  readonly progressPaint: Paint;
  /** Columns for text. */
  readonly width: number;
  /** A person sits at a terminal and may be asked. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
  /** Text for people while the command works; never a result. */
  progress(text: string): void;
  /** Redraws the one line that shows what is running now; empty text removes it. Absent where lines cannot be redrawn. */
  readonly live?: (text: string) => void;
  /** Events as they happen, when they were asked for. */
  readonly events?: (event: JournalEvent) => void;
  /** Everything on standard input; empty where a person sits there. */
  readonly input?: () => string;
  /** Keeps the check of a whole workspace from one call to the next; absent where a process answers one call. */
  readonly checks?: KeptChecks;
  /** Asks a question and returns the answer; absent when nobody can be asked. */
  readonly ask?: (question: string) => Promise<string>;
}

/** Arguments by name (a list for those that take many) and options by name. */
export interface CommandInput {
  readonly arguments: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** What a command answers: data for machines and a page for people. */
export interface CommandOutcome {
  readonly kind: string;
  readonly exitCode: ExitCode;
  readonly data: unknown;
  readonly findings?: readonly Finding[];
  /** The page; made only when it is printed. */
  page(): string;
  /** The page piece by piece, where it may be so long that all of it at once takes more memory than what it tells of. */
  pieces?(): Iterable<string>;
  /** What exactly data, findings and page follow from, asked after they were used; undefined, or absent, when that is more than files. */
  follows?(): Answers | undefined;
}

/** Carries out one command. Throws IplanError for what it could not do. */
export type CommandHandler = (context: CommandContext, input: CommandInput) => Promise<CommandOutcome>;

/** An argument's single value. */
export function argument(input: CommandInput, name: string): string | undefined {
  const value = input.arguments[name];
  return typeof value === "string" ? value : undefined;
}

/** An argument's values. */
export function argumentList(input: CommandInput, name: string): readonly string[] {
  const value = input.arguments[name];
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

/** An option's text. */
export function option(input: CommandInput, name: string): string | undefined {
  const value = input.options[name];
  return typeof value === "string" ? value : undefined;
}

/** An option's texts, for options that may be repeated. */
export function optionList(input: CommandInput, name: string): readonly string[] {
  const value = input.options[name];
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** True when a flag was given. */
export function flag(input: CommandInput, name: string): boolean {
  return input.options[name] === true;
}
