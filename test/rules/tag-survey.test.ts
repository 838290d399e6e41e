import { array, assert, constant, constantFrom, integer, oneof, property, record, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { createGraph } from "#graph/graph";
import { aidoc16 } from "#profile/aidoc-16";
import { liveTags } from "#rules/tag-rows";
import { surveyTags } from "#rules/tag-survey";
import { propertyRuns } from "../support/property-runs.ts";
import { tracedContexts } from "./traced.ts";

const names = ["brd", "prd", "req", "PRD", "code", "iplan-role", "icon", "unknown", "sys"] as const;
const values = [
  "BRD-001",
  "PRD-001:US-001",
  "REQ-002",
  "SYS-001",
  "null",
  "src/a.py",
  "none at all",
  "XYZ-001",
] as const;
const right = constantFrom(["brd", "BRD-001"], ["prd", "PRD-001:US-001"], ["sys", "SYS-001"]);
const tag = record({
  pair: oneof(
    { weight: 4, arbitrary: right },
    { weight: 1, arbitrary: tuple(constantFrom(...names), constantFrom(...values)) },
  ),
  second: oneof({ weight: 5, arbitrary: constant(null) }, { weight: 1, arbitrary: constantFrom(...values) }),
  separator: constantFrom(": ", ":", " : "),
  fence: integer({ min: 0, max: 9 }).map((dice) => dice === 0),
});
const documents = array(array(tag, { maxLength: 6 }), { minLength: 1, maxLength: 3 });

describe("what one look at the tags of a document tells", () => {
  it("is what looking at each of them does", () => {
    const seen = { plain: 0, others: 0 };
    assert(
      property(documents, (drafts) => {
        const files = drafts.map((tags, index) => ({
          path: `docs/REQ/REQ-00${index + 1}_a.md`,
          text: `# REQ-00${index + 1}: A\n\n${tags.map(lineOf).join("\n\n")}\n`,
        }));
        for (const context of tracedContexts(files)) {
          if (context.trace === undefined) throw new Error("no graph");
          const [survey, tags] = [surveyTags(context.trace), liveTags(context.trace)];
          const layers = context.profile.layers.filter(({ reference }) => reference !== "path");
          const isPlain = tags.every(
            ({ type, document }) =>
              document !== undefined &&
              layers.find((layer) => layer.tag === type)?.type === document.slice(0, document.indexOf("-")),
          );
          let flags = 0;
          for (const one of tags) flags |= one.flags;
          const distinct = [...new Set(tags.map(({ type }) => type))];
          expect(survey).toEqual({ live: tags.length, flags, names: distinct, plain: isPlain });
          seen[isPlain && tags.length > 0 ? "plain" : "others"]++;
        }
      }),
      { numRuns: propertyRuns(200) },
    );
    expect(Math.min(seen.plain, seen.others)).toBeGreaterThan(10);
  });

  it("is nothing of a document that the graph does not have", () => {
    const survey = surveyTags({ graph: createGraph(aidoc16), path: "docs/a.md" });
    expect(survey).toEqual({ live: 0, flags: 0, names: [], plain: true });
  });
});

interface Draft {
  readonly pair: readonly string[];
  readonly second: string | null;
  readonly separator: string;
  readonly fence: boolean;
}

function lineOf({ pair: [name, value], second, separator, fence }: Draft): string {
  const line = `@${name}${separator}${value}${second === null ? "" : `, ${second}`}`;
  return fence ? `\`\`\`\n${line}\n\`\`\`` : line;
}
