import { createJsonReader, isAt } from "../json-report.ts";
import { listOf, numberOf, objectOf, textOf } from "../json-shape.ts";
import type { ReportFormatReader } from "../reader.ts";
import { percentileOf, timingOf } from "../timing-of.ts";

/** What `pytest --benchmark-json` writes; its times are seconds. */
export const pytestBenchmark: ReportFormatReader = {
  isLike: (beginning) => /^\s{0,20}\{/u.test(beginning) && /"(?:machine_info|commit_info)"\s{0,20}:/u.test(beginning),
  create: () =>
    createJsonReader({
      wants: (path) => isAt(path, "benchmarks", "*") || isAt(path, "commit_info"),
      take(path, value, content) {
        const told = objectOf(value);
        if (path[0] === "commit_info") {
          content.commit = textOf(told["id"]) ?? content.commit;
          return;
        }
        const stats = objectOf(told["stats"]);
        const rounds = listOf(stats["data"]).flatMap((each) => numberOf(each) ?? []);
        content.timing(
          timingOf({
            name: textOf(told["name"]) ?? "",
            factor: 1000,
            count: numberOf(stats["rounds"]),
            min: numberOf(stats["min"]),
            mean: numberOf(stats["mean"]),
            max: numberOf(stats["max"]),
            // Why: the tool tells no high percentile; where it saved its rounds, they do.
            percentiles: {
              p50: numberOf(stats["median"]),
              p90: percentileOf(rounds, 0.9),
              p95: percentileOf(rounds, 0.95),
              p99: percentileOf(rounds, 0.99),
            },
            perSecond: numberOf(stats["ops"]),
          }),
        );
      },
      finish: (content) => {
        content.tool = "pytest-benchmark";
      },
    }),
};
