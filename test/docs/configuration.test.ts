import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultConfig } from "#model/config";
import { readConfig } from "#session/config";
import { readActs } from "../support/console-page.ts";
import { repository } from "../support/page-reader.ts";

const page = readFileSync(join(repository, "docs/guide/configuration.md"), "utf8");
const keys = Object.keys(defaultConfig).map((key) => (key === "timeoutMs" ? "timeout" : key));
const rows = new Map(
  [...page.matchAll(/^\| `(\w+)` \| (?:`(.*?)`|(see below)) \|/gm)].map((row) => [row[1] ?? "", row[2] ?? ""]),
);
const example = readActs(page).find((act) => act.kind === "save")?.text ?? "";

/** A file of settings that says nothing but what the page calls the defaults. */
const defaults = [...rows]
  .filter(([, value]) => value !== "")
  .map(([key, value]) => `${key}: ${value.replaceAll("**", "'**'").replace(/\[.*\]/, (list) => quotedItems(list))}\n`);

function quotedItems(list: string): string {
  const items = list
    .slice(1, -1)
    .split(",")
    .filter((item) => item.trim() !== "");
  return `[${items.map((item) => `"${item.trim().replaceAll("'", "")}"`).join(", ")}]`;
}

describe("the page about the configuration", () => {
  it("names every key and no other", () => expect([...rows.keys()]).toEqual(keys));

  it("tells the defaults", async () => {
    const { config, problems } = await readConfig(defaults.join(""), "2026-11-20");
    expect(problems).toEqual([]);
    expect(config).toEqual(defaultConfig);
  });

  it("tells the default of each risk", () => {
    const allowed = Object.entries(defaultConfig.policy).flatMap(([risk, decision]) =>
      decision === "allow" ? [`\`${risk}\``] : [],
    );
    expect(page).toContain(`\`allow\` for ${allowed.join(", ")};`);
    expect(defaultConfig.policy.destructive).toBe("confirm");
  });

  it("has an example that uses every key rightly", async () => {
    const { config, problems } = await readConfig(example, "2026-11-20");
    expect(problems).toEqual([]);
    expect([...example.matchAll(/^(\w+):/gm)].map((match) => match[1])).toEqual(keys);
    expect(config.timeoutMs).toBe(300_000);
    expect(config.waivers).toHaveLength(1);
  });
});
