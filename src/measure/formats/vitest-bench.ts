import { createJsonReader, isAt } from "../json-report.ts";
import { numberOf, objectOf, textOf } from "../json-shape.ts";
import type { ReportFormatReader } from "../reader.ts";
import { timingOf } from "../timing-of.ts";

/** What `vitest bench --outputJson` writes; its times are milliseconds. */
export const vitestBench: ReportFormatReader = {
  isLike: (beginning) =>
    /^\s{0,20}\{\s{0,20}"files"\s{0,20}:/u.test(beginning) &&
    /"groups"\s{0,20}:|"benchmarks"\s{0,20}:/u.test(beginning),
  create: () =>
    createJsonReader({
      wants: (path) => isAt(path, "files", "*", "groups", "*", "benchmarks", "*"),
      take(_path, value, content) {
        const told = objectOf(value);
        content.timing(
          timingOf({
            name: textOf(told["name"]) ?? "",
            factor: 1,
            count: numberOf(told["sampleCount"]),
            min: numberOf(told["min"]),
            mean: numberOf(told["mean"]),
            max: numberOf(told["max"]),
            percentiles: {
              p50: numberOf(told["median"]),
              p75: numberOf(told["p75"]),
              p99: numberOf(told["p99"]),
              "p99.5": numberOf(told["p995"]),
              "p99.9": numberOf(told["p999"]),
            },
            perSecond: numberOf(told["hz"]),
          }),
        );
      },
      finish: (content) => {
        content.tool = "vitest bench";
      },
    }),
};
