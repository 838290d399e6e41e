import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "./build.mjs";
import { measureMcpCheck } from "./mcp-check.mjs";

const sizes = [1_000, 10_000, 100_000];
const documents = 8;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** One changed document in a check that is kept open. */
export async function run() {
  const built = await bundle({
    "trace-corpus": "bench/trace-corpus.ts",
    "trace-corpus-tree": "bench/trace-corpus-tree.ts",
    "open-check-driver": "bench/open-check-driver.ts",
  });
  const { createCorpus } = await import(new URL("trace-corpus.mjs", built));
  const { writeCorpus } = await import(new URL("trace-corpus-tree.mjs", built));
  const { measureOpenCheck } = await import(new URL("open-check-driver.mjs", built));
  const load = loadavg()[0].toFixed(1);
  const rows = [];
  const served = [];
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), "iplan-open-"));
    try {
      const corpus = createCorpus({ artifacts: size, seed: 1 });
      writeCorpus(corpus, folder);
      const edited = corpus.documents.map(({ path }) => path).filter((path) => path.startsWith("docs/PRD/"));
      const paths = Array.from(
        { length: documents },
        (_, index) => edited[Math.floor((index * edited.length) / documents)],
      );
      const { first, same, changed } = await measureMcpCheck(folder, paths);
      const [atFirst, again, after] = [first, median(same), median(changed)].map((ms) => ms.toFixed(0));
      served.push(`${corpus.artifacts} artifacts ${atFirst}, ${again} and ${after} ms`);
      for (const { edit, ms, checked } of await measureOpenCheck(folder, paths)) {
        rows.push({
          artifacts: corpus.artifacts,
          documents: corpus.documents.length,
          "changed in one document": edit,
          "documents checked again": checked,
          "median ms": median(ms).toFixed(1),
          "worst ms": Math.max(...ms).toFixed(1),
          bound: { 10_000: 20, 100_000: 50 }[size] ?? "",
        });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return {
    title: "One changed document in an open check",
    rows,
    notes: `From the written file to the findings that came and went; ${documents} documents of the second layer, each changed and changed back. Through \`iplan mcp\`, which finds out by itself what changed and answers with a page of text, \`iplan_check\` takes at first, again, and after a changed sentence: ${served.join("; ")}. One-minute load at the start: ${load}.`,
  };
}
