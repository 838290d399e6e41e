import { type Finding, isLive } from "#model/finding";
import { verdictOrder } from "#model/run";
import type { Report, ReportFindings, ReportPlan } from "#render/html/report";
import type { ShownScore } from "#render/scores";
import { checkGathered, scoresOf } from "../checking.ts";
import { type GatheredDocuments, gatherDocuments } from "../gather-documents.ts";
import type { PlanDocument } from "../plans.ts";
import { readPlans } from "../plans.ts";
import { selectDocuments } from "../select-documents.ts";
import type { Session } from "../session.ts";
import { type DatedPlan, reportPlan, unreadablePlan } from "./report-plan.ts";
import { reportTrace } from "./report-trace.ts";

/** Most findings a page holds; the check itself has all of them. */
const mostFindings = 20_000;

/** With more plans than these their criteria are not asked of the reports: one plan's page has them. */
const mostMeasured = 40;

/** Everything a report shows: of one plan and its chain, or of the whole workspace. It reads, and runs nothing. */
export async function reportModel(session: Session, only?: PlanDocument): Promise<Report> {
  // Why: two graphs of a large workspace at a time are the most that a page would take.
  const gathered = await gatherDocuments(session, selectDocuments(session, []));
  const { graph } = gathered;
  const plans = only === undefined ? await allReportPlans(session) : [await reportPlan(session, only, true)];
  const trace = reportTrace(session, graph, only?.id, plans);
  const paths = only === undefined ? undefined : new Set(only.parts.map(({ path }) => path));
  const { findings, scores } = await checked(session, gathered, paths);
  const times = plans.flatMap((plan) => plan.at ?? []);
  return {
    tool: `iplan ${session.host.version}`,
    ...(times.length === 0 ? {} : { asOf: times.reduce((latest, at) => (at > latest ? at : latest)) }),
    ...(only === undefined ? {} : { about: only.id }),
    documents: graph.documents().length,
    plans: plans.map(({ plan }) => plan).sort(worstFirst),
    trace,
    findings,
    readiness: scores,
  };
}

async function allReportPlans(session: Session): Promise<readonly DatedPlan[]> {
  const { plans, unreadable } = readPlans(session);
  const shown: DatedPlan[] = [];
  for (const plan of plans) shown.push(await reportPlan(session, plan, plans.length <= mostMeasured));
  return [...shown, ...unreadable.map((plan) => ({ plan: unreadablePlan(plan, plan.error) }))];
}

function worstFirst(a: ReportPlan, b: ReportPlan): number {
  const worse = verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict);
  return worse !== 0 ? worse : a.id === b.id ? (a.path < b.path ? -1 : 1) : a.id < b.id ? -1 : 1;
}

async function checked(
  session: Session,
  gathered: GatheredDocuments,
  paths: ReadonlySet<string> | undefined,
): Promise<{ findings: ReportFindings; scores: readonly ShownScore[] }> {
  const all = await checkGathered(session, gathered, { whole: paths === undefined, history: false });
  const isShown = (path: string): boolean => paths?.has(path) ?? true;
  const scores = scoresOf(all, true).filter(({ plan, path }) => plan && isShown(path));
  return { findings: findingsOf(all.result.findings.filter(({ path }) => isShown(path))), scores };
}

const weights = { error: 0, warning: 1, info: 2 } as const;

function findingsOf(findings: readonly Finding[]): ReportFindings {
  const live = findings.filter(isLive);
  const count = (severity: Finding["severity"]): number => live.filter((each) => each.severity === severity).length;
  const list = live
    .map(({ severity, rule, message, path, range }) => ({ severity, rule, message, path, line: range.start.line }))
    .sort(
      (a, b) =>
        weights[a.severity] - weights[b.severity] ||
        compare(a.path, b.path) ||
        a.line - b.line ||
        compare(a.rule, b.rule),
    )
    .slice(0, mostFindings);
  return {
    errors: count("error"),
    warnings: count("warning"),
    infos: count("info"),
    waived: findings.length - live.length,
    list,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
