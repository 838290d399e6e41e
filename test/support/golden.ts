import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";

/** Compares a value with the golden file; a missing golden is written once, but never in CI. */
export function expectGolden(value: unknown, path: string): void {
  const text = `${JSON.stringify(value, null, 1)}\n`;
  if (!existsSync(path)) {
    if (process.env["CI"]) throw new Error(`golden file is missing: ${path}`);
    writeFileSync(path, text);
  }
  expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(path, "utf8")));
}
