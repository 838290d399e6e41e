import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { IplanError } from "#model/errors";
import type { ShellRequest, ShellResult } from "#model/ports";
import type { ShellExit } from "#model/run";
import type { Capture, Start } from "./capture.ts";
import type { Dump } from "./dump.ts";
import type { BlockTree } from "./ending.ts";
import type { Keeper } from "./keeper.ts";
import { groupMembers, isAlive, type ProcessRow } from "./process-table.ts";
import { type Remains, readRemains, takeSecrets } from "./remains.ts";
import { exitOf, readStatements } from "./result.ts";
import { actionScript, piecesOf, verificationScript } from "./script.ts";
import { readLatin1, type Spool, sizeOf, spoolAt, writePrivate, writing } from "./spool.ts";
import { readState } from "./state.ts";
import { createTail, type Tail } from "./tail.ts";
import type { Outcome } from "./watch.ts";

/** A block under way: what was asked, where it leaves its files, and how to find its processes. */
export interface Block {
  readonly request: ShellRequest;
  readonly spool: Spool;
  readonly keeper: Keeper;
  readonly start: Start;
  readonly tree: BlockTree;
  readonly remains: Remains;
  readonly isAdopted: boolean;
  /** Processes with the run's mark that came up since the last block. */
  readonly strays: () => readonly ProcessRow[];
}

/** Writes what the block's shell reads, and makes the files it writes. A spool that was used before is emptied of results. */
export function prepareSpool(request: ShellRequest, keeper: Keeper): Spool {
  const spool = spoolAt(request.spool);
  const isNew = writing(spool.path, () => mkdirSync(spool.path, { recursive: true, mode: 0o700 })) !== undefined;
  if (!isNew)
    for (const path of [spool.ended, spool.unusable, spool.established, spool.state]) rmSync(path, { force: true });
  writePrivate(spool.output, "");
  // Why: what bash reads lies in memory; each file made on disk costs, and these are read once.
  const block = join(keeper.directory, "block");
  if (request.statements === undefined) {
    writePrivate(block, actionScript(request.text, request.init));
    return spool;
  }
  const pieces = piecesOf(request);
  writePrivate(spool.statements, "");
  writePrivate(block, verificationScript(pieces.length, establishing(request).length));
  for (const [index, piece] of pieces.entries()) {
    writePrivate(join(keeper.directory, `statement.${index}`), piece);
    if (pieces.length > 1) writePrivate(spool.outputOf(index), "");
  }
  return spool;
}

/** The statements that establish the session. */
function establishing({ statements = [], init = 0 }: ShellRequest): readonly { readonly start: number }[] {
  return statements.filter(({ start }) => start < init);
}

/** True when an init was asked for and did not come to its end. */
function isUnestablished({ request, spool }: Block, statements: ShellResult["statements"]): boolean {
  if (request.init === undefined) return false;
  if (statements === undefined) return readLatin1(spool.established) === undefined;
  return !establishing(request).every((_, index) =>
    statements.some((each) => each.index === index && each.status === 0),
  );
}

/** Shows the block's output as it appears, when somebody wants to see it. */
export function tailOf(request: ShellRequest, spool: Spool): Tail | undefined {
  if (request.onOutput === undefined) return undefined;
  const { statements = [] } = request;
  const paths = statements.length > 1 ? statements.map((_, index) => spool.outputOf(index)) : [spool.output];
  return createTail(paths, request.onOutput);
}

function lostNote(exit: ShellExit, isKeeperDead: boolean): string {
  const why = isKeeperDead
    ? "The block killed its own shell"
    : exit.signal === undefined
      ? "The block replaced its shell (`exec`) or ended it without a trace"
      : `The shell was ended by ${exit.signal}`;
  return `${why}; the state before the block is kept.`;
}

function stateOf(block: Block, capture: Capture, exit: ShellExit, dump: Dump | undefined): Partial<ShellResult> {
  const { request, spool, keeper, start } = block;
  if (request.statements !== undefined) return request.state === undefined ? {} : { state: request.state };
  if (dump === undefined && block.isAdopted) {
    const facts = readState(readLatin1(spool.state) ?? "");
    // Why: adopted before by a tool that died in turn; the state file it made is whole, or it is not there.
    if (facts !== undefined) return { state: spool.state, directory: facts.directory };
  }
  if (dump === undefined) return { state: start.state, stateNote: lostNote(exit, keeper.isDead()) };
  return capture.end(
    request,
    spool,
    keeper,
    start,
    dump,
    dump.secrets.length === 0 ? new Map() : takeSecrets(block.remains),
  );
}

/** What was seen of a block while it ran. */
type Seen = Pick<ShellResult, "durationMs" | "shownBytes">;

/** Makes the result of what an ended block left behind. */
export function collect(block: Block, capture: Capture, outcome: Outcome, seen: Seen): ShellResult {
  const { request, spool, start, tree } = block;
  if (outcome.status === 125 && readLatin1(spool.unusable) !== undefined) {
    throw new IplanError("host/state-unusable", `Bash cannot restore ${start.state}`, "Start over with `run --new`.");
  }
  const verified = request.statements === undefined ? undefined : readStatements(spool, request);
  const dump = verified === undefined ? readRemains(block.remains, tree.root.pid, block.keeper.own) : undefined;
  const ended = exitOf(outcome.status, verified?.isComplete ?? dump !== undefined);
  const exit = outcome.stop === undefined ? ended : { ...ended, [outcome.stop]: true };
  return {
    exit,
    ...seen,
    output: spool.output,
    outputBytes: sizeOf(spool.output),
    version: block.keeper.version,
    ...stateOf(block, capture, exit, dump),
    ...(verified === undefined ? {} : { statements: verified.statements, isComplete: verified.isComplete }),
    ...(isUnestablished(block, verified?.statements) ? { unestablished: true } : {}),
    ...(start.note === undefined ? {} : { startNote: start.note }),
    leftovers: leftoversOf(block).map(({ pid, startTime }) => ({ pid, startTime })),
  };
}

/** What outlived the block: the rest of its group, and what left it. */
function leftoversOf({ tree, strays }: Block): readonly ProcessRow[] {
  const group = groupMembers(tree.root.pid);
  return [...group, ...strays().filter((row) => row.group !== tree.root.pid && isAlive(row))];
}

/** The result of a block that the user stopped before it began. */
export function notRun({ request, spool, start }: Block): ShellResult {
  return {
    exit: { interrupted: true },
    durationMs: 0,
    output: spool.output,
    outputBytes: 0,
    shownBytes: 0,
    state: start.state,
    ...(request.statements === undefined ? {} : { statements: [] }),
    leftovers: [],
  };
}
