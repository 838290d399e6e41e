import { type FigureFormat, figureFormats } from "#model/figures";
import { autocannon } from "./formats/autocannon.ts";
import { benchmark } from "./formats/benchmark.ts";
import { cobertura } from "./formats/cobertura.ts";
import { cucumberJson } from "./formats/cucumber-json.ts";
import { cucumberMessages } from "./formats/cucumber-messages.ts";
import { hyperfine } from "./formats/hyperfine.ts";
import { junit } from "./formats/junit.ts";
import { k6 } from "./formats/k6.ts";
import { lcov } from "./formats/lcov.ts";
import { pytestBenchmark } from "./formats/pytest-benchmark.ts";
import { sarif } from "./formats/sarif.ts";
import { tap } from "./formats/tap.ts";
import { vitestBench } from "./formats/vitest-bench.ts";
import type { ReportFormatReader } from "./reader.ts";

/** How each format is told and read. */
export const reportReaders: Readonly<Record<FigureFormat, ReportFormatReader>> = {
  junit,
  cobertura,
  lcov,
  tap,
  "cucumber-messages": cucumberMessages,
  "cucumber-json": cucumberJson,
  sarif,
  benchmark,
  "vitest-bench": vitestBench,
  hyperfine,
  k6,
  autocannon,
  "pytest-benchmark": pytestBenchmark,
};

/** The format of a text that begins like this; undefined for what is no report. */
export function formatOf(beginning: string): FigureFormat | undefined {
  return figureFormats.find((format) => reportReaders[format].isLike(beginning));
}
