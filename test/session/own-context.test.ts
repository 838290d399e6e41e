import { describe, expect, test } from "vitest";
import { createShellParser } from "#host/shell-parser";
import { createSourceFromText } from "#model/source";
import { aidoc16 } from "#profile/aidoc-16";
import type { DocumentFacts } from "#rules/facts";
import { isThere, type RuleContext } from "#rules/rule";
import { ownContext, withOwnFacts } from "#session/own-context";
import { type ReadingGround, receiptOf } from "#session/own-facts";
import { planHash } from "../support/plan-hash.ts";

const facts = ["wounds", "markdown", "plan", "understood", "receipt", "faults", "trace", "figures"] as const;
const text = "# IPLAN-001: One\n\n## Execution Steps\n\n**Step 1: Make**\n\n```bash\nmkdir out\n```\n";
const parser = await createShellParser();

const ground: ReadingGround = {
  profile: aidoc16,
  hash: planHash,
  parser,
  source: () => undefined,
  receipt: () => undefined,
};

function documentAt(path: string, type?: string): DocumentFacts {
  return { path, ...(type === undefined ? {} : { type }), template: false, named: false, size: text.length };
}

describe("The facts of a document by itself", () => {
  test.each<[string, DocumentFacts]>([
    ["a plan", documentAt("docs/IPLAN-001_one.md", "IPLAN")],
    ["the index of plans, which is none", documentAt("docs/IPLAN-000_index.md", "IPLAN")],
    ["a requirement", documentAt("docs/REQ-001_one.md", "REQ")],
    ["a document of no type", documentAt("README.md")],
    ["scenarios", documentAt("docs/BDD-001_one.feature", "BDD")],
  ])("are the same in a context that has others, too, of %s", (_, document) => {
    const source = createSourceFromText(document.path, text);
    for (const faults of [undefined, []]) {
      const receipt = receiptOf(ground, document);
      const base = {
        document,
        profile: aidoc16,
        ...(faults === undefined ? {} : { faults }),
        ...(receipt === undefined ? {} : { receipt }),
      };
      const made: RuleContext = withOwnFacts(base, ground, document, () => source);
      const own = ownContext(ground, document, source, faults);
      expect(facts.filter((fact) => isThere(own, fact))).toEqual(facts.filter((fact) => isThere(made, fact)));
      for (const fact of ["wounds", "faults", "receipt"] as const) expect(own[fact]).toEqual(made[fact]);
      expect(own.markdown?.headings).toEqual(made.markdown?.headings);
      expect(own.plan?.steps.map(({ title }) => title)).toEqual(made.plan?.steps.map(({ title }) => title));
      expect(own.understood?.approvalHash).toBe(made.understood?.approvalHash);
    }
  });

  test("are made once", () => {
    const document = documentAt("docs/IPLAN-001_one.md", "IPLAN");
    const own = ownContext(ground, document, createSourceFromText(document.path, text), []);
    for (const fact of facts) expect(own[fact]).toBe(own[fact]);
    expect(own.understood?.plan).toBe(own.plan);
  });
});
