import { readFileSync } from "node:fs";

/** One verification of a corpus, with the blocks of earlier steps it depends on. */
export interface VerificationRow {
  readonly title: string;
  readonly before: readonly string[];
  readonly text: string;
}

/** Reads a corpus of `test/fixtures/verifications`: `== title` begins a row, a line `-- then` ends an earlier step of it. */
export function verificationRows(name: string): readonly VerificationRow[] {
  const text = readFileSync(new URL(`../fixtures/verifications/${name}.rows`, import.meta.url), "utf8");
  return text
    .split(/^== /m)
    .slice(1)
    .map((part) => {
      const [title = "", ...lines] = part.trimEnd().split("\n");
      const blocks = lines.join("\n").split(/^-- then\n/m);
      return { title, before: blocks.slice(0, -1).map((block) => block.trimEnd()), text: blocks.at(-1) ?? "" };
    });
}
