import { describe, expect, it } from "vitest";
import { createShellParser } from "#host/shell-parser";
import { createSourceFromText } from "#model/source";
import { initProblem, initRange, ownStart, withInit } from "#plan/init";
import { planBlock } from "../support/plan-block.ts";
import { understandText } from "../support/understood-document.ts";

const parser = await createShellParser();
const place = createSourceFromText("plan.md", "<!-- iplan: init=... -->\n").range(0, 24);

describe("commands of init before a block", () => {
  const init = "cd out";
  const own = planBlock("make\nmake test");
  const block = withInit(own, init, place);

  it("stand before the block's own text", () => {
    expect(block.text).toBe("cd out\nmake\nmake test");
    expect(block.text.slice(ownStart(init))).toBe(own.text);
    expect(ownStart(undefined)).toBe(0);
  });

  it.each([
    ["the first of them", 0, 0],
    ["the last of them", 5, 0],
    ["the line end behind them", 6, 0],
    ["the first of the block's own", 7, own.toDocument(0)],
    ["one further on", 12, own.toDocument(5)],
  ])("place the letter that is %s", (_, offset, there) => {
    expect(block.toDocument(offset)).toBe(there);
  });

  it.each([
    ["lies in them, at the annotation", 0, 6, place],
    ["begins in them, at the annotation", 3, 12, place],
    ["is the block's own, where it is written", 7, 11, own.rangeOf(0, 4)],
    ["ends before it begins, where it begins", 12, 8, own.rangeOf(5, 5)],
  ])("place the stretch that %s", (_, start, end, range) => {
    expect(block.rangeOf(start, end)).toEqual(range);
  });

  it.each([
    ["one command", "cd out", true],
    ["several commands", "set -e; cd out", true],
    ["a quote that stays open", "echo 'a", false],
    ["a line that goes on", "cd out \\", false],
    ["a pipe into what follows", "cat a |", false],
    ["an if that stays open", "if true; then", false],
    ["a document that stays open", "cat <<X", false],
    ["nothing but a comment", "# no", false],
  ])("are whole or not: %s", (_, text, isWhole) => {
    expect(initProblem(text, parser)).toBe(isWhole ? undefined : "init wants whole commands of bash");
  });

  it("have no place without an annotation that gives them", () => {
    expect(initRange([])).toBeUndefined();
    expect(initRange([undefined])).toBeUndefined();
  });
});

describe("init= of a document", () => {
  const documentWith = (init: string): string =>
    `# IPLAN-001: Make\n\n## Implementation Guide\n\n### Execution Commands\n\n**Step 1: Make**\n\n<!-- iplan: init="${init}" -->\n\`\`\`bash\nmake all\n\`\`\`\n`;

  it("makes the block begin with it", () => {
    const { understood } = understandText(documentWith("cd out"));
    expect(understood.steps[0]?.blocks[0]?.block.text).toBe("cd out\nmake all\n");
  });

  it("is placed at the annotation, and what follows where it is written", () => {
    const { understood, source } = understandText(documentWith("cd out"));
    const block = understood.steps[0]?.blocks[0]?.block;
    expect(source.text.slice(block?.toDocument(7)).split("\n")[0]).toBe("make all");
    expect(block?.rangeOf(0, 3).start.line).toBe(9);
  });
});
