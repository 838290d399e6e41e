import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../dist/iplan.js", import.meta.url));
const example = fileURLToPath(new URL("../examples/two-steps", import.meta.url));
const rounds = 11;
const count = 100;

/** Milliseconds a command takes; throws when it ends in a way nobody expects. */
function time(command, args, options) {
  const began = performance.now();
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8", ...options });
  if (!options.expected.includes(status))
    throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - began;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** A plan of trivial steps: one action block, no verification. */
function hundredSteps() {
  const steps = Array.from({ length: count }, (_, index) => `**Step ${index + 1}: Set**\n\n\`\`\`bash\nx=1\n\`\`\`\n`);
  return `# IPLAN-001: Hundred\n\n## Implementation Guide\n\n### Execution Steps\n\n${steps.join("\n")}`;
}

/** The built program as people call it: a hundred trivial steps against bare shells, and reading commands against an empty node. */
export async function run() {
  const folder = mkdtempSync(join(tmpdir(), "iplan-bench-"));
  try {
    return measure(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measure(folder) {
  const environment = { ...process.env, HOME: folder, XDG_STATE_HOME: join(folder, "state"), NO_COLOR: "1" };
  const steps = join(folder, "steps");
  const small = join(folder, "small");
  mkdirSync(steps);
  writeFileSync(join(steps, "IPLAN-001_hundred.md"), hundredSteps());
  cpSync(example, small, { recursive: true });
  const iplan = (cwd, expected, ...words) => time(program, words, { cwd, env: environment, expected });
  const { stdout } = spawnSync(program, ["trust", "1", "--json"], {
    cwd: steps,
    env: environment,
    encoding: "utf8",
  });
  iplan(steps, [0], "trust", "1", `--approve=${JSON.parse(stdout).data.sha256}`);
  const fresh = () => {
    rmSync(join(steps, ".iplan"), { recursive: true, force: true });
    for (const name of readdirSync(steps)) if (name.endsWith(".ndjson")) rmSync(join(steps, name));
  };
  const subjects = [
    {
      what: `${count} bare \`bash -c x=1\` from a shell`,
      base: 0,
      measure: () => time("bash", ["-c", `for ((i = 0; i < ${count}; i++)); do bash -c x=1; done`], { expected: [0] }),
    },
    {
      what: `\`iplan run\`, ${count} steps \`x=1\``,
      base: 0,
      bound: 4,
      measure: () => (fresh(), iplan(steps, [1], "run", "1")),
    },
    { what: "an empty `node`", base: 2, measure: () => time("node", ["-e", "0"], { expected: [0] }) },
    { what: "`iplan --version`", base: 2, measure: () => iplan(small, [0], "--version") },
    { what: "`iplan status`", base: 2, bound: 2, measure: () => iplan(small, [0], "status") },
    { what: "`iplan next`", base: 2, bound: 2, measure: () => iplan(small, [0], "next") },
    { what: "`iplan check`", base: 2, measure: () => iplan(small, [0], "check") },
  ].map((subject) => ({ ...subject, times: [] }));
  for (let round = 0; round < rounds; round += 1) for (const { measure: once, times } of subjects) times.push(once());
  return {
    title: "The program",
    rows: subjects.map(({ what, base, bound, times }) => ({
      what,
      ms: median(times).toFixed(0),
      ratio: median(times.map((each, round) => each / subjects[base].times[round])).toFixed(2),
      bound: bound === undefined ? "" : `${bound}`,
    })),
    notes: [
      "Ratios are medians of ratios within a round: the steps against the bare shells, the other commands against an empty node.",
    ],
  };
}
