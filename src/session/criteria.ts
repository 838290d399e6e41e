import { criteriaRows } from "#guide/criteria";
import { asksReports, measureCriteria, type MeasureScene } from "#guide/measure-criteria";
import { scenarioRows } from "#guide/scenario-rows";
import type { TraceGraph } from "#graph/graph";
import type { CriterionRow, Figures, Measured, PlanFigures, ScenarioRow } from "#model/figures";
import type { PlanStanding, UnderstoodPlan } from "#model/understanding";
import { standingOf } from "#plan/standing";
import { writtenReports } from "#plan/written-reports";
import { readFigures } from "./figures.ts";
import type { PlanView } from "./plan-view.ts";
import type { Session } from "./session.ts";
import { sourceText } from "./trace-documents.ts";
import { openGraph } from "./trace-graph.ts";

/** The criteria of a plan as the reports show them now. */
export interface PlanCriteria {
  readonly figures: Figures;
  readonly rows: readonly CriterionRow[];
  readonly scenarios: readonly ScenarioRow[];
  /** Where the plan stands when what was measured now counts, too. */
  readonly standing: PlanStanding;
}

/** Reads the reports of the workspace and judges a plan's criteria, targets and scenarios by them. Nothing is executed or written. */
export async function criteriaOf(session: Session, view: PlanView): Promise<PlanCriteria> {
  const { understood, record } = view;
  const scene = await measureScene(session, understood);
  const measured = measureCriteria(understood, scene);
  const standing = standingOf(
    understood,
    record,
    (path) => session.host.files.digest(`${session.root}/${path}`),
    measured,
  );
  const now = session.host.clock.now();
  return {
    figures: scene.figures,
    rows: criteriaRows({ understood, standing, measured, figures: scene.figures, now }),
    scenarios: scenarioRows(understood.plan, scene),
    standing,
  };
}

/** What the reports make of a plan's items and targets now, by key. */
export async function measuredOf(session: Session, understood: UnderstoodPlan): Promise<ReadonlyMap<string, Measured>> {
  if (!asksReports(understood)) return new Map();
  return measureCriteria(understood, await measureScene(session, understood));
}

/** What was measured of a plan, for rules. */
export function planFigures(
  session: Session,
  understood: UnderstoodPlan,
  graph: TraceGraph,
  read: (written: readonly string[]) => Figures,
): PlanFigures {
  const figures = read(writtenReports(understood.blocks));
  const scene = sceneWith(session, figures, graph);
  return { figures, measured: measureCriteria(understood, scene), scenarios: scenarioRows(understood.plan, scene) };
}

async function measureScene(session: Session, understood: UnderstoodPlan): Promise<MeasureScene> {
  return sceneWith(session, readFigures(session, writtenReports(understood.blocks)), await openGraph(session));
}

function sceneWith(session: Session, figures: Figures, graph: TraceGraph): MeasureScene {
  const requirement = session.profile.layers.find(({ type }) => type === "REQ");
  return {
    figures,
    graph,
    requirementTag: requirement?.tag ?? "req",
    textOf: (path) => (path.startsWith("/") || path.split("/").includes("..") ? undefined : sourceText(session, path)),
  };
}
