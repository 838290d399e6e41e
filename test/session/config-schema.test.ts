import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { readConfig } from "#session/config";
import { plainValue } from "#session/config-node";
import { configKeys, configSchema } from "#session/config-schema";
import { readYaml } from "#session/read-yaml";

const today = "2026-11-20";
const validate = new Ajv({ allErrors: true }).compile(configSchema());

async function judged(text: string): Promise<{ reader: boolean; schema: boolean }> {
  const { problems } = await readConfig(text, today);
  const { root } = await readYaml(text);
  return { reader: problems.length === 0, schema: validate(root === undefined ? null : plainValue(root)) };
}

describe("the schema for editors", () => {
  test("knows the keys that the reader knows", async () => {
    const { problems } = await readConfig("colour: red", today);
    expect(problems[0]?.message).toContain(`Known are: ${Object.keys(configKeys).join(", ")}.`);
  });

  test.each([
    "",
    "profile: aidoc-dotted",
    "profile:",
    "docs: docs/",
    "docs: .",
    "docs: a..b/c",
    "sources: ['src/**']",
    "ignore: []",
    "timeout: 90s",
    "secrets: [API_KEY]",
    "policy: {network: deny, destructive: deny, assistants: [OURS]}",
    "rules: {plan/untied-step: off, document/size: error}",
    "rules: {plan/untied-step: false}",
    "waivers: [{rule: plan/*, path: docs/**, reason: old, expires: 2027-01-31}]",
    "waivers: [{rule: plan/*, path: docs/**, reason: old}]",
    "reports: ['**/*.xml']",
  ])("accepts %j as the reader does", async (text) => {
    expect(await judged(text)).toEqual({ reader: true, schema: true });
  });

  test.each([
    "colour: red",
    "- a",
    "profile: ''",
    "profile: [a]",
    "docs: /etc",
    "docs: ../up",
    "docs: a/../b",
    "sources: src",
    "sources: [1]",
    "timeout: 90",
    "timeout: soon",
    "secrets: [A-B]",
    "policy: {network: maybe}",
    "policy: {space: allow}",
    "policy: {destructive: allow}",
    "rules: {plan/untied-step: loud}",
    "rules: off",
    "waivers: [{rule: plan/*, path: docs/**}]",
    "waivers: [{rule: plan/*, path: docs/**, reason: ' '}]",
    "waivers: [{rule: plan/*, path: docs/**, reason: x, until: never}]",
    "waivers: [{rule: plan/*, path: docs/**, reason: x, expires: soon}]",
    "reports: 1",
  ])("refuses %j as the reader does", async (text) => {
    expect(await judged(text)).toEqual({ reader: false, schema: false });
  });
});
