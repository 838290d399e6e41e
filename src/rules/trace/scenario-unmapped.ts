import type { TraceGraph } from "#graph/graph";
import { lettersOf, type PlannedScenario, unmappedScenarios } from "#graph/planned-scenarios";
import type { Edit } from "#model/edit";
import type { ScenarioMapping, TextAt } from "#model/plan";
import type { Source } from "#model/source";
import type { WorkspaceFacts } from "../facts.ts";
import { quote } from "../quote.ts";
import { defineRule, type Rule } from "../rule.ts";

/** A mapping has a row for every scenario that its plan names. */
export const scenarioUnmapped: Rule = defineRule({
  code: "trace/scenario-unmapped",
  severity: "warning",
  title: "Scenario without a row in the mapping",
  summary: "The scenario mapping of a plan has a row for every scenario that the plan's tags name.",
  needs: ["trace", "plan", "workspace"],
  when: ({ plan }) => plan.scenarioMapping.length > 0,
  check({ trace, plan, source, workspace, document }, report) {
    const last = plan.scenarioMapping.at(-1);
    if (last === undefined || document.template) return "not-applicable";
    const missing = unmappedScenarios(plan, trace.graph);
    if (missing.length === 0) return undefined;
    const edit = rowsEdit(source, last, missing, { graph: trace.graph, workspace });
    const named = missing.slice(0, 3).map(({ title, document: id }) => `${quote(title)} of ${id}`);
    const more = missing.length > named.length ? `, and ${missing.length - named.length} more` : "";
    report({
      message: `The mapping has no row for ${named.join(", ")}${more}. Add what implements each, and the test that shows it.`,
      at: last.range,
      ...(edit === undefined ? {} : { fix: { title: "add the missing rows of the scenario mapping", edits: [edit] } }),
    });
    return undefined;
  },
});

interface Surroundings {
  readonly graph: TraceGraph;
  readonly workspace: WorkspaceFacts;
}

/** Rows behind the last one, in the order of its cells. What the tags do not tell for certain stays empty. */
function rowsEdit(
  source: Source,
  last: ScenarioMapping,
  missing: readonly PlannedScenario[],
  around: Surroundings,
): Edit | undefined {
  const [start, end] = lineAt(source.text, last.document.range.start.offset);
  const line = source.text.slice(start, end);
  const cells = cellsOf(line, start);
  if (cells.length < 3) return undefined;
  const lineEnd = source.text.slice(end, end + 2) === "\r\n" ? "\r\n" : "\n";
  const indent = /^\s*/u.exec(line)?.[0] ?? "";
  const rows = missing.map(
    (scenario) => `${lineEnd}${indent}| ${cellTexts(cells, last, scenario, around).join(" | ")} |`,
  );
  return { start: end, end, text: rows.join("") };
}

interface Cell {
  readonly start: number;
  readonly end: number;
}

function cellTexts(
  cells: readonly Cell[],
  last: ScenarioMapping,
  scenario: PlannedScenario,
  around: Surroundings,
): readonly string[] {
  const { implementation, test } = tiedFiles(scenario, around);
  return cells.map((cell) => {
    const holds = (at: TextAt | undefined): boolean =>
      at !== undefined && at.range.start.offset >= cell.start && at.range.start.offset < cell.end;
    if (holds(last.document)) return scenario.document;
    if (holds(last.scenario)) return scenario.title.replaceAll("|", "\\|");
    if (holds(last.implementation)) return implementation;
    return holds(last.verification) ? test : "";
  });
}

function lineAt(text: string, offset: number): readonly [number, number] {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const stop = end < 0 ? text.length : end;
  return [start, text[stop - 1] === "\r" ? stop - 1 : stop];
}

/** The cells between the bars of a row, escaped bars left in. */
function cellsOf(line: string, offset: number): readonly Cell[] {
  const bars: number[] = [];
  for (let index = 0; index < line.length; index++) {
    if (line[index] === "\\") index++;
    else if (line[index] === "|") bars.push(index);
  }
  return bars
    .slice(0, -1)
    .map((bar, index) => ({ start: offset + bar + 1, end: offset + (bars[index + 1] ?? line.length) }));
}

/** Source and test that name the scenario by tag, where it is one file each. */
function tiedFiles(
  scenario: PlannedScenario,
  { graph, workspace }: Surroundings,
): { readonly implementation: string; readonly test: string } {
  const paths = [...new Set(graph.linksTo(scenario.node).map(({ path }) => path))];
  const ofRole = (role: "source" | "test"): readonly string[] =>
    paths.filter((path) => graph.trace(path)?.role === role);
  const [sources, tests] = [ofRole("source"), ofRole("test")];
  const titled = tests.flatMap((path) => {
    const line = lineOfTitle(workspace.text(path), scenario.title);
    return line === undefined ? [] : [`${path}:${line}`];
  });
  const test = titled.length === 1 ? titled[0] : titled.length === 0 && tests.length === 1 ? tests[0] : undefined;
  const implementation = sources.length === 1 ? sources[0] : undefined;
  return { implementation: inCode(implementation), test: inCode(test) };
}

function inCode(text: string | undefined): string {
  return text === undefined ? "" : `\`${text}\``;
}

/** The line of a test that carries the title of the scenario. */
function lineOfTitle(text: string | undefined, title: string): number | undefined {
  const wanted = lettersOf(title);
  const at =
    text?.split("\n").findIndex((line) => /["'`]/u.test(line) && ` ${lettersOf(line)} `.includes(` ${wanted} `)) ?? -1;
  return at < 0 || wanted === "" ? undefined : at + 1;
}
