import { type ExitCode, IplanError } from "#model/errors";
import type { Host } from "#model/ports";
import { envelopePieces, renderEnvelope } from "#render/envelope";
import { escapeControls } from "#render/escape";
import { renderJson } from "#render/json-text";
import { actorIn } from "#session/actor";
import type { CommandContext, CommandOutcome } from "#session/command";
import { findCommand } from "#session/commands";
import { handlers } from "#session/handlers";
import { mostKept, openOutputShelf } from "#session/kept-output";
import { type Invocation, parseArguments } from "./arguments.ts";
import { renderHelp } from "./help.ts";
import { RefusedOutput } from "./output.ts";
import type { Terminal } from "./terminal.ts";

/** Where a server works, and whether that was said on the command line. */
export interface ServedPlace {
  readonly cwd: string;
  readonly isFixed: boolean;
}

/** Commands that serve another protocol until their client is gone. */
export type Faces = Readonly<Record<string, (place: ServedPlace) => Promise<void>>>;

/** Runs one command line and returns its exit code. Never throws. */
export async function runCli(
  host: Host,
  terminal: Terminal,
  words: readonly string[],
  faces: Faces = {},
): Promise<ExitCode> {
  let json = words.includes("--json");
  try {
    const invocation = parseArguments(words);
    json = invocation.json;
    return await carryOut(host, terminal, invocation, faces);
  } catch (error) {
    return reportFailure(terminal, words, json, error);
  }
}

/** Says what went wrong; where standard output takes no document of it, that is what went wrong. */
function reportFailure(terminal: Terminal, words: readonly string[], json: boolean, error: unknown): ExitCode {
  const failure = error instanceof IplanError ? error : unexpected(error);
  try {
    if (json && !(failure instanceof RefusedOutput)) terminal.result(documentOf(failure, words));
    return tellFailure(terminal, failure);
  } catch (refused) {
    return tellFailure(terminal, refused instanceof IplanError ? refused : unexpected(refused));
  }
}

async function carryOut(host: Host, terminal: Terminal, invocation: Invocation, faces: Faces): Promise<ExitCode> {
  if (invocation.version) return print(terminal, `${host.version}\n`);
  if (invocation.help) return print(terminal, renderHelp(invocation.command, terminal.paint, terminal.width));
  const name = invocation.command ?? "overview";
  const serve = faces[name];
  if (serve !== undefined) {
    await serve({ cwd: invocation.directory ?? terminal.cwd, isFixed: invocation.directory !== undefined });
    return 0;
  }
  const load = name === "overview" ? async () => (await import("#session/overview")).overview : handlers[name];
  if (load === undefined)
    throw new IplanError("usage/arguments", `There is no command "${name}".`, "See `iplan --help`.");
  refuseTwoForms(invocation);
  const asksJson = invocation.json || invocation.input.options["format"] === "json";
  const shelf = openOutputShelf(shelfPlace(host, terminal, invocation), name, invocation.input, asksJson);
  const kept = shelf?.read();
  if (kept !== undefined) return print(terminal, kept.bytes, kept.exitCode);
  const handler = await load();
  const outcome = await handler(await contextFor(host, terminal, invocation), invocation.input);
  const pieces = asksJson ? envelopeOf(outcome) : pageOf(outcome, invocation);
  if (shelf === undefined) for (const piece of pieces) terminal.result(piece);
  else shelf.keep(outcome, printed(terminal, pieces));
  return outcome.exitCode;
}

function shelfPlace(host: Host, terminal: Terminal, { directory }: Invocation): Parameters<typeof openOutputShelf>[0] {
  return { host, cwd: directory ?? terminal.cwd, paint: terminal.paint, width: terminal.width };
}

function pageOf(outcome: CommandOutcome, { input }: Invocation): Iterable<string> {
  return input.options["events"] === true ? [] : (outcome.pieces?.() ?? [outcome.page()]);
}

/** Prints pieces of text, and returns their bytes; none when they are more than is kept. */
function printed(terminal: Terminal, texts: Iterable<string>): readonly Uint8Array[] | undefined {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (const text of texts) {
    const bytes = new TextEncoder().encode(text);
    terminal.result(bytes);
    length += bytes.length;
    if (length <= mostKept) pieces.push(bytes);
  }
  return length > mostKept ? undefined : pieces;
}

function refuseTwoForms({ json, input }: Invocation): void {
  const format = input.options["format"];
  if (json && typeof format === "string" && format !== "json") {
    throw new IplanError(
      "usage/arguments",
      `--json and --format ${format} both ask for the output.`,
      "Leave one of them out.",
    );
  }
  if (!json || input.options["events"] !== true) return;
  throw new IplanError(
    "usage/arguments",
    "--json prints one document, --events one line for each event; both cannot stand on one output.",
    "Leave one of them out.",
  );
}

function print(terminal: Terminal, text: string | Uint8Array, exitCode: ExitCode = 0): ExitCode {
  terminal.result(text);
  return exitCode;
}

async function contextFor(host: Host, terminal: Terminal, invocation: Invocation): Promise<CommandContext> {
  const quiet = invocation.json || invocation.input.options["events"] === true;
  const interactive = terminal.interactive && !quiet;
  const live = terminal.live;
  const cwd = invocation.directory ?? terminal.cwd;
  return {
    host,
    cwd,
    actor: await actorIn(host, cwd, terminal.interactive),
    paint: terminal.paint,
    progressPaint: terminal.progressPaint,
    width: terminal.width,
    interactive,
    get signal() {
      return terminal.signal;
    },
    progress: (text) => terminal.progress(text),
    input: () => terminal.input(),
    ...(live !== undefined && !quiet ? { live } : {}),
    ...(invocation.input.options["events"] === true
      ? { events: (event) => terminal.result(`${renderJson(event)}\n`) }
      : {}),
    ...(interactive ? { ask: (question: string) => terminal.ask(question) } : {}),
  };
}

function envelopeOf(outcome: CommandOutcome): Iterable<string> {
  return envelopePieces({
    schema: "iplan/1",
    kind: outcome.kind,
    ok: outcome.exitCode === 0,
    exitCode: outcome.exitCode,
    data: outcome.data,
    findings: outcome.findings ?? [],
  });
}

function documentOf({ code, message, cure, exitCode }: IplanError, words: readonly string[]): string {
  const kind = words.find((word) => findCommand(word) !== undefined) ?? "error";
  const error = { code, message, cure };
  return renderEnvelope({ schema: "iplan/1", kind, ok: false, exitCode, data: {}, findings: [], error });
}

function tellFailure(terminal: Terminal, { code, message, cure, exitCode }: IplanError): ExitCode {
  const paint = terminal.progressPaint;
  terminal.progress(
    `${paint.red("iplan:")} ${safe(message)}\n${cure === "" ? "" : `${safe(cure)}\n`}${paint.dim(`(${code})`)}\n`,
  );
  return exitCode;
}

function safe(text: string): string {
  return escapeControls(text, { keepLines: true });
}

function unexpected(error: unknown): IplanError {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new IplanError(
    "host/unexpected",
    `Something went wrong inside iplan: ${text}`,
    "Please report this with the command you ran.",
  );
}
