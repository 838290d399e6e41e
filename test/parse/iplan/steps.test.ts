import { describe, expect, test } from "vitest";
import { read } from "./read-plan.ts";

describe("steps", () => {
  const steps = (text: string): unknown[] =>
    read(text).steps.map(({ number, title, blocks }) => [number, title, blocks.length]);
  const fence = "```bash\nls\n```";

  test.each([
    [
      "bold lines",
      `**Step 1: A**\n\n${fence}\n\n**Step 2**: B\n`,
      [
        ["1", "A", 1],
        ["2", "B", 0],
      ],
    ],
    [
      "headings of any level",
      `##### Step 1 - A (10 minutes)\n\n${fence}\n\n#### 6.2 Step 2. B\n\n${fence}\n`,
      [
        ["1", "A", 1],
        ["2", "B", 1],
      ],
    ],
    [
      "list items",
      `- **Step 1: A**\n  ${fence.replaceAll("\n", "\n  ")}\n- **Step 2: B**\n`,
      [
        ["1", "A", 1],
        ["2", "B", 0],
      ],
    ],
    [
      "an ordered list",
      `3. A\n   ${fence.replaceAll("\n", "\n   ")}\n4. B\n`,
      [
        ["3", "A", 1],
        ["4", "B", 0],
      ],
    ],
    [
      "headings without a number",
      `#### Prepare\n\n${fence}\n\n#### 7. Finish\n`,
      [
        ["1", "Prepare", 1],
        ["7", "Finish", 0],
      ],
    ],
    [
      "headings that name phases",
      `#### Phase 2: A\n\n${fence}\n\n#### Phase 3: B\n\n**Step 3.1**: C\n\n${fence}\n`,
      [
        ["2", "A", 1],
        ["3.1", "C", 1],
      ],
    ],
    [
      "steps with headings inside",
      `#### Step 1: A\n\n##### Verification\n\n${fence}\n\n#### Notes\n\n${fence}\n`,
      [["1", "A", 1]],
    ],
    [
      "parts of a step",
      `#### Step 1: A\n\n**Step 1.1**: a\n\n${fence}\n\n**Step 2**: B\n`,
      [
        ["1", "A", 1],
        ["2", "B", 0],
      ],
    ],
  ])("are %s", (_name, text, found) => expect(steps(`## Guide\n\n### Execution Steps\n\n${text}`)).toEqual(found));

  test("stand in the guide, or anywhere outside known sections", () => {
    expect(steps("## Implementation Guide\n\n**Step 1: A**\n\n### Prerequisites\n\n**Step 2: B**\n")).toEqual([
      ["1", "A", 0],
      ["2", "B", 0],
    ]);
    expect(
      steps("## Work\n\n**Step 1: A**\n\n## Troubleshooting\n\n**Step 9: no**\n\n## More\n\n**Step 2: B**\n"),
    ).toEqual([
      ["1", "A", 0],
      ["2", "B", 0],
    ]);
  });

  const outcomes = (text: string): string[] =>
    read(`### Execution Steps\n\n**Step 1: A**\n\n${text}`).steps[0]?.outcomes.map((outcome) => outcome.text) ?? [];

  test.each([
    ["bullets below a label", "Expected outcome:\n- a\n- b\n", ["a", "b"]],
    ["text behind a label", "**Expected**: a and b\n", ["a and b"]],
    ["a labelled bullet", "- Verify: a\n- do b\n", ["a"]],
    ["bullets of bullets", "**Expected Output**:\n- Files:\n  - a\n  - b\n- c\n", ["a", "b", "c"]],
    ["a plain line", "Verify: a works\n", ["a works"]],
    ["nothing else", "Note: a\n- b\n\n> Expected: x\n", ["x"]],
    ["comments", "```sh\nls # Expected: 2\n```\n", ["2"]],
  ])("promise %s", (_name, text, found) => expect(outcomes(text)).toEqual(found));

  const labels = (text: string): (string | undefined)[] =>
    read(`### Execution Steps\n\n**Step 1: A**\n\n${text}`).blocks.map(({ label }) => label?.text);

  test.each([
    ["none for the first fence", fence, [undefined]],
    ["a line with a colon", `Verification:\n${fence}`, ["Verification"]],
    ["bold words", `**Verification:**\n\n${fence}`, ["Verification"]],
    ["the same for two fences", `Verification:\n${fence}\n${fence}`, ["Verification", "Verification"]],
    [
      "not behind prose after a fence",
      `Verification:\n${fence}\n\nThen go on.\n\n${fence}`,
      ["Verification", undefined],
    ],
    ["still behind prose before it", `Verification:\n\nIt prints one line.\n\n${fence}`, ["Verification"]],
    ["not of the outcomes above", `Expected outcome:\n- a\n\n${fence}`, [undefined]],
    ["an item's own", `- **Check**: look\n  ${fence.replaceAll("\n", "\n  ")}\n`, ["Check"]],
    ["the last line of a paragraph", `Some words.\nRun this:\n\n${fence}`, ["Run this"]],
    ["a heading", `#### Verification\n\n${fence}`, ["Verification"]],
    ["in a quote", `> Check:\n> ${fence.replaceAll("\n", "\n> ")}\n`, ["Check"]],
  ])("label fences: %s", (_name, text, found) => expect(labels(text)).toEqual(found));
});

describe("annotations", () => {
  const plan = read(
    [
      "### Execution Steps",
      "<!-- iplan: id=one -->\n<!-- iplan: unsafe -->\n**Step 1: A** <!-- iplan: task=TASK-9.9 -->",
      "Verification: <!-- iplan: timeout=5m -->\n```bash\nls\n```",
      "<!-- iplan: background -->\n```bash\nserve\n```",
      "Expected outcome:\n\n<!-- iplan: claim=a -->\n- a\n- b <!-- iplan: claim=b -->\n- c",
      "`<!-- iplan: no -->`\n\n```html\n<!-- iplan: no -->\n```",
    ].join("\n\n"),
  );
  const keys = (annotation: { entries: readonly { key: string; value?: string }[] } | undefined): unknown =>
    annotation?.entries.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`));

  test("belong to the block or bullet behind them, or to the text they stand in", () => {
    expect(plan.blocks.map(({ annotation }) => keys(annotation))).toEqual([["timeout=5m"], ["background"], undefined]);
    expect(plan.steps[0]?.outcomes.map(({ annotation }) => keys(annotation))).toEqual([
      ["claim=a"],
      ["claim=b"],
      undefined,
    ]);
    expect(keys(plan.steps[0]?.annotation)).toEqual(["task=TASK-9.9"]);
    expect(plan.steps[0]?.mentions.map(({ id, where }) => [id, where])).toEqual([["TASK-9.9", "annotation"]]);
  });

  test("are all listed, but not those in code", () => expect(plan.annotations).toHaveLength(7));

  test("on lines of their own are read as one", () => {
    const [block] = read("<!-- iplan: id=one -->\n\n<!-- iplan: unsafe -->\n```bash\nls\n```\n").blocks;
    expect(keys(block?.annotation)).toEqual(["id=one", "unsafe"]);
  });
});
