import type { Files } from "#model/ports";
import { type Answers, decodeAnswers, encodeAnswers, stillHold } from "./answers.ts";
import type { SealedFile } from "./sealed-file.ts";

/** What was kept in a file of the cache, when everything that it followed from is as it was. */
export function readKept(file: SealedFile, files: Files): Uint8Array | undefined {
  const body = file.read();
  if (body === undefined) return undefined;
  const { answers, rest } = decodeAnswers(body);
  return stillHold(files, answers) ? rest : undefined;
}

/** Keeps pieces of bytes together with what they followed from. */
export function writeKept(file: SealedFile, answers: Answers, pieces: Iterable<Uint8Array>): void {
  file.write(behind(encodeAnswers(answers), pieces));
}

function* behind(...groups: readonly Iterable<Uint8Array>[]): Generator<Uint8Array> {
  for (const group of groups) yield* group;
}
