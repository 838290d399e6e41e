import { describe, expect, test } from "vitest";
import type { RiskClass } from "#model/understanding";
import { createShellParser } from "#host/shell-parser";
import { riskOf } from "#plan/risk/risk";
import { programRows } from "../support/risk-rows-programs.ts";
import { shellRows } from "../support/risk-rows-shell.ts";
import { planBlock } from "../support/plan-block.ts";

const parser = await createShellParser();

function classOf(text: string): RiskClass {
  return riskOf(planBlock(text), parser.parse(text), parser).risk;
}

const subjects = { ...shellRows, ...programRows };

const rows = Object.entries(subjects).flatMap(([subject, classes]) =>
  Object.entries(classes).flatMap(([expected, texts]) => texts.map((text) => ({ subject, text, expected }))),
);

test("the table is large", () => expect(rows.length).toBeGreaterThan(150));

describe.each(Object.keys(subjects))("%s", (subject) => {
  test.each(rows.filter((row) => row.subject === subject))("$text is $expected", ({ text, expected }) =>
    expect([text, classOf(text)]).toEqual([text, expected]));
});
