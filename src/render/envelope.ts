import type { ExitCode } from "#model/errors";
import type { Finding } from "#model/finding";
import { printable, printableJson, renderJson } from "./json-text.ts";

/** The one JSON document a command prints with `--json`, also on failure. */
export interface Envelope {
  readonly schema: "iplan/1";
  readonly kind: string;
  readonly ok: boolean;
  readonly exitCode: ExitCode;
  readonly data: unknown;
  readonly findings: readonly Finding[];
  readonly error?: { readonly code: string; readonly message: string; readonly cure: string };
}

/** The text of an envelope: two blanks of indentation, last newline. Maps become objects. Of many findings, each is one line. */
export function renderEnvelope(envelope: Envelope): string {
  return [...envelopePieces(envelope)].join("");
}

/** The same text piece by piece: that of many findings would take more memory than they do. */
export function* envelopePieces(envelope: Envelope): Generator<string> {
  const { findings } = envelope;
  const whole = `${renderJson({ ...envelope, findings: [] }, 2)}\n`;
  if (findings.length === 0) return yield whole;
  const [head, tail] = cutAt(whole, findingsMark);
  yield head;
  if (findings.length < many) yield indentedRows(findings);
  else yield* linePieces(findings);
  yield `\n  ${tail}`;
}

/** Why: in text of two blanks' indentation only a key of the envelope itself stands behind two blanks. */
const findingsMark = '\n  "findings": [';

/** From so many findings on each is one line: indented they are two thirds longer, and nobody reads them from top to bottom. */
const many = 1000;

/** Length of a piece. Why: far longer strings are laid where they stay until all memory is looked through. */
const pieceLength = 32_768;

function indentedRows(findings: readonly Finding[]): string {
  return cutAt(printableJson({ findings }, 2), findingsMark)[1].slice(0, -"\n  ]\n}".length);
}

function* linePieces(findings: readonly Finding[]): Generator<string> {
  let piece = "";
  for (const [place, finding] of findings.entries()) {
    piece += `${place === 0 ? "" : ","}\n    ${JSON.stringify(finding)}`;
    if (piece.length < pieceLength) continue;
    yield printable(piece);
    piece = "";
  }
  if (piece !== "") yield printable(piece);
}

function cutAt(text: string, mark: string): readonly [string, string] {
  const end = text.indexOf(mark) + mark.length;
  return [text.slice(0, end), text.slice(end)];
}
