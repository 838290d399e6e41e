import { describe, expect, test } from "vitest";
import { read } from "./read-plan.ts";

describe("prerequisites", () => {
  const found = (text: string): unknown[] =>
    read(`### Prerequisites\n\n${text}`).prerequisites.map(({ kind, name, port, access, optional }) => [
      kind,
      name,
      port,
      access,
      optional,
    ]);

  test.each([
    ["a tool", "**Required Tools**:\n- Node.js 20+\n", [["tool", "Node.js", undefined, undefined, false]]],
    [
      "two tools",
      "**Tools Required**:\n- Git, Docker Compose 2.0+\n",
      [
        ["tool", "Git", undefined, undefined, false],
        ["tool", "Docker Compose", undefined, undefined, false],
      ],
    ],
    [
      "one tool with words",
      "**Required Tools**:\n- Git, with large files switched on\n",
      [["tool", "Git", undefined, undefined, false]],
    ],
    [
      "a file",
      "#### Required Files Access\n\n- `/srv/x/a.csv` (read)\n",
      [["file", "/srv/x/a.csv", undefined, "read", false]],
    ],
    [
      "a service",
      "**Environment Setup**:\n- PostgreSQL on port 5432, if available\n",
      [["service", "PostgreSQL", 5432, undefined, true]],
    ],
    [
      "a variable",
      "**Environment Variables**:\n- `API_TOKEN`: the token\n",
      [["variable", "API_TOKEN", undefined, undefined, false]],
    ],
    ["knowledge", "**Knowledge Required**:\n- SQL 92\n", [["knowledge", undefined, undefined, undefined, false]]],
    [
      "nothing said of the kind",
      "- Python 3.x installed\n- working tree clean\n- `src/a.ts` writable\n",
      [
        ["tool", "Python", undefined, undefined, false],
        ["environment", undefined, undefined, undefined, false],
        ["file", "src/a.ts", undefined, "write", false],
      ],
    ],
  ])("are %s", (_name, text, expected) => expect(found(text)).toEqual(expected));
});

describe("other sections", () => {
  test("checklists stand under Verification, too, but not inside a step", () => {
    expect(
      read(
        "### Execution Steps\n\n#### Step 1: A\n\n##### Verification\n\n- a\n\n### Verification\n\n**After Step 1**:\n- ✅ a\n",
      ).checklists,
    ).toHaveLength(1);
  });

  test("the context's labelled lists are the state where no part is called so", () => {
    const plan = read(
      "## Context\n\n**Code Status**: 🟡 50%\n- a\n\n**Completed Work** (last week):\n- b\n\n### Key Decisions\n\n1. **One**: x\n",
    );
    expect(plan.currentState.map(({ title, status }) => [title, status?.percent])).toEqual([["Code Status", 50]]);
    expect(plan.previousWork.map(({ text }) => text)).toEqual(["b"]);
    expect(plan.decisions.map(({ items }) => items.map(({ label }) => label))).toEqual([["One"]]);
  });

  test("risks, modules and troubleshooting stand under headings and labels, too", () => {
    const plan = read(
      "## Risks\n\n**Disk full**\n- Impact: Low\n- Mitigation: delete\n\n### Risk 2: Fire\n\n**Probability**: moderate\n\n## Modules\n\n**Store**\n- File: a.ts\n\n## Troubleshooting\n\n### Issue 1: Slow\n\n**Symptom**: waits\n\n**Cause**:\n- cold\n- cache\n\n**Fix**: warm it\n",
    );
    expect(
      plan.risks.map(({ number, title, likelihood, impact, mitigation }) => [
        number,
        title,
        likelihood?.value,
        impact?.value,
        mitigation.length,
      ]),
    ).toEqual([
      [undefined, "Disk full", undefined, "low", 1],
      ["2", "Fire", "medium", undefined, 0],
    ]);
    expect(plan.modules.map(({ name, file }) => [name, file?.text])).toEqual([["Store", "a.ts"]]);
    expect(plan.troubleshooting).toMatchObject([
      { number: "1", title: "Slow", symptom: "waits", cause: "cold; cache", solution: "warm it" },
    ]);
  });

  test("what troubleshooting shows in fences is symptom and solution, too", () => {
    const plan = read(
      "## Troubleshooting\n\n**Issue 1: Port**\n**Symptom**:\n```\nlisten EADDRINUSE\n  at line 3\n```\n\n**Solution**: Free it\n```bash\nfuser -k 80/tcp\nsleep 1\n```\n",
    );
    expect(plan.troubleshooting).toMatchObject([
      { number: "1", symptom: "`listen EADDRINUSE`", solution: "Free it\nfuser -k 80/tcp\nsleep 1" },
    ]);
  });

  test("next actions may be labelled lines at the end", () => {
    expect(
      read("## A\n\ntext\n\n---\n\n**Next Actions**: rest\n**Follow-up**:\n\n- sleep\n").nextActions.map(
        ({ text }) => text,
      ),
    ).toEqual(["rest", "sleep"]);
  });

  test("links that no definition has are none", () => {
    expect(read("[a][b] [c][d] ![e](f) <https://x.y>\n\n[b]: <u v>\n").links.map(({ target }) => target)).toEqual([
      "u v",
      "https://x.y",
    ]);
  });
});
