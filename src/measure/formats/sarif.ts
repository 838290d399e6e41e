import type { FindingCounts } from "#model/figures";
import { createJsonReader, isAt } from "../json-report.ts";
import { type JsonObject, listOf, numberOf, objectOf, textOf } from "../json-shape.ts";
import type { ReportFormatReader } from "../reader.ts";

type Counts = { -readonly [Key in keyof FindingCounts]: FindingCounts[Key] };

interface Rule {
  readonly level: string | undefined;
  readonly severity: number | undefined;
}

interface Run {
  readonly counts: Counts;
  /** Results by rule and level, until the rules are known: a run may name its tool last. */
  readonly results: Map<string, { readonly rule: string; readonly level: string | undefined; count: number }>;
  readonly rules: Map<string, Rule>;
}

/** SARIF 2.1, as linters and security scanners write it. */
export const sarif: ReportFormatReader = {
  isLike: (beginning) =>
    /^\s{0,20}\{/u.test(beginning) && /"runs"\s{0,20}:/u.test(beginning) && /sarif|"driver"/iu.test(beginning),
  create() {
    const runs = new Map<number, Run>();
    return createJsonReader({
      wants: (path) =>
        isAt(path, "runs", "*", "results", "*") ||
        isAt(path, "runs", "*", "versionControlProvenance", "*") ||
        isAt(path, "runs", "*", "invocations", "*") ||
        isAt(path, "runs", "*", "tool", "driver", "name") ||
        isAt(path, "runs", "*", "tool", "driver", "rules", "*") ||
        isAt(path, "runs", "*", "tool", "extensions", "*", "rules", "*"),
      take(path, value, content) {
        const run = runOf(runs, Number(path[1]));
        const object = objectOf(value);
        const key = String(path[2]);
        if (key === "results") addResult(run, object);
        else if (path.at(-1) === "name") run.counts.tool = textOf(value) ?? run.counts.tool;
        else if (key === "tool") addRule(run, object);
        else if (key === "invocations" && object["executionSuccessful"] === false) {
          content.lacks("The tool says that it did not end well.");
        } else if (key === "versionControlProvenance") content.commit = textOf(object["revisionId"]) ?? content.commit;
      },
      finish(content) {
        for (const run of runs.values()) content.findings.push(counted(run));
        if (runs.size === 0) content.lacks("It has no run of a tool.");
      },
    });
  },
};

function runOf(runs: Map<number, Run>, index: number): Run {
  const known = runs.get(index);
  if (known !== undefined) return known;
  const counts = { tool: "", error: 0, warning: 0, note: 0, critical: 0, high: 0 };
  const run = { counts, results: new Map(), rules: new Map() };
  runs.set(index, run);
  return run;
}

function addResult(run: Run, result: JsonObject): void {
  const kind = textOf(result["kind"]) ?? "fail";
  const isSuppressed = listOf(result["suppressions"]).some((each) => {
    const status = textOf(objectOf(each)["status"]) ?? "accepted";
    return status === "accepted";
  });
  if (kind !== "fail" || isSuppressed || textOf(result["baselineState"]) === "absent") return;
  const rule = textOf(result["ruleId"]) ?? textOf(objectOf(result["rule"])["id"]) ?? "";
  const level = textOf(result["level"]);
  const key = `${level ?? ""} ${rule}`;
  const known = run.results.get(key);
  if (known === undefined) run.results.set(key, { rule, level, count: 1 });
  else known.count++;
}

function addRule(run: Run, rule: JsonObject): void {
  const properties = objectOf(rule["properties"]);
  const severity = Number(
    textOf(properties["security-severity"]) ?? numberOf(properties["security-severity"]) ?? Number.NaN,
  );
  run.rules.set(textOf(rule["id"]) ?? "", {
    level: textOf(objectOf(rule["defaultConfiguration"])["level"]),
    severity: Number.isNaN(severity) ? undefined : severity,
  });
}

const levels: Readonly<Record<string, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  note: "note",
};

function counted({ counts, results, rules }: Run): FindingCounts {
  for (const { rule, level, count } of results.values()) {
    // Why: a result may name its rule by a longer id, `no-eval/strict` for `no-eval`.
    const known = rules.get(rule) ?? rules.get(rule.split("/")[0] ?? "");
    // Why: the format says that a result without a level is a warning, unless its rule says otherwise.
    const word = level ?? known?.level ?? "warning";
    if (Object.hasOwn(levels, word)) counts[levels[word] ?? "warning"] += count;
    const severity = known?.severity ?? 0;
    if (severity >= 9) counts.critical += count;
    else if (severity >= 7) counts.high += count;
  }
  return counts;
}
