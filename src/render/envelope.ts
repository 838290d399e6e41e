import type { ExitCode } from "#model/errors";
import type { Finding } from "#model/finding";
import { printableJson, renderJson } from "./json-text.ts";

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

/** The text of an envelope: two blanks of indentation, last newline. Maps become objects. */
export function renderEnvelope(envelope: Envelope): string {
  return [...envelopePieces(envelope)].join("");
}

/** The same text piece by piece: that of many findings would take more memory than they do. */
export function* envelopePieces(envelope: Envelope): Generator<string> {
  const whole = `${renderJson({ ...envelope, findings: [] }, 2)}\n`;
  if (envelope.findings.length === 0) return yield whole;
  // Why: in text of two blanks' indentation only a key of the envelope itself stands behind two blanks.
  const [head, tail] = cutAt(whole, '\n  "findings": [');
  yield head;
  for (let first = 0; first < envelope.findings.length; first += pieceLength) {
    const rows = printableJson({ findings: envelope.findings.slice(first, first + pieceLength) }, 2);
    yield `${first === 0 ? "" : ","}${cutAt(rows, '\n  "findings": [')[1].slice(0, -"\n  ]\n}".length)}`;
  }
  yield `\n  ${tail}`;
}

/** Findings that are rendered together. */
const pieceLength = 500;

function cutAt(text: string, mark: string): readonly [string, string] {
  const end = text.indexOf(mark) + mark.length;
  return [text.slice(0, end), text.slice(end)];
}
