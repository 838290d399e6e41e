import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bundle } from "./build.mjs";

const sizes = [1_000, 10_000, 100_000];

/** What the graph costs on generated corpora: build, one changed document, questions, memory. Each size in a process of its own. */
export async function run() {
  const folder = await bundle({ "graph-driver": "bench/graph-driver.ts" });
  const driver = fileURLToPath(new URL("graph-driver.mjs", folder));
  const rows = sizes.map((size) => {
    const output = execFileSync(process.execPath, ["--expose-gc", driver, String(size)], { encoding: "utf8" });
    const { artifacts, documents, links, build, update, updateWorst, closure, coverage, ...rest } = JSON.parse(output);
    return {
      artifacts,
      documents,
      links,
      "build ms": build.toFixed(0),
      "µs a link": ((build * 1000) / links).toFixed(2),
      "one document ms": update.toFixed(2),
      "worst ms": updateWorst.toFixed(1),
      "closure ms": closure.toFixed(0),
      "coverage ms": coverage.toFixed(0),
      "a trace ms": rest.tracing.toFixed(1),
      "an impact ms": rest.impact.toFixed(1),
      "graph MB": rest.heapMb.toFixed(0),
      "process MB": rest.processMb.toFixed(0),
    };
  });
  return {
    title: "The graph",
    rows,
    notes:
      "Generated documents of all layers, ten per cent of the artifacts with a defect. One document: a changed document with one element less, to all links resolved; median and worst of 200. Closure and coverage: of all artifacts. The process holds the corpus it was made from too.",
  };
}
