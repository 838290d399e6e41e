import { describe, expect, it } from "vitest";
import { eventsOf } from "../support/journal-file.ts";
import { planPath } from "../support/plan-document.ts";
import { type PlanRow, checkRow, runPlanOf, trustOf, worldOf } from "../support/plan-run.ts";

const files = { "env/activate": 'export COLOUR=green\nshout() { echo "$1!"; }\nset_here=1\n' };
const activate = 'init="source env/activate"';

/** Puts an annotation before the verification of the step that has one. */
const beforeVerification =
  (annotation: string) =>
  (text: string): string =>
    text.replace("Verification:\n", `Verification:\n\n<!-- iplan: ${annotation} -->\n`);

const rows: readonly PlanRow[] = [
  {
    title: "establishes the session of an isolated block, which leaves nothing of it",
    steps: [
      { annotation: `isolated ${activate}`, run: 'shout "$COLOUR" > said', verify: "grep -q '^green!$' said" },
      { verify: 'test -z "${COLOUR-}" && ! declare -F shout' },
    ],
    files,
    code: 0,
    verdicts: ["verified", "verified"],
  },
  {
    title: "stays in the session of a block that is not isolated",
    steps: [{ annotation: activate, run: "true", verify: 'test "$COLOUR" = green' }],
    files,
    code: 0,
    verdicts: ["verified"],
  },
  {
    title: "runs before a verification, its statements first",
    steps: [{ run: "cp env/activate copied", verify: 'cmp copied env/activate\ntest "$COLOUR" = green' }],
    document: beforeVerification('isolated init="cd env; source ./activate; cd .."'),
    files,
    code: 0,
    verdicts: ["verified"],
    after: (world) => {
      const asked = eventsOf(world).flatMap((event) => (event.type === "block-ended" ? [event.evidence] : []));
      expect(asked.at(-1)?.commands?.map(({ text }) => text)).toEqual([
        "cd env",
        "source ./activate",
        "cd ..",
        "cmp copied env/activate",
        'test "$COLOUR" = green',
      ]);
    },
  },
  {
    title: "that fails fails its action, of whose own text nothing runs",
    steps: [{ annotation: 'isolated init="source env/missing"', run: "touch begun", verify: "test -e begun" }],
    files,
    code: 1,
    verdicts: ["failed"],
    reasons: { 0: "its init `source env/missing` exited with status 1, so nothing behind it ran" },
    after: (world) => expect(world.exists("begun")).toBe(false),
  },
  {
    title: "that ends well does not take the blame for what stands behind it",
    steps: [{ annotation: activate, run: "exit 3" }],
    files,
    code: 1,
    verdicts: ["failed"],
    reasons: { 0: /^its action exited with status 3$/ },
  },
  {
    title: "that fails fails its verification, of which nothing else is asked",
    steps: [{ run: "true", verify: "touch asked; test -e asked" }],
    document: beforeVerification('init="cd missing"'),
    code: 1,
    verdicts: ["failed"],
    reasons: { 0: /^its init `cd missing` exited with status 1, so nothing behind it ran$/ },
    after: (world) => expect(world.exists("asked")).toBe(false),
  },
  {
    title: "proves nothing by itself",
    steps: [{ run: "mkdir sub", verify: "echo fine" }],
    document: beforeVerification('init="test -d sub"'),
    code: 1,
    verdicts: ["unverifiable"],
  },
  {
    title: "stands before a service, not inside it",
    steps: [
      {
        annotation: 'background ready=path:up init="export NAME=one; echo $$ > shell"',
        run: 'echo "$NAME" > up; sleep 30',
        verify: 'grep -q one up && test "$NAME" = one',
      },
    ],
    code: 0,
    verdicts: ["verified"],
  },
];

describe("init=", () => {
  it.each(rows)("$title", (row) => checkRow(row));

  it("is approved with its block: another init is another plan to approve", () => {
    const world = worldOf({ steps: [{ annotation: activate, run: "true", verify: "test -e env" }], files });
    const trusted = trustOf(world);
    expect(world.iplan(["trust", "IPLAN-001"]).stdout).toContain("source env/activate");
    world.write(planPath(), world.read(planPath()).replace("source env/activate", "source env/other"));
    const refused = world.iplan(["run", "IPLAN-001", trusted]);
    expect(refused.code).toBe(5);
  });

  it("counts for the risk of its block and is shown with it", () => {
    const world = worldOf({ steps: [{ annotation: 'init="npm install left-pad"', run: "true" }] });
    const explained = world.iplan(["show", "IPLAN-001", "--explain"]).stdout;
    expect(explained).toMatch(/init: npm install/);
    expect(explained).toMatch(/action {2}true[^]*risk: network/);
  });

  it("that is no whole command is found by check, and not run", () => {
    const world = worldOf({ steps: [{ annotation: 'init="source \'env/activate"', run: "true" }], files });
    expect(world.iplan(["check"]).stdout).toMatch(/init wants whole commands of bash/i);
    expect(runPlanOf(world).code).not.toBe(0);
  });
});
