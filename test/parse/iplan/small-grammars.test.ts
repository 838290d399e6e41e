import { describe, expect, test } from "vitest";
import { findAnnotations } from "#parse/iplan/annotation";
import { findRatio, findTarget } from "#parse/iplan/criterion-target";
import { parseEffort } from "#parse/iplan/effort";
import { findExpectations } from "#parse/iplan/expectations";
import { findMentions } from "#parse/iplan/mentions";
import { isPathLike } from "#parse/iplan/paths";
import { parseComplexity, parseScore } from "#parse/iplan/score";
import { readStatus } from "#parse/iplan/status-mark";
import { readTreeLines } from "#parse/iplan/tree-lines";
import { findVersionBounds } from "#parse/iplan/version-bound";
import { parseWrittenTime } from "#parse/iplan/written-time";
import { aidoc16 } from "#profile/aidoc-16";

describe("an effort", () => {
  test.each([
    ["hours", "80 hours", { minHours: 80, maxHours: 80 }],
    ["a range", "60-80 hours", { minHours: 60, maxHours: 80 }],
    ["a range with a long dash", "60–80 hrs", { minHours: 60, maxHours: 80 }],
    ["a range in words", "2 to 3 hours", { minHours: 2, maxHours: 3 }],
    ["a remark", "74 hours (revised after review)", { minHours: 74, maxHours: 74, remark: "revised after review" }],
    ["a remark behind a comma", "8 hours, alone", { minHours: 8, maxHours: 8, remark: "alone" }],
    ["about", "~2.5h", { minHours: 2.5, maxHours: 2.5 }],
    ["minutes", "30 min", { minHours: 0.5, maxHours: 0.5 }],
    ["one hour", "1 hour", { minHours: 1, maxHours: 1 }],
    ["nothing yet", "TBD", undefined],
    ["a placeholder", "[X hours]", undefined],
    ["a range that runs backwards", "9-3 hours", undefined],
    ["days, which have no certain length", "3 days", undefined],
    ["a number alone", "80", undefined],
  ])("may be %s", (_name, text, effort) => expect(parseEffort(text)).toEqual(effort));
});

describe("a written time", () => {
  test.each([
    ["plain with a zone", "2025-11-25 19:21:35 EST", { iso: "2025-11-25T19:21:35", zone: "EST", form: "plain" }],
    ["plain in UTC", "2025-11-25 19:21:35 UTC", { iso: "2025-11-25T19:21:35Z", zone: "UTC", form: "plain" }],
    ["plain without seconds", "2025-11-25 19:21", { iso: "2025-11-25T19:21:00", form: "plain" }],
    ["ISO 8601", "2025-11-25T19:21:35Z", { iso: "2025-11-25T19:21:35Z", zone: "Z", form: "iso" }],
    ["with an offset", "2025-11-25T19:21:35+0100", { iso: "2025-11-25T19:21:35+01:00", zone: "+0100", form: "iso" }],
    ["with fractions", "2025-11-25T19:21:35.123Z", { iso: "2025-11-25T19:21:35Z", zone: "Z", form: "iso" }],
    ["a date", "2024-02-29", { iso: "2024-02-29", form: "date" }],
    ["no date that there never was", "2025-02-29", undefined],
    ["no thirteenth month", "2025-13-01", undefined],
    ["no hour 25", "2025-11-25 25:00:00", undefined],
    ["no placeholder", "YYYY-MM-DD HH:MM:SS TZ", undefined],
  ])("is %s", (_name, text, time) => expect(parseWrittenTime(text)).toEqual(time));
});

describe("a score and a complexity", () => {
  test.each([
    ["✅ 95% (Target: ≥90%)", 95],
    ["95/100", 95],
    ["88.5%", 88.5],
    ["70", 70],
    ["101%", undefined],
    ["[score]", undefined],
    ["about 95%", undefined],
  ])("score %s", (text, score) => expect(parseScore(text)).toBe(score));

  test.each([
    ["4", 4],
    ["4/5 (High)", 4],
    ["3 (moderate)", 3],
    ["2 - small", 2],
    ["6", undefined],
    ["4/10", undefined],
    ["[1-5 scale]", undefined],
    ["High", undefined],
  ])("complexity %s", (text, complexity) => expect(parseComplexity(text, 1, 5)).toBe(complexity));
});

describe("version bounds", () => {
  test.each([
    ["Python 3.11+", [">=3.11"]],
    ["Node >= 20, < 23", [">=20", "<23"]],
    ["Node.js v20.x or later", [">=20"]],
    ["npm ≥10", [">=10"]],
    ["Go 1.22 or newer", [">=1.22"]],
    ["tool ^1.4.2", [">=1.4.2", "<2"]],
    ["tool ^0.4.2", [">=0.4.2", "<0.5"]],
    ["tool ~1.4.2", [">=1.4.2", "<1.5"]],
    ["Python 3.10 - 3.12", [">=3.10", "<=3.12"]],
    ["PostgreSQL 14", ["=14"]],
    ["Docker Engine 24.0", ["=24.0"]],
    ["Docker", []],
    ["Redis (running on localhost:6379)", []],
    ["memory 8 GB", []],
    ["memory 8-16 GB", []],
    ["100% of the files", []],
  ])("%s", (text, bounds) => {
    expect((findVersionBounds(text)?.bounds ?? []).map(({ operator, version }) => operator + version)).toEqual(bounds);
  });

  test("tell where they stand", () =>
    expect(findVersionBounds("Node >= 20, < 23")).toMatchObject({ start: 5, end: 16 }));
});

describe("a status", () => {
  test.each([
    ["PENDING", { value: "pending" }],
    ["COMPLETED ✅", { value: "completed" }],
    ["✅ READY", { value: "pending" }],
    ["In-Progress", { value: "in-progress" }],
    ["🟡 50%", { value: "in-progress", percent: 50 }],
    ["⏸️", { value: "pending" }],
    ["Completed 2025-11-12 10:30", { value: "completed" }],
    ["COMPLETED ✅ / PENDING", { value: "choice" }],
    ["✅/❌", { value: "choice" }],
    ["0% Complete", { value: "pending", percent: 0 }],
    ["SKIPPED", { value: "skipped" }],
    ["partial", { value: "in-progress" }],
    ["Core Implementation", undefined],
    ["done by hand", undefined],
    ["5 files", undefined],
    ["", undefined],
  ])("%s", (text, status) => expect(readStatus(aidoc16, text)).toEqual(status));
});

describe("an annotation", () => {
  test("has keys, values, quoted values and flags with their places", () => {
    const text = 'a <!-- iplan: id=x claim="exists \\"dist\\"" note=\'a b\' unsafe ready=port:8080 -->';
    const [found, ...more] = findAnnotations(text);
    expect(more).toEqual([]);
    expect(found?.entries.map(({ key, value }) => [key, value])).toEqual([
      ["id", "x"],
      ["claim", 'exists "dist"'],
      ["note", "a b"],
      ["unsafe", undefined],
      ["ready", "port:8080"],
    ]);
    expect(found?.entries.map(({ start, end }) => text.slice(start, end))).toEqual([
      "id=x",
      'claim="exists \\"dist\\""',
      "note='a b'",
      "unsafe",
      "ready=port:8080",
    ]);
  });

  test.each([
    ["over lines", "<!--\n iplan:\n id=x\n-->", 1],
    ["twice", "<!-- iplan: a --><!-- iplan: b -->", 2],
    ["of another kind", "<!-- prettier-ignore -->", 0],
    ["never closed", "<!-- iplan: a=b", 0],
    ["empty", "<!-- iplan: -->", 1],
  ])("stands %s", (_name, text, count) => expect(findAnnotations(text)).toHaveLength(count));

  test("keeps what is no key as one", () => {
    expect(findAnnotations("<!-- iplan: =5 -->")[0]?.entries).toMatchObject([{ key: "=5" }]);
  });
});

describe("a drawn tree", () => {
  const drawn = (...lines: string[]): string[] =>
    readTreeLines(lines).map(
      ({ path, kind, comment }) => `${kind === "directory" ? `${path}/` : path}${comment ? ` (${comment})` : ""}`,
    );

  test.each([
    [
      "with glyphs",
      ["app/", "├── src/", "│   ├── a.ts  # main", "│   └── b.ts", "└── README.md"],
      ["app/", "app/src/", "app/src/a.ts (main)", "app/src/b.ts", "app/README.md"],
    ],
    [
      "with ASCII",
      ["app", "|-- src", "|   `-- a.ts", "+-- x-y.md"],
      ["app/", "app/src/", "app/src/a.ts", "app/x-y.md"],
    ],
    ["by indentation", ["app/", "  src/", "    a.ts", "  b.ts"], ["app/", "app/src/", "app/src/a.ts", "app/b.ts"]],
    ["without a top line", ["├── a", "└── b/"], ["a", "b/"]],
    ["under a dot", [".", "├── a", "└── b"], ["a", "b"]],
    [
      "with gaps and remarks",
      ["a/", "│", "├── b.ts   (new)", "├── c.ts ← changed", "└── ... (9 more)"],
      ["a/", "a/b.ts ((new))", "a/c.ts (changed)"],
    ],
    ["from the root", ["/srv/x/", "└── y"], ["/srv/x/", "/srv/x/y"]],
  ])("%s", (_name, lines, paths) => expect(drawn(...lines)).toEqual(paths));

  test("tells where the names stand", () => {
    expect(readTreeLines(["a/", "├── bc.ts # x"])[1]).toMatchObject({ line: 1, start: 4, end: 9 });
  });
});

describe("expectations in comments", () => {
  test.each([
    ["behind a command", "python --version  # Should be 3.11+", [["should-be", "3.11+", "python --version"]]],
    ["below a command", "ls\n# Expected: 2 files", [["expected", "2 files", "ls"]]],
    ["below a blank line", "ls\n\n# Expected output: x", [["expected", "x", "ls"]]],
    ["above all commands", "# Expected: x\nls", [["expected", "x", undefined]]],
    [
      "as a list",
      "ls\n# Expected output:\n# a\n# b\n\n# c",
      [
        ["expected", "a", "ls"],
        ["expected", "b", "ls"],
      ],
    ],
    ["as a sentence", "ls\n# Should show 4 files", [["other", "Should show 4 files", "ls"]]],
    ["as output", "ls\n# Output: x", [["other", "x", "ls"]]],
    ["below a command of two lines", "a \\\n  b\n# Expected: 1", [["expected", "1", "a \\\nb"]]],
    ["not as plain comments", "# Install\nnpm ci", []],
    ["not in a heredoc", "cat <<'EOF'\n# Expected: 1\nEOF\n", []],
    ["not in an indented heredoc", "cat <<-EOF\n\t# Expected: 1\n\tEOF\nls # Expected: 2", [["expected", "2", "ls"]]],
    ["not in quotes", "echo '# Expected: 1'\necho \"# Expected: 2\"", []],
    ["not in quotes over lines", 'git commit -m "a\n# Expected: 1\n"', []],
    [
      "not in a heredoc inside quotes",
      "git commit -m \"$(cat <<'EOF'\nit's\n# Expected: 1\nEOF\n)\"\nls # Expected: 3",
      [["expected", "3", "ls"]],
    ],
    ["not behind a sign that is no comment", "echo a#b ${#x} \\# Expected: 1", []],
    ["behind a here-string", "cat <<< x # Expected: x", [["expected", "x", "cat <<< x"]]],
  ])("stand %s", (_name, text, found) => {
    expect(findExpectations(text).map(({ form, text: words, command }) => [form, words, command])).toEqual(found);
    for (const { start, end, text: words } of findExpectations(text)) expect(text.slice(start, end)).toBe(words);
  });
});

describe("mentions", () => {
  test.each([
    ["Implement TASK-1.2", ["TASK-1.2"]],
    ["(Tasks 1.1, 1.3-1.5)", ["TASK-1.1", "TASK-1.3", "TASK-1.4", "TASK-1.5"]],
    ["TASK-2.1 through TASK-2.3", ["TASK-2.1", "TASK-2.2", "TASK-2.3"]],
    ["Task 0.1 and Task 0.2", ["TASK-0.1", "TASK-0.2"]],
    ["After Phase 2", ["2"]],
    ["Phases 2-4", ["2", "3", "4"]],
    ["Phases 1, 2 and 4", ["1", "2", "4"]],
    ["Phase 2.1: Core", ["2.1"]],
    ["TASKS-001:PHASE-2.1", []],
    ["Task 3 of the day", []],
    ["Tasks 1.1-1.900", ["TASK-1.1", "TASK-1.900"]],
    ["in phase with it", []],
  ])("%s", (text, ids) => {
    const found = findMentions(text, "text", (start, end) => {
      const at = (offset: number) => ({ line: 1, column: offset + 1, offset });
      return { start: at(start), end: at(end) };
    });
    expect(found.map(({ id }) => id)).toEqual(ids);
    for (const { id, range } of found.slice(0, 1)) {
      expect(text.slice(range.start.offset, range.end.offset)).toContain(id.replace("TASK-", ""));
    }
  });
});

describe("a path", () => {
  test.each([
    "src/a.ts",
    "a.ts",
    "./x",
    "/etc/hosts",
    "~/x/y",
    "${HOME}/x",
    "src/",
    "[path/to/file.py]",
    "package.json",
    ".github/workflows/ci.yml",
  ])("looks like %s", (text) => expect(isPathLike(text)).toBe(true));
  test.each([
    "npm test",
    "main()",
    "3.11",
    "a",
    "/",
    "https://x.y/z a",
    "--flag",
    "src//a b",
    "",
  ])("does not look like %s", (text) => expect(isPathLike(text)).toBe(false));
});

describe("a criterion's number", () => {
  test.each([
    ["Unit tests: ≥85%", { operator: ">=", value: 85, unit: "%" }],
    ["p95 < 50 ms", { operator: "<", value: 50, unit: "ms" }],
    ["at least 3 scenarios", { operator: ">=", value: 3, unit: "scenarios" }],
    ["No more than 2 warnings", { operator: "<=", value: 2, unit: "warnings" }],
    ["Linting: 0 errors", { operator: "=", value: 0, unit: "errors" }],
    ["no critical issues", { operator: "=", value: 0, unit: "critical issues" }],
    ["(target: 100%)", { operator: ">=", value: 100, unit: "%" }],
    ["BDD scenarios: 100%", { operator: "=", value: 100, unit: "%" }],
    ["Unit tests: ≥[X]%", undefined],
    ["met (p50/p95/p99)", undefined],
    ["README.md complete", undefined],
  ])("%s", (text, target) => expect(findTarget(text)).toEqual(target));

  test.each([
    ["[X/Y] requirements", { start: 0, end: 5 }],
    ["12/14 requirements", { done: 12, total: 14, start: 0, end: 5 }],
    ["done: [3/Y]", { done: 3, start: 6, end: 11 }],
    ["p50/p95", undefined],
    ["all 12/14ths", undefined],
  ])("ratio %s", (text, ratio) => expect(findRatio(text)).toEqual(ratio));
});
