import * as fc from "fast-check";
import type { Finding } from "#model/finding";
import { type Envelope, envelopePieces, renderEnvelope } from "#render/envelope";
import { renderJson } from "#render/json-text";
import { expect, test } from "vitest";

const place = { line: 1, column: 1, offset: 0 };

function envelope(messages: readonly string[], data: unknown = {}): Envelope {
  const findings = messages.map(
    (message): Finding => ({
      rule: "document/title",
      severity: "error",
      message,
      path: "a.md",
      range: { start: place, end: place },
      fingerprint: "f",
    }),
  );
  return { schema: "iplan/1", kind: "check", ok: false, exitCode: 1, data, findings };
}

test.each([0, 1, 499, 500, 501, 999])("pieces of %i findings are the text of all at once", (count) => {
  const whole = envelope(Array.from({ length: count }, (_, index) => `no ${index}`));
  expect(renderEnvelope(whole)).toBe(`${renderJson(whole, 2)}\n`);
});

test.each([1000, 1001, 1200])("of %i findings each is one line, and all are there", (count) => {
  const messages = Array.from({ length: count }, (_, index) => `no ${index}\n\u001B[31m"findings": [`);
  const whole = envelope(messages, { text: '\n  "findings": [' });
  const text = renderEnvelope(whole);
  expect(JSON.parse(text)).toEqual(whole);
  const lines = text.split("\n").filter((line) => line.startsWith("    {"));
  expect(lines.map((line) => (JSON.parse(line.replace(/,$/, "")) as Finding).message)).toEqual(messages);
  expect(text).not.toContain("\u001B");
  expect(text.slice(0, text.indexOf("[") + 1)).toBe(renderJson(whole, 2).slice(0, text.indexOf("[") + 1));
});

test("many findings come in more pieces than few", () => {
  const count = (messages: number): number => [...envelopePieces(envelope(Array(messages).fill("m")))].length;
  expect(count(2000)).toBeGreaterThan(count(2));
});

test("whatever stands in messages and in the data", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), fc.jsonValue(), (messages, data) => {
      const whole = envelope([...messages, '\n  "findings": ['], { data, text: '\n  "findings": [' });
      expect(renderEnvelope(whole)).toBe(`${renderJson(whole, 2)}\n`);
    }),
  );
});

test("what follows the findings stays behind them", () => {
  const failed: Envelope = { ...envelope(["m"]), error: { code: "c", message: "m", cure: "" } };
  expect(renderEnvelope(failed)).toBe(`${renderJson(failed, 2)}\n`);
});
