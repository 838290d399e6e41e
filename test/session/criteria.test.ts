import { describe, expect, test } from "vitest";
import { planDocument } from "../support/plan-document.ts";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

const plan = "docs/IPLAN/IPLAN-001_tea_20260110_090000.md";

interface Row {
  readonly key: string;
  readonly criterion: string;
  readonly verdict: string;
  readonly reason: string;
  readonly actual?: string;
  readonly target?: string;
  readonly source?: string;
}

interface Told {
  readonly code: number | null;
  readonly verdict: string;
  readonly rows: readonly Row[];
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  readonly reports: readonly { readonly path: string; readonly complete: boolean; readonly notes: readonly string[] }[];
  readonly page: string;
}

const document = (criteria: readonly string[], more = ""): string =>
  planDocument([{ title: "Boil", run: "touch kettle", verify: "test -e kettle" }], {
    more: `\n## Success Criteria\n\n**Test Coverage**:\n${criteria.map((each) => `- ${each}`).join("\n")}\n${more}`,
  });

/** A workspace with code, then reports that are younger than it. */
function worldWith(criteria: readonly string[], reports: Readonly<Record<string, string>>, more = ""): SessionWorld {
  const world = createSessionWorld({ [plan]: document(criteria, more), "src/kettle.js": "export const hot = 96;\n" });
  world.host.clock.advance(60_000);
  for (const [path, text] of Object.entries(reports)) world.host.files.put(`${root}/${path}`, text);
  world.host.clock.advance(60_000);
  return world;
}

async function ask(world: SessionWorld): Promise<Told> {
  const words = ["status", "IPLAN-001", "--criteria"];
  const { code, stdout } = await world.call([...words, "--json"]);
  const { data } = JSON.parse(stdout) as {
    data: { plans: (Omit<Told, "code" | "page" | "rows"> & { criteria: Row[] })[] };
  };
  const [first] = data.plans;
  if (first === undefined) throw new Error(stdout);
  return { ...first, code, rows: first.criteria, page: (await world.call(words)).stdout };
}

async function rowOf(world: SessionWorld, key = "criterion:1"): Promise<Row> {
  const found = (await ask(world)).rows.find((row) => row.key === key);
  if (found === undefined) throw new Error(`no row ${key}`);
  return found;
}

const lcov = (covered: number, total = 100, path = "src/kettle.js"): string =>
  `TN:\nSF:${path}\nLF:${total}\nLH:${covered}\nend_of_record\n`;
const junit = (passed: number, failed = 0): string =>
  `<testsuites>${'<testcase name="p" classname="c"/>'.repeat(passed)}${'<testcase name="f" classname="c"><failure message="cold"/></testcase>'.repeat(failed)}</testsuites>`;
const nothing = "<testsuites></testsuites>";
const skipped = '<testsuite><testcase name="a"><skipped/></testcase></testsuite>';

describe("a criterion is judged by the reports there are", () => {
  test("one that holds is verified, with target, value, source and age", async () => {
    const told = await ask(worldWith(["Unit tests: ≥85%"], { "reports/unit.lcov": lcov(93) }));
    expect(told.rows.find(({ key }) => key === "criterion:1")).toMatchObject({
      verdict: "verified",
      target: ">= 85 %",
      actual: "93 % of lines (93 of 100)",
      source: "reports/unit.lcov",
      ageMs: 60_000,
      at: expect.stringMatching(/^20\d\d-/) as unknown,
    });
    expect(told.page).toContain("✓ Unit tests: ≥85%  ✓ verified");
    expect(told.page).toContain("reports/unit.lcov, 1 min old");
  });

  test("one that does not hold fails, and the plan with it: exit 1", async () => {
    const told = await ask(worldWith(["Unit tests: ≥85%"], { "reports/unit.lcov": lcov(70) }));
    expect(told.rows[0]?.verdict).toBe("failed");
    expect([told.verdict, told.code]).toEqual(["failed", 1]);
    expect(told.page).toContain("70 % of lines (70 of 100), expected >= 85 %");
  });

  const measured: readonly (readonly [
    criterion: string,
    reports: Readonly<Record<string, string>>,
    verdict: string,
    reason: RegExp,
  ])[] = [
    ["All tests pass", { "junit.xml": junit(3) }, "verified", /3 of 3 tests passed/],
    ["All tests pass", { "junit.xml": junit(3, 1) }, "failed", /3 of 4 tests passed, expected >= 100 %/],
    ["All tests pass", { "junit.xml": nothing }, "unverifiable", /0 of 0 tests passed, .*no test in it ran/],
    ["No failing tests", { "junit.xml": nothing }, "unverifiable", /0 failed of 0 tests, .*no test in it ran/],
    ["No skipped tests", { "junit.xml": nothing }, "unverifiable", /0 skipped of 0 tests, .*no test in it ran/],
    ["No skipped tests", { "reports/unit.tap": "TAP version 13\n1..0\n" }, "unverifiable", /no test in it ran/],
    ["No failing tests", { "junit.xml": skipped }, "unverifiable", /0 failed of 1 tests, .*no test in it ran/],
    ["All tests pass", { "junit.xml": skipped }, "unverifiable", /0 of 0 tests passed, 1 skipped, .*no test in it ran/],
    ["No failing tests", { "reports/a.xml": nothing, "junit.xml": junit(3) }, "unverifiable", /a\.xml .*no test/],
    ["No failing tests", { "reports/a.xml": nothing, "junit.xml": junit(3, 1) }, "failed", /1 failed of 4 tests/],
    ["BDD scenarios: 100% passing", { "reports/bdd.xml": skipped }, "unverifiable", /0 of 1 scenarios .*no test in it/],
    ["No skipped tests", { "junit.xml": skipped }, "failed", /1 skipped of 1 tests/],
    [
      "security scan: 0 high/critical issues",
      {
        "reports/trivy.sarif":
          '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Trivy","rules":[{"id":"CVE","properties":{"security-severity":"8.1"}}]}},"results":[{"ruleId":"CVE"}]}]}',
      },
      "failed",
      /1 high by Trivy/,
    ],
    [
      "p95 of boiling < 50 ms",
      {
        "reports/bench.json":
          '{"schema":"iplan-bench/1","results":[{"name":"boiling water","p95":12},{"name":"pouring","p95":80}]}',
      },
      "verified",
      /p95 12 ms \(boiling water\)/,
    ],
    [
      "Throughput of boiling ≥ 100 req/s",
      { "reports/bench.json": '{"schema":"iplan-bench/1","results":[{"name":"boiling","perSecond":80}]}' },
      "failed",
      /rate 80 \/s/,
    ],
    [
      "p95 of singing < 50 ms",
      { "reports/bench.json": '{"schema":"iplan-bench/1","results":[{"name":"boiling","p95":12}]}' },
      "manual|pending",
      /./,
    ],
  ];
  test.each(measured)("%s with %o: %s", async (criterion, reports, verdict, reason) => {
    const row = await rowOf(worldWith([criterion], reports));
    expect(row.verdict).toMatch(new RegExp(`^(?:${verdict})$`));
    expect(row.reason).toMatch(reason);
  });

  test("tests do not count as code that tests reached", async () => {
    const report = `${lcov(80)}${lcov(100, 100, "tests/kettle.test.js")}`;
    expect((await rowOf(worldWith(["Unit tests: ≥85%"], { "reports/unit.lcov": report }))).actual).toBe(
      "80 % of lines (80 of 100)",
    );
  });

  test("performance targets of the context are rows, and count once a report decides them", async () => {
    const more =
      "\n## Context\n\n### Key Technical Decisions\n\n**Performance Targets**:\n- p95 of boiling: 50 ms at most\n- p95 of singing: 50 ms at most\n";
    const bench = (p95: number): string => `{"schema":"iplan-bench/1","results":[{"name":"boiling","p95":${p95}}]}`;
    const slow = await ask(worldWith(["All tests pass"], { "junit.xml": junit(1), "reports/b.json": bench(90) }, more));
    expect(slow.rows.filter(({ key }) => key.startsWith("target:")).map(({ verdict }) => verdict)).toEqual([
      "failed",
      "manual",
    ]);
    expect(slow.verdict).toBe("failed");
    const fast = await ask(worldWith(["All tests pass"], { "junit.xml": junit(1), "reports/b.json": bench(9) }, more));
    expect([fast.verdict, fast.code]).toEqual(["pending", 0]);
  });

  test("that all targets are met is the worst of the targets", async () => {
    const more =
      "\n## Context\n\n### Key Technical Decisions\n\n**Performance Targets**:\n- p95 of boiling: 50 ms at most\n- p95 of singing: 50 ms at most\n";
    const bench = (singing: string): string =>
      `{"schema":"iplan-bench/1","results":[{"name":"boiling","p95":9}${singing}]}`;
    const asked = (singing: string): Promise<Row> =>
      rowOf(worldWith(["Performance targets met (p50/p95/p99)"], { "reports/b.json": bench(singing) }, more));
    expect((await asked("")).verdict).toBe("manual");
    expect((await asked(',{"name":"singing","p95":51}')).verdict).toBe("failed");
    expect((await asked(',{"name":"singing","p95":49}')).verdict).toBe("verified");
  });

  test("reports are found where a command of the plan writes them, whatever the settings say", async () => {
    const world = createSessionWorld({
      "iplan.config.yaml": "docs: docs\nreports: [elsewhere/**]\n",
      "src/kettle.js": "",
      [plan]: document(["Unit tests: ≥85%"]).replace(
        "touch kettle",
        "npx vitest run --reporter=junit --outputFile.junit=out/unit.xml --coverage > out/unit.info",
      ),
    });
    world.host.files.put(`${root}/out/unit.info`, lcov(90));
    expect((await rowOf(world)).source).toBe("out/unit.info");
  });
});

describe("bad reports", () => {
  test("none at all: nothing is measured, and that is said", async () => {
    const told = await ask(worldWith(["Unit tests: ≥85%", "Code is pleasant to read"], {}));
    expect(told.page).toContain("no report was found, so nothing could be measured: looked for reports/**");
    expect(told.rows.map(({ verdict }) => verdict)).not.toContain("verified");
    expect(told.rows[1]?.reason).toBe("no report was found, and no claim fits it");
  });

  const unread: readonly (readonly [title: string, text: string, reason: string])[] = [
    ["empty", "", "it is empty"],
    ["blank", "\n\n", "it is empty"],
    ["something else", '{"hello":1}', "it is none of the formats that are read"],
    [
      "what iplan itself reported",
      '<testsuites name="iplan check"><testcase name="p"/></testsuites>',
      "it holds findings of iplan check, no test",
    ],
  ];
  test.each(unread)("%s: listed as not read, and nothing is verified", async (_title, text, reason) => {
    const told = await ask(worldWith(["All tests pass"], { "reports/unit.xml": text }));
    expect(told.unread).toEqual([{ path: "reports/unit.xml", reason }]);
    expect(told.rows[0]?.verdict).not.toBe("verified");
    expect(told.page).toContain(`reports/unit.xml  not read: ${reason}`);
  });

  test("truncated: what passed before the cut verifies nothing", async () => {
    const row = await rowOf(worldWith(["All tests pass"], { "junit.xml": junit(3).slice(0, -20) }));
    expect(row.verdict).toBe("unverifiable");
    expect(row.reason).toMatch(/cannot be relied on: It breaks off/);
  });

  test("truncated: a failure before the cut is one", async () => {
    expect((await rowOf(worldWith(["All tests pass"], { "junit.xml": junit(3, 2).slice(0, -20) }))).verdict).toBe(
      "failed",
    );
  });

  test("older than the code: stale, whatever it says", async () => {
    const world = worldWith(["Unit tests: ≥85%"], { "reports/unit.lcov": lcov(93) });
    world.host.files.put(`${root}/src/kettle.js`, "export const hot = 97;\n");
    const told = await ask(world);
    expect(told.rows[0]?.verdict).toBe("stale");
    expect(told.rows[0]?.reason).toBe(
      "reports/unit.lcov is older than src/kettle.js: it said 93 % of lines (93 of 100)",
    );
    expect([told.verdict, told.code]).toEqual(["stale", 1]);
    expect(told.page).toContain("older than src/kettle.js");
  });

  test("older than the code in a folder that the settings name without a star: stale", async () => {
    const world = worldWith(["Unit tests: ≥85%"], { "reports/unit.lcov": lcov(93) });
    world.host.files.put(`${root}/iplan.config.yaml`, "docs: docs\nsources: [src]\n");
    world.host.files.put(`${root}/src/kettle.js`, "export const hot = 97;\n");
    expect((await rowOf(world)).verdict).toBe("stale");
  });

  test("an old one beside a fresh one is not asked", async () => {
    const world = worldWith(["Unit tests: ≥85%"], { "reports/old-unit.lcov": lcov(20) });
    world.host.files.put(`${root}/src/kettle.js`, "export const hot = 97;\n");
    world.host.clock.advance(1000);
    world.host.files.put(`${root}/reports/unit.lcov`, lcov(93));
    expect((await rowOf(world)).verdict).toBe("verified");
  });

  test("for other files: a suite that is not the one meant says nothing", async () => {
    const row = await rowOf(worldWith(["Unit tests: ≥85%"], { "reports/integration.lcov": lcov(93) }));
    expect(row.verdict).not.toBe("verified");
    expect(row.source).toBeUndefined();
  });

  test("for other files: coverage of code that is not in this workspace says nothing", async () => {
    const row = await rowOf(
      worldWith(["Unit tests: ≥85%"], { "reports/unit.lcov": lcov(93, 100, "/other/project/lib/teapot.js") }),
    );
    expect(row.verdict).not.toBe("verified");
  });

  test("that contradict each other: the worse one counts, and both are named", async () => {
    const row = await rowOf(
      worldWith(["Unit tests: ≥85%"], { "reports/unit.lcov": lcov(93), "reports/unit-2.lcov": lcov(40) }),
    );
    expect(row.verdict).toBe("failed");
    expect(row.reason).toMatch(
      /^the reports contradict each other: reports\/unit-2\.lcov says 40 %.*reports\/unit\.lcov says 93 %/,
    );
  });

  test("with more than everything covered: no figure is taken from it", async () => {
    const told = await ask(worldWith(["Unit tests: ≥85%"], { "reports/unit.lcov": lcov(170) }));
    expect(told.rows[0]?.verdict).not.toBe("verified");
    expect(told.page).toContain("170 of 100 is no share");
  });

  test("with hostile entities: they are not expanded", async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 8 }, (_, at) => `<!ENTITY a${at} "${`&a${at === 0 ? "" : at - 1};`.repeat(10)}">`).join("")}<!ENTITY f SYSTEM "file:///etc/passwd">]>`;
    const told = await ask(
      worldWith(["All tests pass"], {
        "junit.xml": `${bomb}<testsuite><testcase name="&a7;&f;"><failure message="&f;"/></testcase></testsuite>`,
      }),
    );
    expect(told.rows[0]?.verdict).toBe("failed");
    expect(told.page).toContain("neither expanded nor fetched");
    expect(told.page).not.toContain("root:");
  });

  test("with escape sequences: they do not reach the terminal", async () => {
    const told = await ask(
      worldWith(["All tests pass"], {
        "junit.xml": `<testsuite tests="2" name="\u001b[31mred"><testcase name="a"/></testsuite>`,
      }),
    );
    expect(told.page).not.toContain("\u001b");
  });

  test("behind a link out of the workspace: not followed", async () => {
    const world = worldWith(["All tests pass"], {});
    world.host.files.put("/elsewhere/junit.xml", junit(3));
    world.host.files.link(`${root}/junit.xml`, "/elsewhere/junit.xml");
    expect((await ask(world)).reports).toEqual([]);
  });
});

describe("bad criteria", () => {
  test.each([
    ["Coverage is good", "manual"],
    ["Code coverage ≥ 120%", "failed"],
    ["Coverage ≥ [X]%", "manual"],
  ])("%s: %s", async (criterion, verdict) => {
    const row = await rowOf(worldWith([criterion], { "reports/unit.lcov": lcov(100) }));
    expect(row.verdict).toBe(verdict);
    if (criterion.includes("120")) expect(row.reason).toContain("no share exceeds 100 %");
  });

  test("a plan without any criterion says so", async () => {
    const world = createSessionWorld({ [plan]: planDocument([{ run: "touch a", verify: "test -e a" }]) });
    expect((await ask(world)).page).toContain("the plan has no criterion");
  });

  test("a workspace without a plan ends with exit code 3", async () => {
    expect((await createSessionWorld().call(["status", "--criteria"])).code).toBe(3);
  });
});
