import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runRules } from "#rules/run-rules";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMarkers } from "./markers.ts";
import { hash } from "./synthetic.ts";
import { contextUnderTest } from "./workbench.ts";
import { misplaced } from "../support/covers.ts";
import { propertyRuns } from "../support/property-runs.ts";

const root = fileURLToPath(new URL("../fixtures/rules/", import.meta.url));
const texts = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .map((file) => new TextDecoder().decode(readMarkers(readFileSync(`${root}${file}`)).content));
const lines = texts.flatMap((text) => text.split("\n").map((line) => `${line}\n`));

function check(content: string | Uint8Array) {
  const context = contextUnderTest({ content });
  return { context, ...runRules([context], { hash, today: "2026-06-01" }) };
}

/** Nothing a document says breaks a rule, and every finding lies in its document. */
function expectSound({ context, findings }: ReturnType<typeof check>): void {
  for (const { message } of findings) {
    expect(message).not.toContain("broke off");
    expect(message).toMatch(/\S.*[.)]$/s);
  }
  expect(misplaced(findings, (path) => (path === context.document.path ? context.source.text : undefined))).toEqual([]);
}

describe("no document breaks a rule", () => {
  test("made of lines of plans in any order", () => {
    const documents = fc.array(fc.constantFrom(...lines), { maxLength: 60 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(documents, (text) => expectSound(check(text))),
      { numRuns: propertyRuns(150) },
    );
  });

  test("cut anywhere", () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.double({ min: 0, max: 1, noNaN: true }), (text, part) => {
        expectSound(check(text.slice(0, Math.floor(text.length * part))));
      }),
      { numRuns: propertyRuns(150) },
    );
  });

  test("of any bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expectSound(check(bytes))));
  });

  test("and the same document gives the same findings", () => {
    for (const text of texts) expect(check(text).findings).toEqual(check(text).findings);
  });

  test("of a very long document, in time that grows with it", () => {
    // Why: quadratic cost would take minutes here, and the test would be stopped.
    const context = contextUnderTest({
      content: texts
        .filter((text) => !text.includes("\0"))
        .join("\n")
        .repeat(40),
    });
    expect(runRules([context], { hash, today: "2026-06-01" }).rulesRun).toBeGreaterThan(10);
  });
});
