import { describe, expect, test } from "vitest";
import { type Corpus, createCorpus, type DefectKind } from "../../bench/trace-corpus.ts";
import { corpusText } from "../../bench/trace-corpus-text.ts";
import { createSessionWorld } from "../support/session-world.ts";

interface ShownPlace {
  readonly range: { readonly start: { readonly offset: number } };
  readonly message: string;
}

interface ShownFinding extends ShownPlace {
  readonly rule: string;
  readonly severity: string;
  readonly path: string;
  readonly related?: readonly ShownPlace[];
}

/** A place at which something was found, as defects name theirs. */
interface Found {
  readonly rule: string;
  readonly severity: string;
  readonly at: string;
  readonly message: string;
}

/** The rule that is to find a defect, and the rules that tell what follows from it in the same place. */
const rulesOf: Readonly<Record<DefectKind, readonly [string, ...string[]]>> = {
  "document-missing": ["trace/document-missing", "trace/ancestor-differs"],
  "element-missing": ["trace/element-missing", "trace/ancestor-differs"],
  "tag-missing": ["trace/ancestor-differs"],
  "ancestor-missing": ["trace/ancestor-differs"],
  "ancestor-surplus": ["trace/ancestor-differs"],
  "ancestor-contradicts": ["trace/ancestor-differs"],
  "tag-upward": ["trace/upward"],
  "element-twice": ["trace/duplicate-element"],
};

const families = ["tag", "trace", "link"];

/** Everything that the rules on tags, the chain and links find, each place by itself. */
async function check({ documents }: Corpus): Promise<readonly Found[]> {
  const texts = new Map(documents.map((document) => [document.path, corpusText(document)]));
  const world = createSessionWorld(Object.fromEntries(texts));
  const { findings } = JSON.parse((await world.call(["check", "--json"])).stdout) as { findings: ShownFinding[] };
  return findings
    .filter(({ rule }) => families.includes(rule.split("/")[0] ?? ""))
    .flatMap(({ path, rule, severity, related = [], ...first }) =>
      [first, ...related].map(({ message, range }) => ({
        rule,
        severity,
        at: `${path} ${elementAt(path, texts.get(path) ?? "", range.start.offset)}`,
        message,
      })),
    );
}

/** The artifact that the offset belongs to: the last heading or id before it, in a feature the scenario its lines stand with. */
function elementAt(path: string, text: string, offset: number): string {
  if (path.endsWith(".feature")) {
    const scenario = text.slice(0, offset).split("\n\n").length - 1;
    return `SCENARIO-${String(scenario).padStart(3, "0")}`;
  }
  const end = text.indexOf("\n", offset);
  const before = text.slice(0, end < 0 ? text.length : end);
  const names = [...before.matchAll(/^(?:### ([A-Z]+-\d+): |\s+- id: (\w+)$)/gm)];
  return names.at(-1)?.[1] ?? names.at(-1)?.[2] ?? "";
}

describe.each([1])("in a generated workspace of 2,000 artifacts (seed %i)", (seed) => {
  const corpus = createCorpus({ artifacts: 2000, seed });
  const checked = check(corpus);
  const defects = corpus.defects.filter(({ path }) => path.startsWith("docs/"));

  test("every known defect of a document is found where it is", async () => {
    const found = new Set((await checked).map(({ rule, at }) => `${rule} ${at}`));
    const lost = defects.filter(({ kind, path, element }) => !found.has(`${rulesOf[kind][0]} ${path} ${element}`));
    expect(defects.length).toBeGreaterThan(150);
    expect(lost).toEqual([]);
  });

  test("nothing is found that is no known defect", async () => {
    const known = new Set([
      ...defects.flatMap(({ kind, path, element }) => rulesOf[kind].map((rule) => `${rule} ${path} ${element}`)),
      ...corpus.unnamed.map(({ path, element }) => `trace/uncovered ${path} ${element}`),
    ]);
    expect((await checked).filter(({ rule, at }) => !known.has(`${rule} ${at}`))).toEqual([]);
  });

  test("every element that nothing below names is found", async () => {
    const found = new Set((await checked).filter(({ rule }) => rule === "trace/uncovered").map(({ at }) => at));
    expect(corpus.unnamed.filter(({ path, element }) => !found.has(`${path} ${element}`))).toEqual([]);
  });
});
