import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { broken, mutations } from "./example-mutations.ts";

const root = resolve(import.meta.dirname, "../../examples/parcel-locker");
const docs = join(root, "docs");
const paths = readdirSync(docs, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(md|yaml|feature)$/.test(path))
  .toSorted();
const texts = new Map(paths.map((path) => [path, readFileSync(join(docs, path), "utf8")]));
const planPath = paths.find((path) => path.startsWith("IPLAN/")) ?? "";
const plan = texts.get(planPath) ?? "";

const idOf = (path: string): string => /[A-Z]+-\d{3}/.exec(path)?.[0] ?? "";
const layers = ["BRD", "PRD", "EARS", "BDD", "ADR", "SYS", "REQ", "IMPL", "CTR", "SPEC", "TASKS", "IPLAN"];
const layerOf = (path: string): number => layers.indexOf(path.split("/")[0] ?? "");

describe("the chain of the example", () => {
  test("has every layer from 1 to 12", () => {
    expect(new Set(paths.map(layerOf))).toEqual(new Set(layers.keys()));
  });

  test.each(paths)("%s names every document of every other layer", (path) => {
    const others = paths.filter((other) => layerOf(other) !== layerOf(path)).map(idOf);
    expect(others.filter((id) => !texts.get(path)?.includes(id))).toEqual([]);
  });

  test.each(paths)("%s links only to what is there", (path) => {
    const targets = [...(texts.get(path) ?? "").matchAll(/\]\((?!https?:)([^)]+)\)|path: (\.\.\/[^ }]+)/g)];
    const missing = targets
      .map((match) => match[1] ?? match[2] ?? "")
      .filter((target) => !existsSync(join(docs, dirname(path), target)));
    expect(missing).toEqual([]);
  });
});

describe("the plan of the example", () => {
  test("begins with an empty source tree", () => {
    expect(["src", "tests", "bench"].filter((folder) => existsSync(join(root, folder)))).toEqual([]);
  });

  test("adds up: tasks to phases, phases to the whole", () => {
    const hours = (pattern: RegExp, text: string): number =>
      [...text.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1]), 0);
    const phases = plan.split(/^### (?=Phase \d)/m).slice(1);
    for (const phase of phases) {
      const tasks = phase.split("\n## ")[0] ?? "";
      expect(hours(/^- \[ \].*\(([\d.]+) hours?\)$/gm, tasks)).toBe(hours(/^Phase.*\(([\d.]+) hours?\)/g, phase));
    }
    expect(hours(/^### Phase.*\(([\d.]+) hours?\)/gm, plan)).toBe(24);
    expect(plan).toContain("| **Estimated Effort** | 24 hours |");
  });

  test("maps every scenario to the line of a test it writes", () => {
    const rows = [...plan.matchAll(/^\| BDD-001 \| ([^|]+) \|[^|]+\| `([^`:]+):(\d+)` \|$/gm)];
    const feature = texts.get("BDD/BDD-001_parcel_handover.feature") ?? "";
    expect(rows.map((row) => row[1])).toEqual([...feature.matchAll(/^ {2}Scenario: (.+)$/gm)].map((match) => match[1]));
    for (const [, , path = "", line = ""] of rows) {
      expect(writtenFile(path)[Number(line) - 1]).toMatch(/^test\(/);
    }
  });

  test.each(mutations)("lets step $step be broken: $title", (mutation) => {
    expect(broken(plan, mutation)).not.toBe(plan);
  });

  test("has a break for every step", () => {
    const steps = [...plan.matchAll(/^\*\*Step (\d+): /gm)].map((match) => Number(match[1]));
    expect(mutations.map(({ step }) => step)).toEqual(steps);
  });
});

/** Lines of a file as a step writes it: thirteen tag lines, then the heredoc. */
function writtenFile(path: string): readonly string[] {
  const end = Math.max(plan.indexOf(`\nEOF\n} > ${path}\n`), plan.indexOf(`\nEOF\n} > "$LOCKER_ROOT/${path}"\n`));
  const begin = plan.lastIndexOf("<<'EOF'\n", end) + "<<'EOF'\n".length;
  expect(end, relative(root, path)).toBeGreaterThan(0);
  return [...Array<string>(13).fill("// @tag"), ...plan.slice(begin, end).split("\n")];
}
