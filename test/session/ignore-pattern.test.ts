import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { matchesIgnorePattern, parseIgnorePatterns } from "#session/ignore-pattern";
import { loadIgnoreRules } from "#session/ignore-rules";
import { createMemoryHost } from "#host/memory";
import { describe, expect, test } from "vitest";

/** Whether the rules of one ignore file at the root pass over a path; directories end with `/`. */
function ignores(text: string, path: string): boolean {
  const { files } = createMemoryHost({ files: { "/w/.git/HEAD": "x", "/w/.gitignore": text } });
  const rules = loadIgnoreRules(files, "/w", []);
  rules.add("");
  return rules.ignores(path);
}

/** The same by git itself, asked about files that are really there. */
function gitIgnores(text: string, paths: readonly string[]): ReadonlySet<string> {
  const folder = mkdtempSync(join(tmpdir(), "iplan-ignore-"));
  try {
    const git = (...args: string[]): string => execFileSync("git", args, { cwd: folder, encoding: "utf8" });
    git("init", "--quiet");
    for (const path of paths) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), "");
    }
    writeFileSync(join(folder, ".gitignore"), text);
    const args = ["-c", "core.excludesFile=/dev/null", "ls-files", "-z", "--others", "--exclude-standard"];
    const kept = new Set(git(...args).split("\0"));
    return new Set(paths.filter((path) => !kept.has(path)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const paths = [
  "a",
  "b.md",
  "B.md",
  "d/a",
  "d/b.md",
  "d/c/b.md",
  "d/c/e/b.md",
  "c/x/y.md",
  "docs/a/x.md",
  "docs/drafts/x.md",
  "docs/drafts/y/x.md",
  "docs/z.md",
  "x y",
  "x ",
  "#a",
  "!a",
  "[a]",
  "a1",
  "a]",
  "a-b",
  "aab",
  "a*",
];

const texts = [
  "a\n",
  "a/\n",
  "/a\n",
  "*.md\n!b.md\n",
  "docs/*\n!docs/drafts/\n",
  "docs/**\n",
  "**/b.md\n",
  "d/**/b.md\n",
  "**/c/**\n",
  "d/*\n",
  "\\#a\n\\!a\n",
  "x\\ \nx y   \n",
  "[a]\n[!b]1\n",
  "\\[a]\n",
  "a[]]\n",
  "a[[:digit:]]\n[[:upper:]].md\n",
  "a[0-9\n",
  "a[b-]b\na[a-c]b\n",
  "?\n",
  "**\n",
  "*\n!*/\n!*.md\n",
  "a\\\n",
  "/\n//\n#x\n\n   \n",
  "***/b.md\na**b\n",
  "docs/drafts\n",
  "\r\na\r\n",
];

describe("patterns of ignore files", () => {
  test.each(texts)("say of %j what git says", (text) => {
    // Why: git takes a carriage return for a character of the name; a file written on Windows means none.
    const told = gitIgnores(text.replaceAll("\r", ""), paths);
    expect(paths.filter((path) => ignores(text, path))).toEqual(paths.filter((path) => told.has(path)));
  });

  test("say of any pattern what git says", () => {
    const piece = fc.constantFrom("a", "b", "*", "?", "[ab]", "[!a]", "\\*", ".md", "!");
    const words = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join("").replace(/\*+/g, "*"));
    const segments = fc.array(fc.oneof(words, fc.constant("**")), { minLength: 1, maxLength: 4 });
    const line = fc
      .tuple(fc.constantFrom("", "!", "/"), segments, fc.constantFrom("", "/"))
      .map(([before, parts, after]) => before + parts.join("/") + after);
    const text = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => `${lines.join("\n")}\n`);
    const folder = fc.array(fc.constantFrom("a", "b", "ab"), { maxLength: 3 });
    const file = fc.constantFrom("f", "a.md", "b.md", "!", "*.md", "aa.md");
    const path = fc.tuple(folder, file).map(([above, name]) => [...above, name].join("/"));
    fc.assert(
      fc.property(text, fc.uniqueArray(path, { minLength: 6, maxLength: 12 }), (written, all) => {
        const told = gitIgnores(written, all);
        expect(all.filter((each) => ignores(written, each))).toEqual(all.filter((each) => told.has(each)));
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ["many stars", "*a".repeat(400), "a".repeat(250)],
    ["many double stars", `${"**/a/".repeat(200)}b`, "a/".repeat(400).slice(0, -1)],
    ["a set that never ends", `[${"[".repeat(4000)}`, "a"],
  ])("end soon with %s", (_name, pattern, path) => {
    const [parsed] = parseIgnorePatterns(pattern);
    expect(parsed === undefined ? false : matchesIgnorePattern(parsed, path.split("/"))).toBe(false);
  });

  test("of a link in the place of an ignore file are not read", () => {
    const { files } = createMemoryHost({ files: { "/w/.git/HEAD": "x", "/out/ignore": "*\n" } });
    files.link("/w/.gitignore", "/out/ignore");
    const rules = loadIgnoreRules(files, "/w", []);
    rules.add("");
    expect(rules.ignores("a.md")).toBe(false);
  });
});
