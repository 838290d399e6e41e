import type { ExitCode } from "#model/errors";
import type { Finding } from "#model/finding";
import { renderJson } from "./json-text.ts";

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
  return `${renderJson(envelope, 2)}\n`;
}
