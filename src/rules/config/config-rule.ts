import type { ConfigProblem } from "../facts.ts";
import type { ContextWith, Report } from "../rule.ts";

/** Reports the configuration's problems of one kind. */
export function reportProblems(kind: ConfigProblem["kind"]): (context: ContextWith<"config">, report: Report) => void {
  return ({ config }, report) => {
    for (const problem of config.problems.filter((one) => one.kind === kind)) {
      const { message, range, cause } = problem;
      report({ message, at: range, ...(cause === undefined ? {} : { cause }) });
    }
  };
}
