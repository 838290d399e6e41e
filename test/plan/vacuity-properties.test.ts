import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { createShellParser } from "#host/shell-parser";
import { vacuityOf } from "#plan/vacuity/vacuity";
import { planBlock } from "../support/plan-block.ts";

const parser = await createShellParser();

function kindOf(text: string): string {
  return vacuityOf(
    { block: planBlock(text), syntax: parser.parse(text), role: "verification", changesState: false },
    parser,
  ).kind;
}

/** Makes another command of one. */
type Wrap = readonly [name: string, wrap: (text: string, depth: number) => string];

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What a command is wrapped in so that its failure is seen no more. */
const masks: readonly Wrap[] = [
  ["|| true", (text) => `{ ${text}; } || true`],
  ["|| :", (text) => `( ${text} ) || :`],
  ["|| echo", (text) => `{ ${text}; } || echo failed`],
  ["|| exit 0", (text) => `( { ${text}; } || exit 0 )`],
  ["a verdict either way", (text) => `{ ${text}; } && echo ok || echo bad`],
  ["a group that ends in true", (text) => `{ { ${text}; }; true; }`],
  ["a subshell that ends in echo", (text) => `( { ${text}; }; echo done )`],
  ["an if that prints either way", (text) => `if { ${text}; }; then echo yes; else echo no; fi`],
  ["an if without a failing branch", (text) => `if ! { ${text}; }; then echo no; fi`],
  ["a substitution that is printed", (text) => `echo "$( ${text} )"`],
  ["a substitution that is exported", (text) => `export OUT="$( ${text} )"`],
  ["another shell that ends well", (text) => `bash -c ${quoted(`${text}\nexit 0`)}`],
  ["eval of a masked text", (text) => `eval ${quoted(`{ ${text}; } || true`)}`],
  ["a loop that is left at once", (text) => `while ! { ${text}; }; do break; done`],
  ["a loop whose failure is skipped", (text) => `for each in 1 2; do { ${text}; } || continue; done`],
  ["a process substitution", (text) => `cat <( ${text} )`],
  ["a trap", (text) => `( trap 'exit 0' EXIT; ${text} )`],
  ["a pipe without pipefail", (text) => `( set +o pipefail; { ${text}; } | cat )`],
  ["a condition that is always met", (text) => `true || { ${text}; }`],
  ["a condition that is never met", (text) => `if false; then ${text}; fi`],
  ["a loop that never goes round", (text) => `while false; do { ${text}; } || exit 1; done`],
  ["a flag nobody reads", (text) => `{ ${text}; } || failed=1`],
  [
    "a case that prints either way",
    (text) => `case "$( { ${text}; } >/dev/null && echo a || echo b)" in a) echo yes ;; *) echo no ;; esac`,
  ],
  ["a function that returns 0", (text, depth) => `mask${depth}() { { ${text}; }; return 0; }; mask${depth}`],
  ["a test that any output passes", (text) => `[ -n "$( { ${text}; }; echo done)" ]`],
];

/** What a command is wrapped in without harm: it fails as before. */
const frames: readonly Wrap[] = [
  ["a group", (text) => `{ ${text}; }`],
  ["a subshell", (text) => `( ${text} )`],
  ["&& echo", (text) => `{ ${text}; } && echo ok`],
  ["|| exit 1", (text) => `( { ${text}; } || exit 1 )`],
  ["|| print and fail", (text) => `{ ${text}; } || { echo no; false; }`],
  ["an if that fails", (text) => `if ! { ${text}; }; then echo no; false; fi`],
  ["an if with a failing else", (text) => `if { ${text}; }; then echo yes; else false; fi`],
  ["a loop that ends the shell", (text) => `( for each in 1 2; do { ${text}; } || exit 1; done )`],
  ["another shell", (text) => `bash -o pipefail -c ${quoted(text)}`],
  ["eval", (text) => `eval ${quoted(text)}`],
  ["a pipe into cat", (text) => `{ ${text}; } | cat`],
  ["an assignment", (text) => `out=$( ${text} )`],
  ["a redirection", (text) => `{ ${text}; } > /dev/null 2>&1`],
  ["a heading before it", (text) => `{ echo checking; ${text}; }`],
  ["a function", (text, depth) => `frame${depth}() { ${text}; }; frame${depth}`],
  ["a folder", (text) => `( cd . && { ${text}; } )`],
  ["twice not", (text) => `! { ! { ${text}; }; }`],
];

const checks = [
  "test -e there",
  "[ -f there ]",
  "[[ -e there ]]",
  "grep -q text there",
  "diff there other",
  "cmp there other",
];

/** Wrappings, outermost last, and the command they make. */
function wrapped(wraps: readonly Wrap[], check: string): string {
  return wraps.reduce((text, [, wrap], depth) => wrap(text, depth), check);
}

const anyFrames = fc.array(fc.constantFrom(...frames), { maxLength: 2 });
const framed = fc.array(fc.constantFrom(...frames), { minLength: 1, maxLength: 3 });
const masked = fc
  .tuple(anyFrames, fc.constantFrom(...masks), anyFrames)
  .map(([inner, mask, outer]) => [...inner, mask, ...outer].slice(-3));

describe("a check in any wrapping", () => {
  test("that hides its failure is never one that checks", () => {
    fc.assert(
      fc.property(
        masked.filter((wraps) => wraps.some((wrap) => masks.includes(wrap))),
        fc.constantFrom(...checks),
        (wraps, check) => {
          expect([wrapped(wraps, check), kindOf(wrapped(wraps, check))]).not.toEqual([wrapped(wraps, check), "checks"]);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test("that does no harm is one that checks", () => {
    fc.assert(
      fc.property(framed, fc.constantFrom(...checks), (wraps, check) => {
        expect([wrapped(wraps, check), kindOf(wrapped(wraps, check))]).toEqual([wrapped(wraps, check), "checks"]);
      }),
      { numRuns: 1500 },
    );
  });

  test("that does no harm stays one beside commands that only prepare or print", () => {
    const beside = fc.constantFrom(
      "echo start",
      "mkdir -p out",
      "cd .",
      "rm -f old || true",
      "cat README.md || true",
      "sleep 0",
      "export A=1",
    );
    fc.assert(
      fc.property(
        framed,
        fc.constantFrom(...checks),
        fc.array(beside, { maxLength: 3 }),
        fc.array(beside, { maxLength: 2 }),
        (wraps, check, before, behind) => {
          const text = [...before, wrapped(wraps, check), ...behind].join("\n");
          expect([text, kindOf(text)]).toEqual([text, "checks"]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("the wrappings themselves, in real bash", () => {
  const folder = mkdtempSync(join(tmpdir(), "iplan-wrap-"));
  writeFileSync(join(folder, "there"), "text\n");
  writeFileSync(join(folder, "other"), "text\n");
  const empty = mkdtempSync(join(tmpdir(), "iplan-wrap-"));
  afterAll(() => {
    for (const each of [folder, empty]) rmSync(each, { recursive: true, force: true });
  });
  const passes = (text: string, cwd: string): boolean =>
    spawnSync("bash", ["-o", "pipefail", "-c", text], { cwd, encoding: "utf8", input: "" }).status === 0;

  test.each(masks)("%s hides a failure", (_name, wrap) => {
    for (const check of checks.slice(0, 2))
      expect([passes(wrap(check, 0), folder), passes(wrap(check, 0), empty)]).toEqual([true, true]);
  });

  test.each(frames)("%s lets a failure through", (_name, wrap) => {
    for (const check of checks.slice(0, 2))
      expect([passes(wrap(check, 0), folder), passes(wrap(check, 0), empty)]).toEqual([true, false]);
  });
});
