import { describe, expect, it } from "vitest";
import { createOutputReader } from "#execute/output-reader";
import { binaryOf } from "#journal/redact";
import type { OutputReading } from "#model/run";

function read(output: string): OutputReading {
  const reader = createOutputReader();
  const bytes = binaryOf(new TextEncoder().encode(output));
  for (let at = 0; at < bytes.length; at += 7) reader.push(bytes.slice(at, at + 7));
  reader.end();
  const whole = createOutputReader();
  whole.push(`${bytes}\n`);
  whole.end();
  const [reading, ...more] = reader.readings();
  expect([more, whole.readings()]).toEqual([[], [reading]]);
  return reading ?? { summaries: [], alarms: [] };
}

describe("a test runner's own summary", () => {
  it.each<[string, string, { tool: string; passed: number; failed: number; skipped: number }]>([
    [
      "node:test, TAP",
      "# tests 5\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 2",
      { tool: "node --test", passed: 3, failed: 2, skipped: 2 },
    ],
    ["node:test, spec", "ℹ tests 2\nℹ pass 2\nℹ fail 0", { tool: "node --test", passed: 2, failed: 0, skipped: 0 }],
    [
      "node:test, an empty file in spec",
      "✔ /w/empty.test.js (56.8ms)\nℹ tests 1\nℹ pass 1\nℹ fail 0",
      { tool: "node --test", passed: 0, failed: 0, skipped: 1 },
    ],
    [
      "node:test, run twice",
      "# pass 3\n# fail 0\n# pass 2\n# fail 0",
      { tool: "node --test", passed: 5, failed: 0, skipped: 0 },
    ],
    [
      "vitest",
      " Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 12 passed | 2 skipped (15)",
      { tool: "vitest", passed: 12, failed: 1, skipped: 2 },
    ],
    [
      "vitest, in colour",
      "\u001b[2m      Tests \u001b[22m \u001b[1m\u001b[32m92 passed\u001b[39m\u001b[22m\u001b[90m (92)\u001b[39m",
      { tool: "vitest", passed: 92, failed: 0, skipped: 0 },
    ],
    [
      "vitest without a file",
      "No test files found, exiting with code 0",
      { tool: "vitest", passed: 0, failed: 0, skipped: 0 },
    ],
    [
      "jest",
      "Test Suites: 1 failed, 1 total\nTests:       1 failed, 1 skipped, 2 passed, 4 total",
      { tool: "jest", passed: 2, failed: 1, skipped: 1 },
    ],
    ["jest without a test", "No tests found, exiting with code 0", { tool: "jest", passed: 0, failed: 0, skipped: 0 }],
    [
      "unittest",
      "Ran 5 tests in 0.001s\n\nFAILED (failures=1, errors=1, skipped=1)",
      { tool: "unittest", passed: 2, failed: 2, skipped: 1 },
    ],
    ["unittest without a test", "Ran 0 tests in 0.000s\n\nOK", { tool: "unittest", passed: 0, failed: 0, skipped: 0 }],
    [
      "unittest that skips all",
      "Ran 2 tests in 0.000s\n\nOK (skipped=2)",
      { tool: "unittest", passed: 0, failed: 0, skipped: 2 },
    ],
    [
      "maven, the whole and not its classes",
      "[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s - in A\n[WARNING] Tests run: 4, Failures: 1, Errors: 1, Skipped: 1",
      { tool: "maven", passed: 1, failed: 2, skipped: 1 },
    ],
    [
      "maven without a test",
      "[INFO] No tests to run.\n[INFO] BUILD SUCCESS",
      { tool: "maven", passed: 0, failed: 0, skipped: 0 },
    ],
    [
      "gradle",
      "> Task :compileTestJava UP-TO-DATE\n> Task :app:test\n> Task :core:integrationTest NO-SOURCE",
      { tool: "gradle", passed: 1, failed: 0, skipped: 1 },
    ],
    [
      "gradle without a test",
      "> Task :test NO-SOURCE\n\nBUILD SUCCESSFUL in 1s",
      { tool: "gradle", passed: 0, failed: 0, skipped: 1 },
    ],
    [
      "dotnet test",
      "Failed!  - Failed:     1, Passed:     3, Skipped:     2, Total:     6, Duration: 5 ms - x.dll (net8.0)",
      { tool: "dotnet test", passed: 3, failed: 1, skipped: 2 },
    ],
    [
      "dotnet test without a test",
      "No test is available in /w/x.dll. Make sure that test discoverer & executors are registered.",
      { tool: "dotnet test", passed: 0, failed: 0, skipped: 0 },
    ],
    ["rspec", "5 examples, 1 failure, 1 pending", { tool: "rspec", passed: 3, failed: 1, skipped: 1 }],
    [
      "rspec without an example",
      "No examples found.\n\n0 examples, 0 failures",
      { tool: "rspec", passed: 0, failed: 0, skipped: 0 },
    ],
    [
      "phpunit",
      "Tests: 6, Assertions: 9, Errors: 1, Failures: 1, Skipped: 2.",
      { tool: "phpunit", passed: 2, failed: 2, skipped: 2 },
    ],
    ["phpunit, all passed", "OK (3 tests, 5 assertions)", { tool: "phpunit", passed: 3, failed: 0, skipped: 0 }],
    ["phpunit without a test", "No tests executed!", { tool: "phpunit", passed: 0, failed: 0, skipped: 0 }],
    ["ctest", "67% tests passed, 1 tests failed out of 3", { tool: "ctest", passed: 2, failed: 1, skipped: 0 }],
    ["ctest without a test", "No tests were found!!!", { tool: "ctest", passed: 0, failed: 0, skipped: 0 }],
    [
      "XCTest",
      "\t Executed 4 tests, with 1 test skipped and 1 failure (0 unexpected) in 0.003 (0.004) seconds",
      { tool: "swift test", passed: 2, failed: 1, skipped: 1 },
    ],
    [
      "Swift Testing without a test",
      "Test run with 0 tests passed after 0.001 seconds.",
      { tool: "swift test", passed: 0, failed: 0, skipped: 0 },
    ],
    [
      "deno test",
      "FAILED | 2 passed (1 step) | 1 failed | 1 ignored (5ms)",
      { tool: "deno test", passed: 2, failed: 1, skipped: 1 },
    ],
    [
      "bun test",
      " 3 pass\n 1 fail\n 2 skip\nRan 6 tests across 1 files. [1.00ms]",
      { tool: "bun test", passed: 3, failed: 1, skipped: 2 },
    ],
    ["bats without a test", "1..0", { tool: "the test runner (TAP)", passed: 0, failed: 0, skipped: 0 }],
    ["mocha", "  12 passing (30ms)\n  1 pending\n  2 failing", { tool: "mocha", passed: 12, failed: 2, skipped: 1 }],
    [
      "prove",
      "Files=2, Tests=12,  1 wallclock secs\nResult: FAIL",
      { tool: "prove", passed: 12, failed: 1, skipped: 0 },
    ],
    [
      "cargo nextest",
      "     Summary [   0.010s] 12 tests run: 9 passed, 3 failed, 1 skipped",
      { tool: "cargo nextest", passed: 9, failed: 3, skipped: 1 },
    ],
    [
      "behave, a dry run",
      "0 scenarios passed, 0 failed, 0 skipped, 3 untested",
      { tool: "behave", passed: 0, failed: 0, skipped: 3 },
    ],
    [
      "Playwright",
      "  1 failed\n  1 flaky\n  2 skipped\n  12 passed (4.2s)",
      { tool: "playwright", passed: 13, failed: 1, skipped: 2 },
    ],
    ["Playwright without a test", "Error: No tests found", { tool: "playwright", passed: 0, failed: 0, skipped: 0 }],
    ["Jasmine", "12 specs, 1 failure, 2 pending", { tool: "jasmine", passed: 9, failed: 1, skipped: 2 }],
    ["pytest that only collects", "12 tests collected in 0.02s", { tool: "pytest", passed: 0, failed: 0, skipped: 0 }],
    ["mocha without a test", "  0 passing (1ms)", { tool: "mocha", passed: 0, failed: 0, skipped: 0 }],
    [
      "pytest",
      "===== 1 failed, 3 passed, 1 skipped in 0.12s =====",
      { tool: "pytest", passed: 3, failed: 1, skipped: 1 },
    ],
    ["pytest, quiet", "3 passed in 0.01s", { tool: "pytest", passed: 3, failed: 0, skipped: 0 }],
    ["pytest with errors", "=== 2 errors in 1.00s ===", { tool: "pytest", passed: 0, failed: 2, skipped: 0 }],
    [
      "pytest without a test",
      "===== no tests ran in 0.01s =====",
      { tool: "pytest", passed: 0, failed: 0, skipped: 0 },
    ],
    [
      "cucumber",
      "3 scenarios (1 failed, 2 passed)\n9 steps (9 passed)",
      { tool: "cucumber", passed: 2, failed: 1, skipped: 0 },
    ],
    [
      "cucumber with undefined steps",
      "2 scenarios (1 undefined, 1 passed)",
      { tool: "cucumber", passed: 1, failed: 1, skipped: 0 },
    ],
    ["cucumber, dry run", "3 scenarios (3 skipped)", { tool: "cucumber", passed: 0, failed: 0, skipped: 3 }],
    ["cucumber without a scenario", "0 scenarios\n0 steps", { tool: "cucumber", passed: 0, failed: 0, skipped: 0 }],
    [
      "go test",
      "ok  \tx/a\t0.01s\n?   \tx/b\t[no test files]\nok  \tx/c\t0.01s [no tests to run]\nFAIL\tx/d\t0.2s",
      { tool: "go test", passed: 1, failed: 1, skipped: 2 },
    ],
    [
      "cargo test",
      "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\ntest result: ok. 2 passed; 0 failed; 0 ignored",
      { tool: "cargo test", passed: 5, failed: 0, skipped: 1 },
    ],
  ])("is read: %s", (_name, output, summary) => {
    expect(read(output).summaries).toEqual([summary]);
  });

  it.each([
    ["prose", "3 passed the exam in 2 hours\nTests are green\nok computer"],
    ["a heading", "# passwords\n# testing\nTests:"],
    ["a list of files", "ok.txt\nFAILURES.md"],
  ])("is not found in %s", (_name, output) => {
    expect(read(output).summaries).toEqual([]);
  });
});

describe("an alarm", () => {
  it.each([
    "❌ broken",
    "FAIL src/a.test.js",
    "FAILED tests/x.py",
    "Error: boom",
    "  ❌ indented",
    "FAIL: 3",
    "\u001b[31mFAIL\u001b[39m x",
  ])("is %s", (line) => {
    expect(read(`fine\n${line}\nfine`).alarms.length).toBe(1);
  });

  it.each([
    "no FAIL",
    "FAIL: 0",
    "FAILED 0",
    "TypeError: handled",
    "FAILSAFE mode",
    "✅ done",
    "0 errors",
    "an Error: inside",
  ])("is not %s", (line) => {
    expect(read(line).alarms).toEqual([]);
  });

  it("is kept a few times and never whole when it is long", () => {
    const { alarms } = read(`Error: ${"x".repeat(4000)}\n`.repeat(50));
    expect(alarms.length).toBe(5);
    expect(alarms[0]?.length).toBeLessThanOrEqual(200);
  });
});
