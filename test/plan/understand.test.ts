import { readFileSync, readdirSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createShellParser } from "#host/shell-parser";
import { createSource, createSourceFromText } from "#model/source";
import type { UnderstoodPlan } from "#model/understanding";
import { parsePlan } from "#parse/iplan/plan";
import { writeClaim } from "#plan/claims/claim-text";
import { understandPlan } from "#plan/understand";
import { aidoc16 } from "#profile/aidoc-16";
import { planHash } from "../support/plan-hash.ts";
import { hasShared, sharedPath } from "../support/shared.ts";

const tools = { parser: await createShellParser(), hash: planHash, profile: aidoc16 };
const whole = readFileSync(new URL("../fixtures/plans/greeter.md", import.meta.url), "utf8");

function understand(text: string): UnderstoodPlan {
  return understandPlan(
    parsePlan(createSourceFromText("docs/IPLAN/IPLAN-007_greeter_20260101_090000.md", text), aidoc16),
    tools,
  );
}

/** A plan of one phase with tasks, and the steps given as Markdown. */
function planOf(
  steps: string,
  tasks = "- [ ] **TASK-1.1**: Write the greeter\n  - File: `src/greet.js`\n- [ ] **TASK-1.2**: Test the greeter\n",
): UnderstoodPlan {
  return understand(
    `# IPLAN-007: Greeter\n\n## Task List\n\n### Phase 1: Build (2 hours)\n\n${tasks}\n## Implementation Guide\n\n### Execution Steps\n\n${steps}\n`,
  );
}

function step(title: string, body: string): string {
  return `**Step ${title}**\n\n${body}\n`;
}

const act = "```bash\nnpm test\n```\n";

describe("a whole plan", () => {
  const plan = understand(whole);

  test("steps with their blocks and roles", () => {
    expect(
      plan.steps.map((unit) => [
        unit.key,
        unit.blocks.map((block) => block.role),
        unit.others.map((block) => block.role),
      ]),
    ).toEqual([
      ["step:1", ["action", "verification"], []],
      ["step:2", ["action"], ["example"]],
      ["step:3", [], ["handoff"]],
      ["step:release", ["action"], ["reference"]],
    ]);
  });

  test("ties", () => {
    expect(
      plan.steps.map((unit) => unit.ties.map((tie) => `${tie.task ?? `phase ${tie.phase}`} by ${tie.by}`)),
    ).toEqual([["TASK-1.1 by file"], ["TASK-1.2 by title"], ["TASK-2.1 by mention"], ["TASK-2.2 by annotation"]]);
    expect(
      plan.phases.map((phase) => [phase.key, phase.steps, phase.tasks.map((task) => [task.key, task.steps])]),
    ).toEqual([
      [
        "phase:1",
        ["step:1", "step:2"],
        [
          ["task:TASK-1.1", ["step:1"]],
          ["task:TASK-1.2", ["step:2"]],
        ],
      ],
      [
        "phase:2",
        ["step:3", "step:release"],
        [
          ["task:TASK-2.1", ["step:3"]],
          ["task:TASK-2.2", ["step:release"]],
        ],
      ],
    ]);
  });

  test("claims", () => {
    const said = (
      outcomes: readonly { readonly key: string; readonly claims: readonly Parameters<typeof writeClaim>[0][] }[],
    ): readonly string[] =>
      outcomes.map(({ key, claims }) => `${key}: ${claims.map(writeClaim).join("; ") || "manual"}`);
    expect(plan.steps.flatMap((unit) => said(unit.outcomes))).toEqual([
      "outcome:1.1: exists src/greet.js",
      "outcome:1.2: manual",
      'outcome:1.3: version "node --version" >=20',
      'outcome:2.1: clean "node --test"',
      "outcome:release.1: output of 'git log --oneline -1' contains \"Greet\"",
    ]);
    expect(said(plan.items)).toEqual([
      "deliverable:1: count 1 *.js files in src/",
      'check:1: clean "node --test"',
      "check:2: manual",
      "criterion:1: coverage >= 85 %",
    ]);
    expect(said(plan.phases.flatMap((phase) => phase.tasks.flatMap((task) => task.verify)))).toEqual([
      "verify:TASK-1.1.1: exists src/greet.js",
    ]);
  });

  test("risks and commands in order", () => {
    expect(plan.commands.map(({ unit, role, risk }) => [unit, role, risk])).toEqual([
      ["step:1", "action", "workspace"],
      ["step:1", "verification", "read"],
      ["step:2", "action", "workspace"],
      ["step:release", "action", "workspace"],
      ["task:TASK-2.1", "verification", "read"],
    ]);
    expect(plan.steps.map((unit) => unit.risk)).toEqual(["workspace", "workspace", "read", "workspace"]);
    expect(plan.commands[0]?.sha256).toBe(planHash.sha256(plan.commands[0]?.text ?? ""));
  });

  test("what is left to people", () => {
    expect(plan.steps.map((unit) => unit.handoff)).toEqual([
      undefined,
      undefined,
      "it holds only comments: work for a person or assistant",
      undefined,
    ]);
  });

  test("every block of the document is understood, once", () => {
    expect(plan.blocks.map((block) => block.role)).toEqual([
      "verification",
      "action",
      "verification",
      "action",
      "example",
      "handoff",
      "action",
      "reference",
      "reference",
    ]);
    const own = plan.steps.flatMap((unit) => [...unit.blocks, ...unit.others]);
    expect(own.every((block) => plan.blocks.includes(block))).toBe(true);
  });

  test("nothing is wrong with its annotations", () => expect(plan.annotationProblems).toEqual([]));
});

describe("ties", () => {
  const ties = (plan: UnderstoodPlan): readonly string[] =>
    plan.steps[0]?.ties.map((tie) => `${tie.task ?? `phase ${tie.phase}`} by ${tie.by}`) ?? [];
  test.each<[string, string, readonly string[]]>([
    [
      "an annotation before all else",
      step("1: TASK-1.1 at work", `<!-- iplan: task=TASK-1.2 -->\n${act}`),
      ["TASK-1.2 by annotation"],
    ],
    ["the title before the text", step("1: TASK-1.1 at work", `Uses TASK-1.2.\n\n${act}`), ["TASK-1.1 by mention"]],
    ["the text when the title names none", step("1: Work", `This is TASK-1.2.\n\n${act}`), ["TASK-1.2 by mention"]],
    ["a comment in a block", step("1: Work", "```bash\n# TASK-1.2\nnpm test\n```\n"), ["TASK-1.2 by mention"]],
    ["the same words", step("1: Write the greeter", act), ["TASK-1.1 by title"]],
    ["the words of a task within the title", step("1: Write the greeter and run it", act), ["TASK-1.1 by title"]],
    ["a declared file", step("1: Work", `File: \`src/greet.js\`\n\n${act}`), ["TASK-1.1 by file"]],
    [
      "a file the step makes",
      step("1: Work", "```bash\ncat > ./src/greet.js <<'EOF'\nx\nEOF\n```\n"),
      ["TASK-1.1 by file"],
    ],
    ["a mention of the phase", step("7: Phase 1 goes on", act), ["phase 1 by mention"]],
    ["the number, of the phase alone", step("1: Work", act), ["phase 1 by number"]],
    ["nothing", step("7: Work", act), []],
    ["a title that fits two tasks names none", step("7: The greeter", act), []],
    ["a task that does not exist", step("7: TASK-9.9", act), []],
  ])("%s", (_title, text, expected) => expect(ties(planOf(text))).toEqual(expected));

  test("a title of the phase the step names, never one of another phase", () => {
    const tied = (title: string): readonly string[] =>
      ties(
        understand(
          `# IPLAN-007: X\n\n## Task List\n\n### Phase 1: Score\n- [ ] **TASK-1.1**: Verify dual scoring\n\n### Phase 2: Proof\n- [ ] **TASK-2.1**: Read it\n\n## Execution Steps\n\n${step(title, act)}`,
        ),
      );
    expect(tied("7: Verify dual scoring")).toEqual(["TASK-1.1 by title"]);
    expect(tied("7: Verify dual scoring (Phase 1)")).toEqual(["TASK-1.1 by title"]);
    expect(tied("7: Verify dual scoring (Phase 2)")).toEqual(["phase 2 by mention"]);
  });

  test("a task that is named as the phase which the step names, where one alone is", () => {
    const tied = (title: string, more = ""): readonly string[] =>
      ties(
        understand(
          `# IPLAN-007: X\n\n## Task List\n\n### Pending\n- [ ] **Phase 1**: Write the rules\n- [ ] Phase 2: Update the guide (30 lines)\n${more}\n## Execution Steps\n\n#### ${title}\n\n${act}`,
        ),
      );
    expect(tied("Phase 2: Update the guide (~40 lines)")).toEqual(["P1.2 by mention"]);
    expect(tied("Phase 1: Something else")).toEqual(["P1.1 by mention"]);
    expect(tied("Phase 3: Update")).toEqual([]);
    expect(tied("Phase 2: Other words", "- [ ] Phase 2: Again\n")).toEqual([]);
    expect(tied("Phase 2: Other words", "- [ ] Phase 22: Again\n")).toEqual(["P1.2 by mention"]);
  });

  test("the phase's name", () => {
    const plan = understand(
      `# IPLAN-007: X\n\n## Task List\n\n### Phase 3: Project setup (1 hour)\n- [ ] **TASK-3.1**: A\n\n## Implementation Guide\n\n### Execution Steps\n\n${step("9: Project setup", act)}`,
    );
    expect(ties(plan)).toEqual(["phase 3 by title"]);
  });
});

describe("keys and order", () => {
  test("a repeated number gets a mark", () => {
    expect(planOf(step("1: A", act) + step("1: B", act)).steps.map((unit) => unit.key)).toEqual(["step:1", "step:1~2"]);
  });

  test("needs move a step back", () => {
    const text = step("1: A", `<!-- iplan: needs=setup -->\n${act}`) + step("2: B", `<!-- iplan: id=setup -->\n${act}`);
    expect(planOf(text).steps.map((unit) => unit.key)).toEqual(["step:setup", "step:1"]);
  });

  test("needs that name nothing are told at the annotation", () => {
    const { annotationProblems } = planOf(step("1: A", `<!-- iplan: needs=nowhere task=TASK-8.8 id= -->\n${act}`));
    expect(annotationProblems.map((problem) => problem.message)).toEqual([
      "id wants a short name of letters, digits, dots and dashes",
      "needs=nowhere names no step or task of this plan",
      "the plan has no task TASK-8.8",
    ]);
    expect(annotationProblems[1]?.range.start.line).toBe(annotationProblems[1]?.annotation.range.start.line);
  });

  test("a circle of needs is told", () => {
    const text = step("1: A", `<!-- iplan: needs=2 -->\n${act}`) + step("2: B", `<!-- iplan: needs=1 -->\n${act}`);
    expect(planOf(text).annotationProblems.map((problem) => problem.message)).toEqual([
      expect.stringContaining("need each other"),
    ]);
  });
});

describe("hashes", () => {
  const subjectOf = (text: string): string | undefined => planOf(text).steps[0]?.subject;
  const one = step("1: A", `${act}\nExpected outcome:\n- [ ] \`a.js\` exists\n`);

  test.each<[string, string, boolean]>([
    ["the same text gives the same subject", one, true],
    ["a ticked box does not change it", one.replace("[ ]", "[x]"), true],
    ["a new title does not change it", one.replace("1: A", "1: B"), true],
    ["another command changes it", one.replace("npm test", "npm run lint"), false],
    ["another outcome changes it", one.replace("a.js", "b.js"), false],
    ["another role changes it", one.replace("```bash", "Verification:\n```bash"), false],
  ])("%s", (_title, text, same) => expect(subjectOf(text) === subjectOf(one)).toBe(same));

  test("approval covers the commands in their order, and nothing else", () => {
    const other = step("2: B", "```bash\nls\n```\n");
    const hash = (text: string): string => planOf(text).approvalHash;
    expect(hash(one + other)).toBe(hash(one.replace("a.js", "b.js").replace("1: A", "1: C") + other));
    expect(hash(one + other)).not.toBe(hash(other + one));
    expect(hash(one)).toMatch(/^[0-9a-f]{64}$/);
  });

  test("the plan's hash changes with any subject or item", () => {
    expect(planOf(one).planHash).not.toBe(planOf(one.replace("npm test", "ls")).planHash);
    expect(planOf(one).planHash).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});

describe("annotations of claims", () => {
  const outcome = (bullet: string) =>
    planOf(step("1: A", `${act}\nExpected outcome:\n${bullet}\n`)).steps[0]?.outcomes[0];

  test("a claim is taken as given", () => {
    const found = outcome('- The page is served <!-- iplan: claim="exists dist/index.html" -->');
    expect(found?.claims).toEqual([{ kind: "path", path: "dist/index.html", expect: "exists" }]);
    expect(found?.why).toBe("its annotation says so");
  });

  test("one that is not understood stays for a person and is told", () => {
    const text = step("1: A", `${act}\nExpected outcome:\n- Nice <!-- iplan: claim="is nice" -->\n`);
    const plan = planOf(text);
    expect(plan.steps[0]?.outcomes[0]?.claims).toEqual([]);
    expect(plan.annotationProblems).toHaveLength(1);
  });

  test("the claim is part of what the verdict rests on", () => {
    expect(outcome('- X <!-- iplan: claim="exists a" -->')?.digest).not.toBe(
      outcome('- X <!-- iplan: claim="exists b" -->')?.digest,
    );
  });
});

test("a plan without anything is understood", () => {
  const plan = understand("");
  expect(plan).toMatchObject({ steps: [], phases: [], items: [], commands: [], annotationProblems: [] });
});

test("a step's settings hold for its blocks, its id does not", () => {
  const plan = planOf(`<!-- iplan: id=build timeout=1m -->\n${step("1: A", act)}`);
  expect(plan.steps[0]?.key).toBe("step:build");
  expect(plan.steps[0]?.blocks[0]?.settings).toMatchObject({ timeoutMs: 60_000 });
  expect(plan.steps[0]?.blocks[0]?.settings.id).toBeUndefined();
});

test("a step of prose is handed off", () => {
  const [first] = planOf(step("1: A", "Do it by hand.")).steps;
  expect(first?.handoff).toBe("it describes work, but holds no block that runs");
});

describe("any document", () => {
  test("is understood without a throw, and the same each time", () => {
    const lines = whole.split("\n");
    const cut = fc.tuple(fc.nat(lines.length), fc.nat(6), fc.nat(lines.length));
    fc.assert(
      fc.property(fc.array(cut, { maxLength: 6 }), (cuts) => {
        const text = cuts.reduce((rest, [from, count, to]) => {
          const moved = rest.slice(from, from + count);
          const left = rest.filter((_, index) => index < from || index >= from + count);
          return [...left.slice(0, to), ...moved, ...moved, ...left.slice(to)];
        }, lines);
        const plan = understand(text.join("\n"));
        expect(plan.planHash).toBe(understand(text.join("\n")).planHash);
        expect(new Set(plan.steps.map((unit) => unit.key)).size).toBe(plan.steps.length);
      }),
      { numRuns: 60 },
    );
  });

  test.each<[string, string]>([
    [
      "functions that call each other many times",
      Array.from({ length: 12 }, (_, i) => `f${i}() { ${`f${i + 1}; `.repeat(30)}}`).join("\n") + "\nf0",
    ],
    ["a chain of thousands", "a && ".repeat(5_000) + "a"],
    ["thousands of quoted words", "a 'x y' ".repeat(5_000)],
    ["thousands of brackets", "[a b] ".repeat(5_000)],
    ["nested scripts", "bash -c ".repeat(5_000)],
    ["nested groups", "{ ".repeat(5_000)],
  ])("%s take little time", (_title, text) => {
    planOf(step("1: A", `\`\`\`bash\n${text}\n\`\`\`\n\nVerification:\n\`\`\`bash\n${text}\n\`\`\`\n`));
  });

  test("a thousand steps and tasks take little time", () => {
    const many = Array.from({ length: 1_000 }, (_, index) => index);
    const plan = planOf(
      many.map((n) => step(`${n}: Work on part ${n}`, act)).join("\n"),
      many.map((n) => `- [ ] **TASK-1.${n}**: Work on part ${n}\n`).join(""),
    );
    expect(plan.steps).toHaveLength(1_000);
  });
});

describe.skipIf(!hasShared)("reference documents", () => {
  const files = [
    sharedPath("seed", "IPLAN-TEMPLATE.md"),
    sharedPath("corpus", "plan-dotted", "IPLAN-01_example.md"),
    ...(hasShared ? readdirSync(sharedPath("corpus", "work-plans")) : []).map((name) =>
      sharedPath("corpus", "work-plans", name),
    ),
  ];

  test.each(files)("%s is understood", (path) => {
    const plan = parsePlan(createSource(path, readFileSync(path)), aidoc16);
    const result = understandPlan(plan, tools);
    expect(result.blocks).toHaveLength(plan.blocks.length);
    expect(new Set(result.steps.map((unit) => unit.key)).size).toBe(plan.steps.length);
    expect(result.commands.every((command) => ["action", "verification"].includes(command.role))).toBe(true);
  });

  test("the template is full of placeholders", () => {
    const path = sharedPath("seed", "IPLAN-TEMPLATE.md");
    const result = understandPlan(parsePlan(createSource(path, readFileSync(path)), aidoc16), tools);
    const found = result.steps.flatMap((unit) =>
      unit.blocks.flatMap((block) => block.placeholders.map((each) => each.text)),
    );
    expect(found).toContain("[/path/to/project]");
    expect(found).toContain("[command to execute]");
  });
});
