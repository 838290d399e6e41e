import { createJsonReader, isAt } from "../json-report.ts";
import { type JsonObject, numberOf, objectOf } from "../json-shape.ts";
import type { ReportFormatReader } from "../reader.ts";
import { timingOf } from "../timing-of.ts";

/** The summary of k6, as `--summary-export` or `handleSummary` write it; its times are milliseconds. */
export const k6: ReportFormatReader = {
  isLike: (beginning) =>
    /^\s{0,20}\{/u.test(beginning) &&
    /"metrics"\s{0,20}:/u.test(beginning) &&
    /"(?:iteration_duration|http_req_duration|iterations|root_group)"\s{0,20}:/u.test(beginning),
  create() {
    let perSecond: number | undefined;
    const timed = new Map<string, JsonObject>();
    return createJsonReader({
      wants: (path) => isAt(path, "metrics", "*"),
      take(path, value) {
        const metric = objectOf(value);
        // Why: handleSummary puts the figures one level deeper than --summary-export.
        const values = metric["values"] === undefined ? metric : objectOf(metric["values"]);
        const name = String(path[1]);
        if (name === "http_reqs") perSecond = numberOf(values["rate"]);
        if (values["avg"] !== undefined && values["med"] !== undefined) timed.set(name, values);
      },
      finish(content) {
        content.tool = "k6";
        for (const [name, values] of timed) {
          content.timing(
            timingOf({
              name,
              factor: 1,
              min: numberOf(values["min"]),
              mean: numberOf(values["avg"]),
              max: numberOf(values["max"]),
              percentiles: percentilesOf(values),
              perSecond: name === "http_req_duration" ? perSecond : undefined,
            }),
          );
        }
      },
    });
  },
};

function percentilesOf(values: JsonObject): Readonly<Record<string, number | undefined>> {
  const named = Object.entries(values).flatMap(([key, value]) => {
    const share = /^p\((\d{1,2}(?:\.\d{1,3})?)\)$/u.exec(key)?.[1];
    return share === undefined ? [] : [[`p${share}`, numberOf(value)] as const];
  });
  return { p50: numberOf(values["med"]), ...Object.fromEntries(named) };
}
