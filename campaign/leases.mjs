// Processes that take units of one plan at the same time, in the worktrees of one repository: nobody may ever hold what another holds.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../bench/build.mjs";

/** A plan of one step: whoever has it keeps all others away. */
const planText = `# IPLAN-001: Race

## Implementation Guide

### Execution Steps

**Step 1: Make it**

\`\`\`bash
touch made
\`\`\`

Verification:

\`\`\`bash
test -e made
\`\`\`
`;

/** A repository with one worktree for each process. */
function createWorktrees(folder, processes) {
  const main = join(folder, "main");
  mkdirSync(main);
  writeFileSync(join(main, "iplan.config.yaml"), "docs: .\n");
  writeFileSync(join(main, "IPLAN-001_race.md"), planText);
  const git = (...words) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], { cwd: main, stdio: "ignore" });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Plan");
  return Array.from({ length: processes }, (_, index) => {
    if (index === 0) return main;
    git("worktree", "add", "--quiet", "--detach", join(folder, `tree-${index}`));
    return join(folder, `tree-${index}`);
  });
}

function racer(driver, root, name, count, environment) {
  const child = spawn(process.execPath, [driver, root, name, String(count)], { env: environment });
  const printed = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"])
    child[stream].setEncoding("utf8").on("data", (text) => (printed[stream] += text));
  return new Promise((resolve, reject) =>
    child.on("close", (code) =>
      code === 0 ? resolve(JSON.parse(printed.stdout)) : reject(new Error(`racer ${name}: ${printed.stderr}`)),
    ),
  );
}

/** Holds of one unit by different processes whose times overlap. */
function sharedHolds(results) {
  const holds = results
    .flatMap(({ name, held }) => held.map(({ unit, from, to }) => ({ name, unit, from: BigInt(from), to: BigInt(to) })))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const last = new Map();
  return holds.filter((hold) => {
    const before = last.get(hold.unit);
    if (before === undefined || before.to < hold.to) last.set(hold.unit, hold);
    return before !== undefined && before.name !== hold.name && hold.from < before.to;
  });
}

/** Lets processes take units until each had `races` of them; tells how often two held the same one at the same time. */
export async function leaseCampaign({ races, processes = 2 }) {
  const folder = mkdtempSync(join(tmpdir(), "iplan-leases-"));
  try {
    const driver = fileURLToPath(
      new URL("lease-racer.mjs", await bundle({ "lease-racer": "campaign/lease-racer.ts" }, "build/campaign")),
    );
    const roots = createWorktrees(folder, processes);
    const environment = { ...process.env, XDG_STATE_HOME: join(folder, "state") };
    delete environment.IPLAN_HOLDER;
    const results = await Promise.all(
      roots.map((root, index) => racer(driver, root, `racer-${index}`, races, environment)),
    );
    return {
      processes,
      taken: results.reduce((sum, { held }) => sum + held.length, 0),
      missed: results.reduce((sum, { missed }) => sum + missed, 0),
      shared: sharedHolds(results).length,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
