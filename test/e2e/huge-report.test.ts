import { expect, test } from "vitest";

interface HugeReading {
  readonly counts: Readonly<Record<string, number>>;
  readonly status: number | null;
  readonly stderr: string;
  readonly criteria: readonly { readonly criterion: string; readonly verdict: string; readonly reason: string }[];
  readonly reports: readonly { readonly path: string; readonly complete: boolean }[];
}

interface ReportModule {
  readHugeReports(size: { readonly megabytes: number; readonly heap: number }): HugeReading;
}

const { readHugeReports } = (await import(
  new URL("../../campaign/huge-reports.mjs", import.meta.url).href
)) as ReportModule;

/** Why: three reports of this size do not fit into that heap; what keeps a piece of their text keeps all of it. */
const [megabytes, heap] = [60, 64];

test("reports that are larger than the heap are read to their end", () => {
  const { status, stderr, criteria, reports, counts } = readHugeReports({ megabytes, heap });
  expect(stderr).toBe("");
  expect(status).toBe(1);
  expect(reports.map(({ path, complete }) => `${path} ${complete}`)).toEqual([
    "reports/bdd.json true",
    "reports/unit.lcov true",
    "reports/unit.xml true",
  ]);
  const cases = counts["unit.xml"] ?? 0;
  expect(criteria.map(({ verdict }) => verdict)).toEqual(["failed", "verified", "verified"]);
  expect(criteria[0]?.reason).toBe(`${cases - Math.floor(cases / 10_000)} of ${cases} tests passed, expected >= 100 %`);
  expect(criteria[1]?.reason).toContain(`${counts["bdd.json"]} of ${counts["bdd.json"]} scenarios passed`);
});
