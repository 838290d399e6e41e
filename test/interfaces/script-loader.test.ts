import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { cacheName, createScriptLoader } from "../../src/interfaces/cli/script-loader.ts";
import { program } from "../support/built.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder of scripts whose bodies are given by name, as the build wraps them. */
function scriptsOf(bodies: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "iplan-scripts-"));
  folders.push(folder);
  for (const [name, body] of Object.entries(bodies))
    writeFileSync(join(folder, name), `(function(exports,require){"use strict";${body}\n})`);
  return folder;
}

/** Keeps these bytes as what the engine compiled of a script. */
function cache(folder: string, name: string, bytes: Uint8Array): void {
  mkdirSync(join(folder, "cache", cacheName()), { recursive: true });
  writeFileSync(join(folder, "cache", cacheName(), name), bytes);
}

const answer = 'exports.answer = "from the text";';

test("a script finds others, each loaded once, and what Node brings", () => {
  const folder = scriptsOf({
    "main.cjs":
      'exports.a = require("./part.cjs"); exports.b = require("./part.cjs"); exports.path = require("node:path");',
    "part.cjs": "exports.loaded = true;",
  });
  const { a, b, path } = createScriptLoader(folder)("main.cjs") as Record<string, unknown>;
  expect(a).toEqual({ loaded: true });
  expect(b).toBe(a);
  expect((path as { sep: string }).sep).toBe("/");
});

test("a builtin that this Node does not have is named", () => {
  const folder = scriptsOf({ "main.cjs": 'require("node:nothing");' });
  expect(() => createScriptLoader(folder)("main.cjs")).toThrow("node:nothing");
});

test.each([
  ["nothing", new Uint8Array()],
  ["noise", new TextEncoder().encode("noise ".repeat(100))],
])("a cache that holds %s is passed over", (_, bytes) => {
  const folder = scriptsOf({ "main.cjs": answer });
  cache(folder, "main.cjs", bytes);
  expect(createScriptLoader(folder)("main.cjs")).toEqual({ answer: "from the text" });
});

test("a cache made of another text is passed over", () => {
  const folder = scriptsOf({ "main.cjs": answer });
  const other = '(function(exports,require){"use strict";exports.answer = "from the cache of a longer text";\n})';
  cache(folder, "main.cjs", new Script(other).createCachedData());
  expect(createScriptLoader(folder)("main.cjs")).toEqual({ answer: "from the text" });
});

test("the engine takes what the build kept for it", () => {
  const folder = join(dirname(program), "program");
  const kept = readdirSync(join(folder, "cache", cacheName()));
  expect(kept).toContain("main.cjs");
  for (const name of kept) {
    const cachedData = readFileSync(join(folder, "cache", cacheName(), name));
    expect(new Script(readFileSync(join(folder, name), "utf8"), { cachedData }).cachedDataRejected, name).toBe(false);
  }
});
