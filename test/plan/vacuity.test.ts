import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createShellParser } from "#host/shell-parser";
import type { Vacuity } from "#model/understanding";
import { vacuityOf } from "#plan/vacuity/vacuity";
import { planBlock } from "../support/plan-block.ts";

const parser = await createShellParser();

interface Row {
  readonly kind: "liar" | "honest" | "looks";
  readonly title: string;
  readonly text: readonly string[];
}

const rows = JSON.parse(
  readFileSync(new URL("../fixtures/verifications/verifications.json", import.meta.url), "utf8"),
) as readonly Row[];

function judged(text: string, role: "action" | "verification" = "verification"): Vacuity {
  const block = planBlock(text);
  return vacuityOf({ block, syntax: parser.parse(text), role, changesState: false }, parser);
}

function rowsOf(kind: Row["kind"]): readonly [string, string][] {
  return rows.filter((row) => row.kind === kind).map((row) => [row.title, row.text.join("\n")]);
}

describe("verifications that lie", () => {
  test("there are enough of them", () => expect(rowsOf("liar").length).toBeGreaterThanOrEqual(60));
  test.each(rowsOf("liar"))("%s", (_title, text) => {
    const vacuity = judged(text);
    expect([vacuity.kind, vacuity.checks]).toEqual(["vacuous", []]);
  });
});

describe("verifications that check", () => {
  test("there are enough of them", () => expect(rowsOf("honest").length).toBeGreaterThanOrEqual(60));
  test.each(rowsOf("honest"))("%s", (_title, text) => {
    expect(judged(text).kind).toBe("checks");
  });
});

describe("verifications that can fail, but pass in cases they should not", () => {
  test.each(rowsOf("looks"))("%s", (_title, text) => expect(judged(text).kind).toBe("unknown"));
});
