import { bundle } from "./build.mjs";

/** `node bench/write-corpus.mjs FOLDER [ARTIFACTS] [SEED]`: a generated workspace with its known defects in `defects.json`. */
const [folder, artifacts = "1000", seed = "1"] = process.argv.slice(2);
if (folder === undefined) throw new Error("Name the folder to write to.");
const built = await bundle({
  "trace-corpus": "bench/trace-corpus.ts",
  "trace-corpus-tree": "bench/trace-corpus-tree.ts",
});
const { createCorpus } = await import(new URL("trace-corpus.mjs", built));
const { writeCorpus } = await import(new URL("trace-corpus-tree.mjs", built));
const corpus = createCorpus({ artifacts: Number(artifacts), seed: Number(seed) });
writeCorpus(corpus, folder);
console.log(`${corpus.documents.length} documents, ${corpus.artifacts} artifacts, ${corpus.defects.length} defects`);
