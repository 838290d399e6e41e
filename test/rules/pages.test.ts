import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ruleFamilies } from "#model/finding";
import { createSourceFromText } from "#model/source";
import { type RuleName, ruleNames } from "#rules/codes";
import { allRules, ruleRegistry } from "#rules/registry";
import type { RuleContext } from "#rules/rule";
import { runRules } from "#rules/run-rules";
import { readConfig } from "#session/config";
import { describe, expect, test } from "vitest";
import { type PageExample, readPage } from "./pages.ts";
import { contextOf, hash } from "./synthetic.ts";
import { isTraced, workspaceContexts } from "./traced.ts";
import { contextUnderTest, holdersOf, usualPath } from "./workbench.ts";

const today = "2026-06-01";

async function findingsOf(name: RuleName, example: PageExample): Promise<readonly string[]> {
  const contexts = isTraced(name)
    ? await workspaceContexts(
        name,
        example.documents.map(({ path = usualPath, content }) => ({ path, text: String(content) })),
      )
    : example.config === undefined
      ? documentsOf(example)
      : [await configOf(example.config)];
  expect(contexts.length).toBeGreaterThan(0);
  const rules = [ruleRegistry[name]];
  return runRules(contexts, { hash, today, rules }).findings.map((one) => `${one.path} ${one.rule}`);
}

/** All documents of an example share one workspace, so that those of one id are duplicates. */
function documentsOf({ documents }: PageExample): readonly RuleContext[] {
  const all = documents.map((under) => ({ path: under.path ?? usualPath, under }));
  const idOf = (path: string): string => path.split("/").at(-1)?.split("_")[0] ?? "";
  return all.map(({ path, under }) => {
    const holders = all.map((one) => one.path).filter((one) => idOf(one) === idOf(path));
    return contextUnderTest(under, holdersOf(holders));
  });
}

async function configOf(text: string): Promise<RuleContext> {
  const { problems } = await readConfig(text, today);
  return contextOf(createSourceFromText("iplan.config.yaml", text), { config: { problems } });
}

describe("the page of each rule", () => {
  test.each(ruleNames)("%s says what the rule says", (name) => {
    const rule = ruleRegistry[name];
    const page = readPage(name);
    expect(page.title).toBe(`# ${name}`);
    expect(page.lead).toBe(`${rule.summary} Default severity: **${rule.severity}**.`);
    expect(page.sections).toEqual(["Why", "Bad", "Good", "How to fix"]);
  });

  test.each(ruleNames)("%s is right about its bad example", async (name) => {
    expect(await findingsOf(name, readPage(name).bad)).not.toEqual([]);
  });

  test.each(ruleNames)("%s is right about its good example", async (name) => {
    expect(await findingsOf(name, readPage(name).good)).toEqual([]);
  });

  test("stands in the folder of its family, and no other page does", () => {
    const folder = fileURLToPath(new URL("../../docs/rules/", import.meta.url));
    const pages = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".md") && file !== "README.md")
      .map((file) => file.slice(0, -3));
    expect(pages.sort()).toEqual([...ruleNames].sort());
  });
});

describe("the registry", () => {
  test.each(ruleNames)("has %s under its own code", (name) => expect(ruleRegistry[name].code).toBe(name));

  test("and the list of rules in the folder are the same", () => {
    const folder = fileURLToPath(new URL("../../src/rules/", import.meta.url));
    const shared = new Set(["plan/field-form", "config/config-rule"]);
    const files = ruleFamilies
      .flatMap((family) => readdirSync(folder).filter((entry) => entry === family))
      .flatMap((family) => readdirSync(`${folder}${family}`).map((file) => `${family}/${file.replace(".ts", "")}`))
      .filter((file) => !shared.has(file));
    expect(files.sort()).toEqual([...ruleNames].sort());
  });

  test("says of each rule what it demands, in a sentence", () => {
    for (const rule of allRules) expect(rule.summary).toMatch(/^[A-Z].*\.$/);
  });

  test("is shown in the index of the pages", async () => {
    const rows = allRules.map(
      ({ code, severity, summary }) => `| [${code}](${code}.md) | ${severity} | ${summary.replaceAll("|", "\\|")} |`,
    );
    const index = [
      "# Rules",
      "",
      "Every rule has a code, a default severity and a page with an example of what it finds and what it does not.",
      "Severities are changed under `rules` in the configuration; a place that is accepted is listed under `waivers`.",
      "",
      "| rule | severity | demands |",
      "|---|---|---|",
      ...rows,
      "",
    ].join("\n");
    await expect(index).toMatchFileSnapshot("../../docs/rules/README.md");
  });
});
