import { lineSplitter } from "#journal/evidence";
import { hasPassed } from "#journal/replay";
import { bytesOf } from "#journal/redact";
import type { CommandResult } from "#model/run";
import { withoutEscapes } from "../without-escapes.ts";
import type { ProbeScene, RecordedResult } from "./probe.ts";

/** Most bytes of one output that claims look at. */
const mostBytes = 67_108_864;
const stretch = 65_536;

/** A stretch of recorded output: of a whole block, or of one statement of a verification. */
export interface OutputPiece {
  readonly result: RecordedResult;
  readonly statement?: CommandResult;
  /** True when the piece belongs to the one command that was asked for, alone. */
  readonly exact: boolean;
}

/** Recorded outputs that belong to a command; when none is named all outputs of the unit, or of the whole plan for what belongs to no unit. */
export function outputsOf(scene: ProbeScene, command: string | undefined): readonly OutputPiece[] {
  if (command === undefined) {
    const own = scene.results.filter((each) => scene.ownUnit === undefined || each.unit === scene.ownUnit);
    return own.map((result) => ({ result, exact: false }));
  }
  const wanted = normal(command);
  const own = scene.results.filter((each) => each.unit === scene.ownUnit);
  const others = scene.results.filter((each) => each.unit !== scene.ownUnit);
  for (const results of [own, others]) {
    // Why: `wc -l a` stands in `wc -l a b` too, but what that printed is no answer to it.
    const piece = pieceOf(results, (text) => text === wanted) ?? pieceOf(results, (text) => text.includes(wanted));
    if (piece !== undefined)
      return [{ ...piece, exact: piece.statement !== undefined || normal(piece.result.text) === wanted }];
  }
  return [];
}

/** The first statement, or action, whose text fits. */
function pieceOf(
  results: readonly RecordedResult[],
  fits: (text: string) => boolean,
): Omit<OutputPiece, "exact"> | undefined {
  for (const result of results) {
    const statement = result.evidence.commands?.find((each) => fits(normal(each.text)));
    if (statement !== undefined) return { result, statement };
    if (result.evidence.role === "action" && fits(normal(result.text))) return { result };
  }
  return undefined;
}

/** Shows the lines of a piece, decoded and without colours, until `see` returns true; true when it did. */
export function someLine(scene: ProbeScene, piece: OutputPiece, see: (line: string) => boolean): boolean {
  const { output } = piece.result.evidence;
  if (output?.file === undefined) return false;
  const path = `${scene.root}/${output.file}`;
  const start = piece.statement?.output?.start ?? 0;
  const end = Math.min(piece.statement?.output?.end ?? output.bytes, start + mostBytes);
  const seen = { found: false };
  const lines = lineSplitter((line) => {
    seen.found ||= see(withoutEscapes(new TextDecoder("utf-8").decode(bytesOf(line))));
  });
  for (let at = start; at < end && !seen.found; at += stretch) {
    const text = scene.files.readBinary(path, at, Math.min(stretch, end - at));
    if (text === undefined) return false;
    lines.push(text);
  }
  lines.end();
  return seen.found;
}

/** True when what the piece belongs to passed. */
export function piecePassed(piece: OutputPiece): boolean {
  return piece.statement === undefined ? hasPassed(piece.result.evidence) : piece.statement.exit.status === 0;
}

function normal(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
