import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runRules } from "#rules/run-rules";
import { describe, expect, test } from "vitest";
import { hash } from "./synthetic.ts";
import { contextUnderTest } from "./workbench.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const clean = readFileSync(`${root}test/fixtures/rules/whole/clean.md`, "utf8");

function check(content: string, path?: string) {
  const context = contextUnderTest({ content, ...(path === undefined ? {} : { path }) });
  const result = runRules([context], { hash, today: "2026-06-01" });
  return { ...result, score: result.readiness.get(context.document.path) };
}

describe("a plan without a flaw", () => {
  test("has no finding and loses no point", () => {
    const { findings, score, rulesRun } = check(clean);
    expect(findings.map((one) => `${one.range.start.line} ${one.rule}: ${one.message}`)).toEqual([]);
    expect(score).toMatchObject({ score: 100, ready: true, without: ["tracing"] });
    expect(rulesRun).toBeGreaterThan(50);
  });

  test.each<[string, (text: string) => string, string, number]>([
    [
      "a check that cannot fail",
      (text) => text.replace("test -f src/greet.mjs", "echo ok").replace("node --check src/greet.mjs\n", ""),
      "plan/vacuous-verification",
      89,
    ],
    [
      "a step without verification",
      (text) =>
        text.replace(
          "Verification:\n```bash\nnode --test test/\n```\n\nExpected outcome:\n- `test/greet.test.mjs` exists",
          "It works.",
        ),
      "plan/step-without-verification",
      95,
    ],
    ["a placeholder", (text) => text.replace("Nothing exists yet.", "[What exists]"), "document/template-text", 97],
    ["an unclosed fence", (text) => `${text}\n\`\`\`bash\nls\n`, "document/unclosed-fence", 89],
    [
      "a verdict before the fact",
      (text) => text.replace("(1 hour) - PENDING", "(1 hour) - COMPLETED ✅"),
      "plan/verdict-before-fact",
      95,
    ],
  ])("loses points for %s", (_title, spoil, rule, most) => {
    const spoiled = spoil(clean);
    expect(spoiled).not.toBe(clean);
    const { findings, score } = check(spoiled);
    expect(findings.map((one) => one.rule)).toContain(rule);
    expect(score?.score).toBeLessThanOrEqual(most);
    expect(score?.lost.map((one) => one.rule)).toContain(rule);
  });
});

describe("the plans of the examples", () => {
  const folder = `${root}examples`;
  const plans = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /IPLAN-\d+_[^/]*\.md$/.test(name),
  );
  test("are there", () => expect(plans.length).toBeGreaterThan(0));
  test.each(plans)("%s has no error and is ready", (name) => {
    const { findings, score } = check(readFileSync(`${folder}/${name}`, "utf8"), name);
    const errors = findings.filter((one) => one.severity === "error");
    expect(errors.map((one) => `${one.range.start.line} ${one.rule}: ${one.message}`)).toEqual([]);
    expect(score?.score).toBeGreaterThanOrEqual(90);
  });
});
