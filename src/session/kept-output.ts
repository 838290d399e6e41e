import type { ExitCode } from "#model/errors";
import type { CommandContext, CommandInput, CommandOutcome } from "./command.ts";
import { readKept, writeKept } from "./kept-bytes.ts";
import { openSealedFile } from "./sealed-file.ts";
import { writingTime } from "./times.ts";
import { findRoot } from "./workspace.ts";

/** What a command printed, and how it ended. */
export interface KeptOutput {
  readonly exitCode: ExitCode;
  readonly bytes: Uint8Array;
}

/** Where the last output of a command in one form is kept. */
export interface OutputShelf {
  /** What was printed, when it would be the same now. */
  read(): KeptOutput | undefined;
  /** Keeps what was printed, where it follows from nothing but files, and they are not too young. */
  keep(outcome: CommandOutcome, pieces: readonly Uint8Array[] | undefined): void;
}

/** Commands whose output is kept, with the argument that names a part of the workspace. */
const keptCommands: Readonly<Record<string, string>> = { check: "target" };

/** Larger outputs are not kept, in bytes. */
export const mostKept: number = 64 * 1024 * 1024;

/** Opens the shelf of a command line; undefined for commands whose output is not kept, and where nothing is. */
export function openOutputShelf(
  { host, cwd, paint, width }: Pick<CommandContext, "host" | "cwd" | "paint" | "width">,
  command: string,
  input: CommandInput,
  json: boolean,
): OutputShelf | undefined {
  const part = keptCommands[command];
  const from = host.files.realPath(cwd);
  if (part === undefined || from === undefined) return undefined;
  const form = json ? "json" : formOf(input);
  const look = json ? [] : [width, paint.red(form)];
  // Why: waivers hold until a day.
  const subject = JSON.stringify([form, look, from, writingTime(host.clock).date, input]);
  const scope = isEmpty(input.arguments[part]) ? "" : "-part";
  const file = openSealedFile({ host, root: findRoot(host.files, from) }, `${command}${scope}-${form}`, subject);
  if (!file.open) return undefined;
  return {
    read() {
      const kept = readKept(file, host.files);
      // Why: the exit code is one digit.
      return kept === undefined ? undefined : { exitCode: (kept[0] ?? 0) as ExitCode, bytes: kept.subarray(1) };
    },
    keep({ exitCode, follows }, pieces) {
      const answers = pieces === undefined ? undefined : follows?.();
      if (pieces !== undefined && answers !== undefined) writeKept(file, answers, [Uint8Array.of(exitCode), ...pieces]);
    },
  };
}

/** Why: it becomes a part of a file's name, and may be a word that means nothing. */
function formOf({ options }: CommandInput): string {
  const { format = "text" } = options;
  return typeof format === "string" && /^[a-z]{1,20}$/.test(format) ? format : "text";
}

function isEmpty(value: CommandInput["arguments"][string]): boolean {
  return value === undefined || value.length === 0;
}
