import type { Json } from "#model/run";
import type { ContentBuilder } from "../content.ts";
import { createJsonReader, isAt } from "../json-report.ts";
import { type JsonObject, numberOf, objectOf, textOf } from "../json-shape.ts";
import type { ReportFormatReader } from "../reader.ts";
import { timingOf, unitMs } from "../timing-of.ts";

/** The small shape of our own, for benchmarks without a format: `{"schema": "iplan-bench/1", "results": [{"name": …, "p95": …}]}`. */
export const benchmark: ReportFormatReader = {
  isLike: (beginning) => /^\s{0,20}\{/u.test(beginning) && /"schema"\s{0,20}:\s{0,20}"iplan-bench\/\d/u.test(beginning),
  create: () =>
    createJsonReader({
      wants: (path) => isAt(path, "schema") || isAt(path, "commit") || isAt(path, "tool") || isAt(path, "results", "*"),
      take(path, value, content) {
        const key = String(path[0]);
        if (key === "results") addResult(objectOf(value), content);
        else takeField(key, value, content);
      },
      finish: (content) => {
        if (content.timings.length === 0) content.lacks("It has no result.");
      },
    }),
};

function takeField(key: string, value: Json, content: ContentBuilder): void {
  const text = textOf(value);
  if (key === "commit" && text !== undefined) content.commit = text;
  if (key === "tool" && text !== undefined) content.tool = text;
  if (key === "schema" && text !== "iplan-bench/1")
    content.lacks(`Its shape is ${text ?? "unknown"}, not iplan-bench/1.`);
}

function addResult(result: JsonObject, content: ContentBuilder): void {
  const name = textOf(result["name"]);
  const unit = textOf(result["unit"]) ?? "ms";
  const factor = Object.hasOwn(unitMs, unit) ? unitMs[unit] : undefined;
  if (name === undefined || factor === undefined) {
    content.lacks(
      name === undefined ? "A result has no name." : `The unit ${unit} of ${name} is none of ns, us, ms, s.`,
    );
    return;
  }
  const percentiles = Object.entries(result).flatMap(([key, value]) =>
    /^p\d{1,2}(?:\.\d{1,3})?$/u.test(key) ? [[key, numberOf(value)] as const] : [],
  );
  content.timing(
    timingOf({
      name,
      factor,
      count: numberOf(result["count"]),
      min: numberOf(result["min"]),
      mean: numberOf(result["mean"]),
      max: numberOf(result["max"]),
      percentiles: Object.fromEntries(percentiles),
      perSecond: numberOf(result["perSecond"]),
    }),
  );
}
