import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A workspace with a small plan made from a seed. Every action leaves a line in `effects.log`, which counts how often it ran. In half
 * of the plans everything depends on directory and variables that earlier steps left in the shell; these hold when the program is
 * killed, but not when the block is killed with it, so such plans are `stateful` and spared that.
 */
export function createSyntheticWorkspace(directory, random) {
  mkdirSync(join(directory, "docs/IPLAN"), { recursive: true });
  const stateful = random.chance(0.5);
  const steps = makeSteps(random, stateful);
  const path = join(directory, "docs/IPLAN/IPLAN-001_counted_20260101_090000.md");
  writeFileSync(path, documentOf(steps));
  writeFileSync(join(directory, ".gitignore"), ".iplan/\n");
  const git = (...args) => execFileSync("git", args, { cwd: directory, stdio: "ignore" });
  git("init", "--quiet");
  git("config", "user.name", "Campaign");
  git("config", "user.email", "campaign@example.org");
  git("config", "commit.gpgsign", "false");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Plan");
  return {
    directory,
    plan: "IPLAN-001",
    document: path,
    stateful,
    /** How often the action of each step ran, by the key of the step. */
    effects: () => countLines(join(directory, "effects.log")),
    /** Keys of steps that are called verified and are not what they should be. */
    falseOf: (verified) =>
      steps
        .filter((step) => verified.has(`step:${step.number}`) && !step.holds(directory))
        .map((step) => `step:${step.number}`),
    expected: steps.map((step) => `step:${step.number}`),
  };
}

function makeSteps(random, stateful) {
  const count = random.between(4, 7);
  const commits = random.between(2, count);
  let total = 0;
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const amount = random.between(1, 9);
    total += amount;
    const sum = total;
    const pause = `sleep 0.${random.between(0, 2)}${random.between(0, 9)}`;
    const block = (stateful ? statefulBlock : plainBlock)({ number, amount, sum, pause });
    if (number === commits) {
      block.action.push("git add out", `git commit --quiet --message 'Step ${number}'`);
      block.verification.push(`test -n "$(git log --format=%s --grep='^Step ${number}$')"`);
    }
    const file = `out/${number}.txt`;
    const holds = (directory) =>
      read(join(directory, file)) === `${sum}\n` && (number !== commits || commitsOf(directory, number) === 1);
    return { number, ...block, file, holds };
  });
}

function plainBlock({ number, amount, sum, pause }) {
  const former = number === 1 ? "0" : `$(cat out/${number - 1}.txt)`;
  return {
    action: [
      "mkdir -p out",
      `echo ${number} >> effects.log`,
      pause,
      `echo "$((${former} + ${amount}))" > out/${number}.txt`,
    ],
    verification: [`grep -qx ${sum} out/${number}.txt`],
  };
}

function statefulBlock({ number, amount, sum, pause }) {
  const first = number === 1 ? ["HERE=$PWD", "total=0", "mkdir -p work", "cd work"] : [];
  return {
    action: [
      ...first,
      'mkdir -p "${HERE:?}/out"',
      `echo ${number} >> "$HERE/effects.log"`,
      `total=$((total + ${amount}))`,
      pause,
      'cd "$HERE"',
      `echo "$total" > "$HERE/out/${number}.txt"`,
    ],
    verification: [`grep -qx ${sum} "$HERE/out/${number}.txt"`, `test "$total" = ${sum}`],
  };
}

function commitsOf(directory, number) {
  const subjects = execFileSync("git", ["log", "--format=%s"], { cwd: directory, encoding: "utf8" }).split("\n");
  return subjects.filter((subject) => subject === `Step ${number}`).length;
}

function documentOf(steps) {
  const tasks = steps.map(
    ({ number, file }) => `- [ ] **TASK-1.${number}**: Count to ${number} (1 hour)\n  - File: \`${file}\``,
  );
  const blocks = steps.map(
    ({ number, action, verification }) =>
      `**Step ${number}: Count to ${number} (TASK-1.${number})**\n\n\`\`\`bash\n${action.join("\n")}\n\`\`\`\n\nVerification:\n\`\`\`bash\n${verification.join("\n")}\n\`\`\`\n`,
  );
  return `# IPLAN-001: Counted

## Document Control

| Item | Details |
|---|---|
| **ID** | IPLAN-001 |
| **Status** | Ready for Implementation |
| **Version** | 1.0.0 |
| **Created** | 2026-01-01 09:00:00 UTC |
| **Last Updated** | 2026-01-01 09:00:00 UTC |
| **Author** | campaign |
| **Estimated Effort** | ${steps.length} hours |
| **Complexity** | 1 |
| **Parent TASKS** | TASKS-001 |

## Objective

Count, and be counted.

## Task List

### Phase 1: Counting (${steps.length} hours) - PENDING

${tasks.join("\n")}

## Implementation Guide

### Execution Steps

${blocks.join("\n")}`;
}

function countLines(path) {
  const counts = new Map();
  for (const line of (read(path) ?? "").split("\n").filter(Boolean)) {
    counts.set(`step:${line}`, (counts.get(`step:${line}`) ?? 0) + 1);
  }
  return counts;
}

function read(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
