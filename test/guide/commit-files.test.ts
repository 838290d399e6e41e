import { describe, expect, test } from "vitest";
import { chooseFiles } from "#guide/commit-files";
import { commitWork, satisfiedBy } from "#guide/commit-work";
import { completionOf } from "#guide/completion";
import { type RunState, emptyRun } from "#journal/run-state";
import { planDocument } from "../support/plan-document.ts";
import { type SaidStanding, standingWith, understandText } from "../support/understood-document.ts";

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

/** A run in which step 1 worked from second 10 to 12, and in which `a.txt` was changed before. */
const run: RunState = {
  ...emptyRun,
  run: "r",
  changed: ["mixed.txt"],
  progress: new Map([
    [
      "step:1",
      {
        attempt: 1,
        ended: [{ block: "b", role: "action", startedAt: at(10), durationMs: 2000, text: "rm old/gone.txt && make" }],
        states: [],
        asked: [],
        active: false,
      },
    ],
  ]),
};

const { understood } = understandText(
  planDocument([{ title: "Build", run: "make", outcomes: ["`made.txt` exists", "`never.txt` does not exist"] }], {
    deliverables: ["`dist/out.js` exists"],
    more: [
      "\n## Technical Details\n\n### File Structure\n\n```\nsrc/\n└── tree.js\ntop.js\n```\n",
      "### Module Specifications\n\n**Module 1: M**\n- File: `lib/module.js`\n",
    ].join("\n"),
  }),
);

const times: Readonly<Record<string, number>> = { "built.txt": 11, "mixed.txt": 11, "later.txt": 60, "mine.txt": 5 };

function choose(paths: readonly string[], runs: readonly RunState[] = [run], also: readonly string[] = []) {
  return chooseFiles(understood, runs, {
    paths,
    writtenAt: (path) => (path.includes("gone") ? undefined : Date.parse(at(times[path] ?? 60))),
    submodules: ["vendor", "lib"],
    own: ["docs/plan.md", "docs/plan.md.receipt.ndjson"],
    also,
  });
}

describe("what a plan's commit takes", () => {
  test.each<[string, string]>([
    ["docs/plan.md", "the plan"],
    ["docs/plan.md.receipt.ndjson", "the plan's receipt"],
    ["src/tree.js", "in the declared file tree"],
    ["dist/out.js", "a deliverable"],
    ["made.txt", "named by an outcome"],
    ["built.txt", "written by step 1"],
    ["old/gone.txt", "written by step 1"],
  ])("is %s: %s", (path, why) => {
    expect(choose([path]).files).toEqual([{ path, why }]);
  });

  test.each<[string, string]>([
    ["later.txt", "neither declared by the plan nor written by one of its steps"],
    ["mine.txt", "neither declared by the plan nor written by one of its steps"],
    ["never.txt", "neither declared by the plan nor written by one of its steps"],
    ["very-old/gone.txt", "neither declared by the plan nor written by one of its steps"],
    ["mixed.txt", "written by step 1, but it was changed before the run too"],
    ["vendor", "a submodule, which the plan does not declare"],
  ])("is not %s: %s", (path, why) => {
    const { files, left } = choose([path]);
    expect(files).toEqual([]);
    expect(left).toContainEqual({ path, why });
  });

  test("is what a person names, whatever it is", () =>
    expect(choose(["later.txt", "vendor"], [run], ["later.txt", "vendor"]).files.map(({ path }) => path)).toEqual([
      "later.txt",
      "vendor",
    ]));

  test("is nothing undeclared where nobody knows what was changed before", () => {
    const { changed: _changed, ...blind } = run;
    expect(choose(["built.txt"], [blind]).left[0]?.why).toContain("what was changed before the run is not known");
  });

  test("is nothing inside of a submodule, and that is said", () =>
    expect(choose([]).left).toEqual([
      { path: "lib/module.js", why: "lies in the submodule lib, which has commits of its own" },
    ]));
});

describe("the work of committing", () => {
  const keysOf = (...steps: Parameters<typeof planDocument>[0]) => [
    ...commitWork(understandText(planDocument(steps)).understood).keys,
  ];
  const build = { title: "Build", run: "make", verify: "test -f a" };

  test.each<[string, string, readonly string[]]>([
    ["a step that adds and commits", "git add a\ngit commit -m x", ["step:2", "task:TASK-1.2"]],
    [
      "a step that looks before",
      "if ! git diff --quiet; then git commit -m x; fi\ngit log -1",
      ["step:2", "task:TASK-1.2"],
    ],
    ["no step that does other work too", "npm version 2.0.0\ngit commit -m x", []],
    ["no step that only looks", "git status", []],
  ])("is %s", (_what, text, keys) => expect(keysOf(build, { title: "Save", run: text })).toEqual(keys));

  test.each(["Commit", "Git commit", "Create the commit"])("is a task %s that no step proves", (title) => {
    const { understood: plan } = understandText(
      planDocument([build]).replace("## Implementation", `- [ ] **TASK-1.2**: ${title} (1 hour)\n\n## Implementation`),
    );
    expect([...commitWork(plan).keys]).toEqual(["task:TASK-1.2"]);
    const standing = standingWith(plan, { "task:TASK-1.2": "manual", "step:1": "verified" });
    expect(Object.keys(satisfiedBy(commitWork(plan), standing))).toEqual(["task:TASK-1.2"]);
  });

  test("is satisfied by the commit only where nothing of the plan asks afterwards", () => {
    const steps = [build, { title: "Save", run: "git commit -m x", verify: "git diff --exit-code HEAD" }];
    const { understood: plan } = understandText(planDocument(steps));
    expect(satisfiedBy(commitWork(plan), standingWith(plan))).toEqual({});
  });
});

describe("how far a plan is", () => {
  const { understood: plan } = understandText(
    planDocument([
      { title: "Build", run: "make", verify: "test -f a", outcomes: ["It is fast"] },
      { title: "Save", run: "git commit -m x" },
    ]),
  );
  const of = (said: Readonly<Record<string, SaidStanding>>) => {
    const { finished, verified, accepted, open } = completionOf(plan, standingWith(plan, said), undefined);
    return { finished, verified, ...accepted, open: open.map(({ key }) => key) };
  };
  const built = { "step:1": "verified", "task:TASK-1.1": "verified", "outcome:1.1": "manual" } as const;

  test.each<[string, Readonly<Record<string, SaidStanding>>, ReturnType<typeof of>]>([
    [
      "nothing was run",
      { "outcome:1.1": "manual" },
      { finished: false, verified: false, signed: 0, waiting: 1, open: ["step:1", "task:TASK-1.1"] },
    ],
    ["all but the commit is verified", built, { finished: true, verified: true, signed: 0, waiting: 1, open: [] }],
    [
      "a step failed",
      { ...built, "step:1": "failed", "task:TASK-1.1": "failed" },
      { finished: true, verified: false, signed: 0, waiting: 1, open: ["step:1", "task:TASK-1.1"] },
    ],
    [
      "it was built and not proved",
      { ...built, "step:1": "unverifiable", "task:TASK-1.1": "unverifiable" },
      { finished: true, verified: false, signed: 0, waiting: 1, open: ["step:1", "task:TASK-1.1"] },
    ],
  ])("is told when %s", (_when, said, far) => expect(of(said)).toEqual(far));

  test("counts what a person signed as accepted", () => {
    const signed = { actor: "ann", reason: "it is", override: false };
    const record = { verdict: "verified", reason: "", subject: "", at: "", evidence: [], attempts: 0, signed } as const;
    expect(of({ ...built, "outcome:1.1": { verdict: "verified", record } })).toMatchObject({ signed: 1, waiting: 0 });
  });

  test("is not verified when nothing of it was", () => {
    const { understood: empty } = understandText(planDocument([{ title: "Save", run: "git commit -m x" }]));
    expect(completionOf(empty, standingWith(empty), undefined).open.map(({ reason }) => reason)).toEqual([
      "nothing of it was verified",
    ]);
  });
});
