import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const folder = fileURLToPath(new URL("../fixtures/golden/", import.meta.url));

/** Compares a text with the golden file of that name; a missing golden is written once, but never in CI. */
export function expectGoldenText(text: string, name: string): void {
  const path = `${folder}${name}`;
  if (!existsSync(path)) {
    if (process.env["CI"]) throw new Error(`golden file is missing: ${path}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  expect(text).toBe(readFileSync(path, "utf8"));
}
