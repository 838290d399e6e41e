import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createSource } from "#model/source";
import { ruleNames } from "#rules/codes";
import { ruleRegistry } from "#rules/registry";
import { runRules } from "#rules/run-rules";
import { readConfig } from "#session/config";
import { describe, expect, test } from "vitest";
import { misplaced } from "../support/covers.ts";
import { readMarkers } from "./markers.ts";
import { contextOf, hash } from "./synthetic.ts";
import { isTraced, readMarkedWorkspace, workspaceContexts } from "./traced.ts";
import { contextUnderTest, holdersOf, placesOf } from "./workbench.ts";

const root = fileURLToPath(new URL("../fixtures/rules/", import.meta.url));
const today = "2026-06-01";
const byLine = (a: string, b: string): number => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);

describe("every rule finds what its fixture marks, no more and no less", () => {
  const documents = ruleNames.filter((name) => !name.startsWith("config/") && !isTraced(name));
  test.each(documents)("%s", (name) => {
    const { content, expected, settings } = readMarkers(readFileSync(`${root}${name}.md`));
    const receipt = `${root}${name}.md.receipt.ndjson`;
    const context = contextUnderTest(
      {
        content,
        ...(settings["path"] === undefined ? {} : { path: settings["path"] }),
        ...(settings["size"] === undefined ? {} : { size: Number(settings["size"]) }),
        ...(settings["unread"] === undefined ? {} : { unread: settings["unread"] }),
        ...(existsSync(receipt) ? { receipt: readFileSync(receipt, "utf8") } : {}),
      },
      holdersOf(settings["holders"]?.split(",") ?? []),
    );
    const rules = [ruleRegistry[name]];
    const { findings } = runRules([context], { hash, today, rules, group: false });
    expect(expected.length).toBeGreaterThan(0);
    expect([...placesOf(findings)].sort(byLine)).toEqual([...expected].sort(byLine));
    const { path } = context.document;
    expect(misplaced(findings, (one) => (one === path ? context.source.text : undefined))).toEqual([]);
  });

  test.each(ruleNames.filter(isTraced))("%s", async (name) => {
    const { files, expected } = readMarkedWorkspace(readFileSync(`${root}${name}.md`, "utf8"));
    const { findings } = runRules(await workspaceContexts(name, files), {
      hash,
      today,
      rules: [ruleRegistry[name]],
      group: false,
    });
    expect(expected.length).toBeGreaterThan(0);
    const found = findings.map((one) => `${one.path}:${one.range.start.line} ${one.rule}`);
    expect(found.sort()).toEqual([...expected].sort());
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    expect(misplaced(findings, (path) => texts.get(path))).toEqual([]);
  });

  test.each(ruleNames.filter((name) => name.startsWith("config/")))("%s", async (name) => {
    const { content, expected } = readMarkers(readFileSync(`${root}${name}.yaml`));
    const source = createSource("iplan.config.yaml", content);
    const { problems } = await readConfig(source.text, today);
    const rules = [ruleRegistry[name]];
    const { findings } = runRules([contextOf(source, { config: { problems } })], { hash, today, rules });
    expect(expected.length).toBeGreaterThan(0);
    expect([...placesOf(findings)].sort(byLine)).toEqual([...expected].sort(byLine));
  });

  test("and no fixture is without its rule", () => {
    const files = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((file) => /^[a-z]+\/[a-z-]+\.(?:md|yaml)$/.test(file))
      .map((file) => file.replace(/\.\w+$/, ""));
    expect(files.filter((file) => !file.startsWith("whole/")).sort()).toEqual([...ruleNames].sort());
  });
});
