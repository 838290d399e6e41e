import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../dist/iplan.js", import.meta.url));
const sizes = [3, 300];
const rounds = 3;

/** Tells on the last line of standard error how much memory the process had at most, in MB. */
const peak = `data:text/javascript,process.on("exit",()=>process.stderr.write("\\n"+process.resourceUsage().maxRSS/1024))`;

/** A plan of one block that prints that many megabytes, in lines as programs write them. */
function loud(megabytes) {
  const block = `yes 'src/module/part.ts:120:14 info: every line of this output is a hundred characters long, or nearly so' | head -c ${megabytes}000000`;
  return `# IPLAN-001: Loud\n\n## Implementation Guide\n\n### Execution Steps\n\n**Step 1: Print**\n\n\`\`\`bash\n${block} || true\n\`\`\`\n`;
}

/** Milliseconds a shell takes to write as much into a file and to put it on the disk. */
function bare(folder) {
  const file = join(folder, "bare");
  const began = performance.now();
  spawnSync("bash", ["-c", `yes 'a line' | head -c ${sizes[1]}000000 | dd of=${file} bs=64k conv=fsync 2>/dev/null`]);
  const ms = performance.now() - began;
  rmSync(file);
  return ms;
}

function call(folder, environment, ...words) {
  const began = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", peak, program, ...words], {
    cwd: folder,
    env: environment,
    encoding: "utf8",
  });
  return { ms: performance.now() - began, memory: Number(stderr.split("\n").at(-1)), stdout, stderr, status };
}

function measure(folder, megabytes) {
  const root = join(folder, `plan-${megabytes}`);
  mkdirSync(root);
  writeFileSync(join(root, "IPLAN-001_loud.md"), loud(megabytes));
  const environment = { ...process.env, HOME: folder, XDG_STATE_HOME: join(folder, "state"), NO_COLOR: "1" };
  const { sha256 } = JSON.parse(call(root, environment, "trust", "1", "--json").stdout).data;
  const runs = Array.from({ length: rounds }, () => {
    const run = call(root, environment, "run", "1", "--new", `--trust=${sha256}`);
    if (run.status !== 1) throw new Error(`run ended with ${run.status}: ${run.stderr}`);
    return run;
  });
  const least = (key) => Math.min(...runs.map((run) => run[key]));
  return { ms: least("ms"), memory: least("memory") };
}

/** One block that prints a little, and one that prints a lot: memory of the tool, and what redacting and keeping the output takes. */
export async function run() {
  const folder = mkdtempSync(join(tmpdir(), "iplan-bench-"));
  try {
    const measured = sizes.map((megabytes) => ({ megabytes, ...measure(folder, megabytes) }));
    const [small] = measured;
    const written = Math.min(...Array.from({ length: rounds }, () => bare(folder)));
    return {
      title: "Output of a block",
      rows: measured.map(({ megabytes, ms, memory }) => ({
        "output of the block": `${megabytes} MB`,
        ms: ms.toFixed(0),
        "MB/s":
          megabytes === small.megabytes ? "" : ((megabytes - small.megabytes) / ((ms - small.ms) / 1000)).toFixed(0),
        "peak memory of the tool, MB": memory.toFixed(0),
        ratio: (memory / small.memory).toFixed(2),
      })),
      notes: `Least of ${rounds} runs. MB/s is what the longer output takes more than the shorter: printed, read, redacted, and kept on the disk. A shell that only writes as much to this disk, synced, does ${(sizes[1] / (written / 1000)).toFixed(0)} MB/s.`,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
