import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./build.mjs";

const program = fileURLToPath(new URL("../dist/iplan.js", import.meta.url));
const sizes = [1_000, 10_000, 100_000];
/** Fewer where each takes ten seconds. */
const roundsOf = (size) => (size >= 100_000 ? 3 : 5);

/** Why: what is younger than the clock's grain is not kept. */
const grainMs = 2100;

/**
 * Tells at the end what the process took: `[microseconds of processor, kilobytes]`. Why: `maxRSS` of a young process is that of the one
 * it was forked from; `VmHWM`, where there is one, is its own.
 */
const meter = `const{readFileSync}=require("node:fs");const peak=(u)=>{try{return Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync("/proc/self/status","utf8"))[1])}catch{return u.maxRSS}};process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\n"+JSON.stringify([u.userCPUTime+u.systemCPUTime,peak(u)]))})`;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** `iplan check` on generated workspaces: nothing kept, keeping, everything kept; against an empty node. */
export async function run() {
  const built = await bundle({
    "trace-corpus": "bench/trace-corpus.ts",
    "trace-corpus-tree": "bench/trace-corpus-tree.ts",
  });
  const { createCorpus } = await import(new URL("trace-corpus.mjs", built));
  const { writeCorpus } = await import(new URL("trace-corpus-tree.mjs", built));
  const load = loadavg()[0].toFixed(1);
  const rows = [];
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), "iplan-check-"));
    try {
      const corpus = createCorpus({ artifacts: size, seed: 1 });
      writeCorpus(corpus, join(folder, "tree"));
      await new Promise((resolve) => setTimeout(resolve, grainMs));
      rows.push(measure(folder, corpus, roundsOf(size)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return {
    title: "The whole check",
    rows,
    notes: `Generated workspaces, ten per cent of the artifacts with a defect; \`check --json\`. Cold: nothing is kept, neither before nor after. Keeping: cold, and the result is written. Warm: nothing changed since. The output goes into a file. Medians of five rounds, of three for the largest; times as measured, processor times beside them, ratios within a round to an empty node. Generated plans repeat their blocks, whose trees are kept by their text; real plans seldom do. The program is started as people start it, by its own first lines. Wanted on two processors: cold 400 ms at 10,000 and 2 s at 100,000, at most 400 MB; warm at most 2 and 3 times an empty node, which was taken for 100 ms. One-minute load at the start: ${load}.`,
  };
}

function measure(folder, corpus, rounds) {
  const tree = join(folder, "tree");
  writeFileSync(join(folder, "meter.cjs"), meter);
  const env = {
    ...process.env,
    HOME: folder,
    XDG_STATE_HOME: join(folder, "state"),
    NO_COLOR: "1",
    NODE_OPTIONS: `--require=${join(folder, "meter.cjs")}`,
  };
  const timed = (command, ...words) => {
    // Why: a pipe into this process would measure how fast it takes 16 MB out of it.
    const output = openSync(join(folder, "output"), "w");
    const began = performance.now();
    const { status, stderr } = spawnSync(command, words, {
      cwd: tree,
      env,
      encoding: "utf8",
      stdio: ["ignore", output, "pipe"],
    });
    const ms = performance.now() - began;
    closeSync(output);
    if (status !== 0 && status !== 1) throw new Error(`${words.join(" ")} ended with ${status}: ${stderr}`);
    const [cpu, memory] = JSON.parse(stderr.slice(stderr.lastIndexOf("\n")));
    return { ms, cpu: cpu / 1000, mb: memory / 1024 };
  };
  const check = () => timed(program, "check", "--json");
  check();
  const { links } = JSON.parse(readFileSync(join(folder, "output"), "utf8")).data.summary;
  const cold = [];
  const keeping = [];
  const warm = [];
  const empty = [];
  for (let round = 0; round < rounds; round += 1) {
    empty.push(timed("node", "-e", "0"));
    rmSync(join(tree, ".iplan"), { recursive: true, force: true });
    cold.push(check());
    timed(program, "note", "IPLAN-001", "measured");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, grainMs);
    keeping.push(check());
    warm.push(check());
  }
  const of = (runs, key) => median(runs.map((each) => each[key]));
  const ratio = median(warm.map(({ ms }, round) => ms / empty[round].ms));
  const seconds = of(cold, "ms") / 1000;
  return {
    artifacts: corpus.artifacts,
    documents: corpus.documents.length,
    links,
    "empty node ms": of(empty, "ms").toFixed(0),
    "cold ms": of(cold, "ms").toFixed(0),
    "cold cpu": of(cold, "cpu").toFixed(0),
    "keeping ms": of(keeping, "ms").toFixed(0),
    "warm ms": of(warm, "ms").toFixed(0),
    "warm cpu": of(warm, "cpu").toFixed(0),
    "warm ratio": ratio.toFixed(2),
    "artifacts/s": (corpus.artifacts / seconds).toFixed(0),
    "links/s": (links / seconds).toFixed(0),
    "cold MB": of(cold, "mb").toFixed(0),
    "keeping MB": of(keeping, "mb").toFixed(0),
    "warm MB": of(warm, "mb").toFixed(0),
  };
}
