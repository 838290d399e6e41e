import type { TraceGraph } from "#graph/graph";
import { type Figures, type Measured, shareText } from "#model/figures";
import { worstVerdict } from "#model/run";
import type { UnderstoodPlan } from "#model/understanding";
import { answerOf } from "./answers.ts";
import { type Bound, boundText, keeps, valueText } from "./criterion-bound.ts";
import { type CriterionQuestion, questionsOf } from "./criterion-question.ts";
import { requirementsCounts, requirementsOf } from "./requirements.ts";
import { createTestResults } from "./test-results.ts";

/** What criteria are measured with. */
export interface MeasureScene {
  readonly figures: Figures;
  readonly graph: TraceGraph;
  /** Name of the tag by which a plan names the requirements it satisfies. */
  readonly requirementTag: string;
  /** The text of a file of the workspace; undefined for one that cannot be read. */
  readonly textOf: (path: string) => string | undefined;
}

interface Asked {
  readonly key: string;
  readonly questions: readonly CriterionQuestion[];
}

/** What the reports make of criteria, checklist items, deliverables and targets, by key; what no report speaks of is not in it. */
export function measureCriteria(understood: UnderstoodPlan, scene: MeasureScene): ReadonlyMap<string, Measured> {
  const measured = new Map<string, Measured>();
  if (scene.figures.reports.length === 0) return measured;
  const asked = questionsOfPlan(understood);
  const put = (key: string, answers: readonly (Measured | undefined)[]): void => {
    const joined = joinedAnswers(answers);
    if (joined !== undefined) measured.set(key, joined);
  };
  for (const { key, questions } of asked) {
    put(
      key,
      questions.map((question) => answerTo(question, understood, scene)),
    );
  }
  // Why: a criterion that all targets are met rests on the targets, which have to be measured before.
  for (const { key, questions } of asked) {
    const parts = questions.flatMap((question) => (question.kind === "targets" ? [question.part] : []));
    if (parts.length > 0)
      put(
        key,
        understood.targets.filter(({ part }) => parts.includes(part)).map((target) => measured.get(target.key)),
      );
  }
  return measured;
}

/** True when something of a plan can be answered by reports at all. */
export function asksReports(understood: UnderstoodPlan): boolean {
  return questionsOfPlan(understood).length > 0;
}

function questionsOfPlan({ plan, items, targets }: UnderstoodPlan): readonly Asked[] {
  const groups = new Map(plan.criteria.map(({ group }, index) => [`criterion:${index + 1}`, group]));
  const asked = [
    ...items.map(({ key, text }) => ({ key, text, group: groups.get(key) })),
    ...targets.map(({ key, text, group }) => ({ key, text, group })),
  ];
  return asked
    .map(({ key, ...text }) => ({ key, questions: questionsOf(text) }))
    .filter(({ questions }) => questions.length > 0);
}

function answerTo(question: CriterionQuestion, understood: UnderstoodPlan, scene: MeasureScene): Measured | undefined {
  if (question.kind === "targets") return undefined;
  if (question.kind === "requirements") return requirementsAnswer(question.bound, understood, scene);
  return answerOf(question, scene.figures);
}

function requirementsAnswer(
  bound: Bound,
  { plan }: UnderstoodPlan,
  { figures, graph, requirementTag, textOf }: MeasureScene,
): Measured | undefined {
  const fresh = figures.reports.filter((report) => report.newer === undefined && report.counts !== undefined);
  const standings = requirementsOf(plan, graph, createTestResults(figures, textOf), requirementTag);
  if (standings.length === 0) return undefined;
  if (fresh.length === 0) return staleRequirements(bound, figures);
  const { done, total } = requirementsCounts(standings);
  const open = standings.filter(({ status }) => status !== "passed");
  const shown = open.slice(0, 5).map(({ id, status }) => `${id} ${status ?? "not run"}`);
  const rest = open.length > shown.length ? `, and ${open.length - shown.length} more` : "";
  const share = (100 * done) / total;
  const actual = shareText(done, total, "requirements have a test that passed");
  return {
    verdict: keeps(share, bound) ? "verified" : "failed",
    reason: `${actual} (${valueText(share, "%")}), expected ${boundText(bound)}${open.length === 0 ? "" : `: ${shown.join(", ")}${rest}`}`,
    target: boundText(bound),
    actual,
    sources: [...new Set(standings.flatMap(({ sources }) => sources))].sort(),
  };
}

/** Results that are older than the code show no requirement as it is. */
function staleRequirements(bound: Bound, { reports }: Figures): Measured | undefined {
  const old = reports.find(({ counts, newer }) => counts !== undefined && newer !== undefined);
  if (old === undefined) return undefined;
  const reason = `no result of a test is newer than the code: ${old.path} is older than ${old.newer}`;
  return { verdict: "stale", reason, target: boundText(bound), sources: [old.path] };
}

/** All must hold: the worst of several answers, and none at all where one of them is not known. */
function joinedAnswers(answers: readonly (Measured | undefined)[]): Measured | undefined {
  const known = answers.flatMap((answer) => answer ?? []);
  const verdict = worstVerdict(known.map((answer) => answer.verdict));
  const telling = known.filter((answer) => answer.verdict === verdict);
  const [first] = telling;
  if (verdict === undefined || first === undefined) return undefined;
  // Why: a part that nobody measured cannot be taken for one that holds; one that failed is enough to fail.
  if (known.length < answers.length && verdict === "verified") return undefined;
  const joined = (pick: (answer: Measured) => string | undefined): string =>
    [...new Set(known.flatMap((each) => pick(each) ?? []))].join("; ");
  return {
    verdict,
    reason: [...new Set(telling.map(({ reason }) => reason))].join("; "),
    target: joined(({ target }) => target),
    actual: joined(({ actual }) => actual),
    sources: [...new Set(known.flatMap(({ sources }) => sources))],
  };
}
