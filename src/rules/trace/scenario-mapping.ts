import { lettersOf } from "#graph/planned-scenarios";
import { definitionKind } from "#model/trace";
import type { ScenarioMapping } from "#model/plan";
import type { Profile } from "#profile/profile";
import type { TraceFacts, WorkspaceFacts } from "../facts.ts";
import { cureOf, idsIn } from "../ids-in.ts";
import { isCalledDone } from "../called-done.ts";
import { quote } from "../quote.ts";
import { defineRule, type Draft, type Rule } from "../rule.ts";

/** The rows of a plan that tie scenarios to tests are true on both sides. */
export const scenarioMapping: Rule = defineRule({
  code: "trace/scenario-mapping",
  severity: "warning",
  title: "Scenario mapping that is not true",
  summary:
    "Each row of the scenario mapping names a scenario that its document has, and a line that the test file has.",
  needs: ["trace", "plan", "workspace"],
  when: ({ plan, document }) => plan.scenarioMapping.length > 0 && !document.template,
  check({ trace, plan, profile, workspace, document }, report) {
    if (plan.scenarioMapping.length === 0 || document.template) return "not-applicable";
    const titles = new Map<string, ReadonlySet<string>>();
    for (const row of plan.scenarioMapping) {
      for (const draft of scenarioDrafts(trace, profile, row, titles)) report(draft);
      const wrong = testDraft(workspace, row, isCalledDone(plan));
      if (wrong !== undefined) report(wrong);
    }
    return undefined;
  },
});

function scenarioDrafts(
  { graph }: TraceFacts,
  profile: Profile,
  { document, scenario }: ScenarioMapping,
  titles: Map<string, ReadonlySet<string>>,
): readonly Draft[] {
  const [id] = idsIn(profile, document.text);
  if (id === undefined) return [];
  const node = graph.find(id);
  if (node === undefined) {
    const cure = cureOf(graph.alike(id), "Write it, or name the one that is meant.");
    return [{ message: `There is no ${id}. ${cure}`, at: document.range, cause: `mapped-document:${id}` }];
  }
  let known = titles.get(id);
  if (known === undefined) titles.set(id, (known = titlesOf(graph, node)));
  const text = scenario.text.replace(/`/gu, "").trim();
  const has = (one: string): boolean =>
    known.has(lettersOf(one)) || graph.find(`${id}:${one.trim()}`) !== undefined || lettersOf(one) === "";
  // Why: a document whose scenarios nobody can read says nothing about them.
  if (known.size === 0 || has(text) || text.split(/[,;]/u).every(has)) return [];
  const cure = "Write the title of the scenario as it stands there.";
  return [{ message: `${id} has no scenario ${quote(text)}. ${cure}`, at: scenario.range }];
}

/** Titles of a document's scenarios, ready to compare. */
function titlesOf(graph: TraceFacts["graph"], node: number): ReadonlySet<string> {
  const titles = new Set<string>();
  for (const path of graph.holdersOf(node)) {
    for (const element of graph.elementsOf(path)) {
      const view = graph.view(element);
      if (view?.kind === definitionKind.scenario) titles.add(lettersOf(view.title ?? ""));
    }
  }
  return titles;
}

/** Why: a plan is written before its tests are; only one that is called completed claims that they are there. */
function testDraft(workspace: WorkspaceFacts, row: ScenarioMapping, isDone: boolean): Draft | undefined {
  const { test, verification } = row;
  if (test === undefined) return undefined;
  const at = verification?.range ?? row.range;
  if (!workspace.exists(test.path)) {
    const message = `The plan is called completed, but there is no test file ${test.path}. Correct the path, or set the status back.`;
    return isDone ? { message, at } : undefined;
  }
  if (test.line === undefined) return undefined;
  const lines = workspace.text(test.path)?.replace(/\n$/u, "").split("\n").length;
  if (lines === undefined || (test.line > 0 && test.line <= lines)) return undefined;
  return { message: `${test.path} has ${lines} lines, and no line ${test.line}. Name the line where the test is.`, at };
}
