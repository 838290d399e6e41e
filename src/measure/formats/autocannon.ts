import type { Json } from "#model/run";
import { createJsonReader, isAt } from "../json-report.ts";
import { numberOf, objectOf, textOf } from "../json-shape.ts";
import type { ReportFormatReader } from "../reader.ts";
import { timingOf } from "../timing-of.ts";

const wanted = new Set(["title", "url", "latency", "requests", "errors", "timeouts", "non2xx"]);

/** What `autocannon --json` writes; its times are milliseconds. */
export const autocannon: ReportFormatReader = {
  isLike: (beginning) =>
    /^\s{0,20}\{/u.test(beginning) && /"latency"\s{0,20}:\s{0,20}\{/u.test(beginning) && /"p97_5"/u.test(beginning),
  create() {
    const told: Record<string, Json> = {};
    return createJsonReader({
      wants: (path) => isAt(path, "*") && wanted.has(String(path[0])),
      take: (path, value) => {
        told[String(path[0])] = value;
      },
      finish(content) {
        content.tool = "autocannon";
        const [latency, requests] = [objectOf(told["latency"]), objectOf(told["requests"])];
        for (const trouble of ["errors", "timeouts", "non2xx"]) {
          const count = numberOf(told[trouble]) ?? 0;
          if (count > 0) content.lacks(`It counts ${count} ${trouble}: what it measured is not the service at work.`);
        }
        const percentiles = Object.entries(latency).flatMap(([key, value]) => {
          const share = /^p(\d{1,2}(?:_\d{1,3})?)$/u.exec(key)?.[1];
          return share === undefined ? [] : [[`p${share.replace("_", ".")}`, numberOf(value)] as const];
        });
        content.timing(
          timingOf({
            name: textOf(told["title"]) ?? textOf(told["url"]) ?? "",
            factor: 1,
            count: numberOf(latency["totalCount"]) ?? numberOf(requests["total"]),
            min: numberOf(latency["min"]),
            mean: numberOf(latency["average"]),
            max: numberOf(latency["max"]),
            percentiles: Object.fromEntries(percentiles),
            perSecond: numberOf(requests["average"]),
          }),
        );
      },
    });
  },
};
