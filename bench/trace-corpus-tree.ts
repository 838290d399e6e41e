import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Corpus } from "./trace-corpus.ts";
import { corpusText } from "./trace-corpus-text.ts";

/** Writes a corpus as a workspace: documents, source, tests, a configuration, and what is wrong with it in `defects.json`. */
export function writeCorpus(corpus: Corpus, directory: string): void {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  };
  write("iplan.config.yaml", "docs: docs\n");
  write("defects.json", `${JSON.stringify(corpus.defects, undefined, 2)}\n`);
  for (const document of corpus.documents) write(document.path, corpusText(document));
}
