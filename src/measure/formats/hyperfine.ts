import { createJsonReader, isAt } from "../json-report.ts";
import { listOf, numberOf, objectOf, textOf } from "../json-shape.ts";
import type { ReportFormatReader } from "../reader.ts";
import { percentileOf, timingOf } from "../timing-of.ts";

/** What `hyperfine --export-json` writes; its times are seconds. */
export const hyperfine: ReportFormatReader = {
  isLike: (beginning) =>
    /^\s{0,20}\{\s{0,20}"results"\s{0,20}:/u.test(beginning) && /"command"\s{0,20}:/u.test(beginning),
  create: () =>
    createJsonReader({
      wants: (path) => isAt(path, "results", "*"),
      take(_path, value, content) {
        const told = objectOf(value);
        const times = listOf(told["times"]).flatMap((each) => numberOf(each) ?? []);
        const name = textOf(told["command"]) ?? "";
        if (listOf(told["exit_codes"]).some((code) => numberOf(code) !== 0)) {
          content.note(`A run of ${name} did not end with status 0.`);
        }
        content.timing(
          timingOf({
            name,
            factor: 1000,
            count: times.length === 0 ? undefined : times.length,
            min: numberOf(told["min"]),
            mean: numberOf(told["mean"]),
            max: numberOf(told["max"]),
            percentiles: {
              p50: numberOf(told["median"]),
              p90: percentileOf(times, 0.9),
              p95: percentileOf(times, 0.95),
              p99: percentileOf(times, 0.99),
            },
          }),
        );
      },
      finish: (content) => {
        content.tool = "hyperfine";
      },
    }),
};
