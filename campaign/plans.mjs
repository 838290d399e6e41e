// Small plans of different shape, made from a seed. Every action leaves a line in `effects.log`, which counts how often it ran.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** How a shape is written down, and what else happens to it. */
export const shapes = {
  tiny: (random) => ({ steps: stateSteps(random, [3, 3], [0, 0]) }),
  short: (random) => ({ steps: countSteps(random, { count: random.between(12, 16), pause: [0, 0] }) }),
  long: (random) => ({ steps: countSteps(random, { count: 3, pause: [250, 500], commit: true }) }),
  mixed: (random) => ({ steps: countSteps(random, { count: random.between(4, 7), pause: [0, 290], commit: true }) }),
  state: (random) => ({ steps: stateSteps(random) }),
  functions: (random) => ({ steps: functionSteps(random) }),
  retries: (random) => ({ steps: retrySteps(random) }),
  service: (random) => ({ steps: serviceSteps(random) }),
  edited: (random) => ({ steps: countSteps(random, { count: 5, pause: [50, 150] }), edited: true }),
  crlf: (random) => ({ steps: countSteps(random, { count: 5, pause: [0, 150] }), write: windowsText }),
  split: (random) => ({ steps: countSteps(random, { count: 6, pause: [0, 150] }), parts: 2 }),
  nested: (random) => ({ steps: nestedSteps(random), folder: "a b/ümlaut/$x 'q'/deep" }),
};

/** Makes a workspace with a plan of a shape below a directory. */
export function createShapedWorkspace(shape, below, random) {
  const { steps, edited = false, parts = 1, folder = "w", write = (text) => text } = shapes[shape](random);
  const directory = join(below, folder);
  mkdirSync(join(directory, "docs/IPLAN"), { recursive: true });
  const documents = documentsOf(steps, parts).map(({ name, text }) => {
    const path = join(directory, "docs/IPLAN", name);
    writeFileSync(path, write(text));
    return path;
  });
  writeFileSync(join(directory, ".gitignore"), ".iplan/\n");
  initGit(directory);
  return {
    directory,
    plan: "IPLAN-001",
    documents,
    edit: edited ? () => editDocument(documents[0], random) : undefined,
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

/** Makes a repository with everything committed. */
export function initGit(directory) {
  const git = (...args) => execFileSync("git", args, { cwd: directory, stdio: "ignore" });
  git("init", "--quiet");
  git("config", "user.name", "Campaign");
  git("config", "user.email", "campaign@example.org");
  git("config", "commit.gpgsign", "false");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Plan");
}

function sums(random, count) {
  let sum = 0;
  return Array.from({ length: count }, (_, index) => {
    const amount = random.between(1, 9);
    sum += amount;
    return { number: index + 1, amount, sum };
  });
}

const pauseOf = (random, [least, most]) => (most === 0 ? [] : [`sleep ${random.between(least, most) / 1000}`]);

function holdsSum({ number, sum }) {
  return (directory) => read(join(directory, `out/${number}.txt`)) === `${sum}\n`;
}

/** Each step adds to what the step before left in a file; one of them commits. */
function countSteps(random, { count, pause, commit = false }) {
  const commits = commit ? random.between(2, count) : 0;
  return sums(random, count).map((each) => {
    const { number, amount, sum } = each;
    const former = number === 1 ? "0" : `$(cat out/${number - 1}.txt)`;
    const commitsHere = number === commits;
    const work = commitsHere
      ? ["git add out", `git diff --cached --quiet || git commit --quiet --message 'Step ${number}'`]
      : [];
    const seen = commitsHere ? [`test -n "$(git log --format=%s --grep='^Step ${number}$')"`] : [];
    return {
      number,
      action: [
        "mkdir -p out",
        `echo ${number} >> effects.log`,
        ...pauseOf(random, pause),
        `echo "$((${former} + ${amount}))" > out/${number}.txt`,
        ...work,
      ],
      verification: [`grep -qx ${sum} out/${number}.txt`, ...seen],
      holds: (directory) => holdsSum(each)(directory) && (!commitsHere || commitsOf(directory, number) === 1),
    };
  });
}

/** Each step adds to a variable of the shell and leaves the directory it was in. */
function stateSteps(random, [least, most] = [4, 6], pause = [0, 200]) {
  return sums(random, random.between(least, most)).map((each) => {
    const { number, amount, sum } = each;
    const first = number === 1 ? ["HERE=$PWD", "total=0", "mkdir -p work", "cd work"] : [];
    return {
      number,
      action: [
        ...first,
        'mkdir -p "${HERE:?}/out"',
        `echo ${number} >> "$HERE/effects.log"`,
        `total=$((total + ${amount}))`,
        ...pauseOf(random, pause),
        'cd "$HERE/out"',
        `echo "$total" > "$HERE/out/${number}.txt"`,
      ],
      verification: [
        `grep -qx ${sum} "$HERE/out/${number}.txt"`,
        `test "$total" = ${sum}`,
        'test "$PWD" = "$HERE/out"',
      ],
      holds: holdsSum(each),
    };
  });
}

/** State in functions, arrays, aliases and options. */
function functionSteps(random) {
  return sums(random, random.between(4, 6)).map((each) => {
    const { number, amount, sum } = each;
    const first = [
      'HERE=$PWD; mkdir -p "$HERE/out"; shopt -s expand_aliases; declare -a all=(); declare -A seen=([x]=1)',
      'add() { local sum=0 each; for each in "${all[@]}"; do sum=$((sum + each)); done; echo $sum; }',
      "alias plainly='builtin echo'",
    ];
    return {
      number,
      action: [
        ...(number === 1 ? first : []),
        `echo ${number} >> "$HERE/effects.log"`,
        `all+=(${amount}); seen[s${number}]=$'a\\nb'`,
        ...pauseOf(random, [0, 150]),
        `plainly "$(add)" > "$HERE/out/${number}.txt"`,
      ],
      verification: [
        `grep -qx ${sum} "$HERE/out/${number}.txt"`,
        `test "\${#all[@]}" = ${number}`,
        `test "\${#seen[@]}" = ${number + 1}`,
      ],
      holds: holdsSum(each),
    };
  });
}

/** Each step fails the first time. */
function retrySteps(random) {
  return countSteps(random, { count: 4, pause: [0, 80] }).map((step) => ({
    ...step,
    annotation: "retry=6",
    action: [
      "mkdir -p out",
      `test -e out/tried.${step.number} || { touch out/tried.${step.number}; exit 3; }`,
      ...step.action,
    ],
  }));
}

/** A service that beats, and steps that need its beat. */
function serviceSteps(random) {
  // Why: the time of the file beats, not its content: a step whose file never rests would never be more than stale.
  const beat = "while :; do touch out/beat; sleep 0.03; done";
  const steps = countSteps(random, { count: 5, pause: [0, 120] });
  const needs = ["one=$(stat -c %y out/beat)", "sleep 0.3", 'test "$one" != "$(stat -c %y out/beat)"'];
  return steps.map((step) => {
    if (step.number === 1)
      return {
        ...step,
        annotation: "background ready=file:out/beat",
        action: ["mkdir -p out", `echo ${step.number} >> starts.log`, beat],
        verification: ["test -e out/beat"],
        holds: (directory) => existsSync(join(directory, "out/beat")),
      };
    const action = step.action.map((line) =>
      line.replace("$(cat out/1.txt)", "$(cat out/1.txt 2>/dev/null || echo 0)"),
    );
    return {
      ...step,
      action: [...needs, ...action],
      verification: [`test -s out/${step.number}.txt`],
      holds: (directory) => (read(join(directory, `out/${step.number}.txt`)) ?? "") !== "",
    };
  });
}

/** Every step works in a directory of its own that it stays in. */
function nestedSteps(random) {
  return sums(random, 5).map((each) => {
    const { number, amount, sum } = each;
    const first = number === 1 ? ["TOP=$PWD", "total=0", 'mkdir -p "$TOP/out"'] : [];
    const folder = `"a b ${number}/é/(x)"`;
    return {
      number,
      action: [
        ...first,
        `mkdir -p ${folder} && cd ${folder}`,
        `echo ${number} >> "$TOP/effects.log"`,
        ...pauseOf(random, [0, 120]),
        `total=$((total + ${amount}))`,
        `echo "$total" > "$TOP/out/${number}.txt"`,
      ],
      verification: [
        `grep -qx ${sum} "$TOP/out/${number}.txt"`,
        `test "\${PWD##*/}" = "(x)"`,
        `test "$total" = ${sum}`,
      ],
      holds: holdsSum(each),
    };
  });
}

function commitsOf(directory, number) {
  const subjects = execFileSync("git", ["log", "--format=%s"], { cwd: directory, encoding: "utf8" }).split("\n");
  return subjects.filter((subject) => subject === `Step ${number}`).length;
}

function documentsOf(steps, parts) {
  if (parts === 1) return [{ name: "IPLAN-001_counted_20260101_090000.md", text: `${opening(steps)}${guide(steps)}` }];
  const half = Math.ceil(steps.length / 2);
  return [
    { name: "IPLAN-001_counted_part1_20260101_090000.md", text: `${opening(steps)}${guide(steps.slice(0, half))}` },
    {
      name: "IPLAN-001_counted_part2_20260101_090000.md",
      text: `# IPLAN-001: Counted, on\n\n${guide(steps.slice(half))}`,
    },
  ];
}

function opening(steps) {
  const tasks = steps.map(({ number }) => `- [ ] **TASK-1.${number}**: Count to ${number} (1 hour)`);
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

`;
}

function guide(steps) {
  const blocks = steps.map(({ number, annotation, action, verification }) => {
    const note = annotation === undefined ? "" : `<!-- iplan: ${annotation} -->\n`;
    const fence = (lines) => `\`\`\`bash\n${lines.join("\n")}\n\`\`\`\n`;
    return `**Step ${number}: Count to ${number}** (TASK-1.${number})\n\n${note}${fence(action)}\nVerification:\n${fence(verification)}`;
  });
  return `## Implementation Guide\n\n### Execution Steps\n\n${blocks.join("\n")}`;
}

function windowsText(text) {
  return `\ufeff${text.replaceAll("\n", "\r\n")}`;
}

/** A person edits the prose while the plan runs, in one step as editors do. */
function editDocument(path, random) {
  const text = readFileSync(path, "utf8");
  const edited = text.replace("## Objective\n", `## Objective\n\nEdited ${random.between(1, 9999)}.\n`);
  const beside = join(dirname(path), ".edit.tmp");
  writeFileSync(beside, edited);
  renameSync(beside, path);
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
