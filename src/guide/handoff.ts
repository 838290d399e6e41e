import type { PhaseUnit, PlanStanding, UnderstoodPlan } from "#model/understanding";
import type { Lease } from "./lease.ts";
import { openUnits, signatures } from "./next.ts";
import type { Packet } from "./packet.ts";

/** Everything a fresh reader needs to go on with a plan. */
export interface Handoff {
  readonly plan: string;
  readonly path: string;
  readonly title?: string;
  readonly objective?: string;
  readonly verdict: string;
  readonly phases: readonly string[];
  /** What is open, in the order it is to be done. */
  readonly open: readonly string[];
  /** What waits for a person. */
  readonly signatures: readonly string[];
  /** Who works on what. */
  readonly taken: readonly string[];
  readonly blocked: readonly string[];
  /** What was noted, newest last. */
  readonly notes: readonly string[];
  readonly prerequisites: readonly string[];
  readonly commands: readonly string[];
  /** What to do now; absent when all is done. */
  readonly next?: Packet;
}

/** What is known beside the plan. */
export interface HandoffFacts {
  readonly path: string;
  readonly leases: readonly Lease[];
  readonly blocked: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
  readonly next?: Packet;
}

/** Longest lists of a handoff; the rest is counted. */
const mostRows = 30;

/** What a fresh reader is handed, from plan, standing and record alone. */
export function createHandoff(understood: UnderstoodPlan, standing: PlanStanding, facts: HandoffFacts): Handoff {
  const { plan, id, phases } = understood;
  return {
    plan: id,
    path: facts.path,
    ...(plan.name === undefined ? {} : { title: plan.name }),
    ...(plan.objective === undefined ? {} : { objective: plan.objective.text }),
    verdict: standing.verdict,
    phases: short(phases.map((phase) => phaseRow(phase, standing))),
    open: short(
      openUnits(understood, standing).map(({ key, unit, waitsFor }) => {
        const title = unit.kind === "step" ? unit.step.title : unit.task.task.name;
        const after = waitsFor.length === 0 ? "" : `, after ${waitsFor.slice(0, 3).join(", ")}`;
        return `${key} ${unit.standing.verdict}: ${title}${after}`;
      }),
    ),
    signatures: short(signatures(understood, standing).map(({ key, title }) => `${key}: ${title}`)),
    taken: facts.leases.map(({ unit, holder }) => `${unit}: ${holder.name}`),
    blocked: short([...facts.blocked].map(([unit, reason]) => `${unit}: ${reason}`)),
    notes: facts.notes.slice(-mostRows),
    prerequisites: short(plan.prerequisites.map(({ text }) => text)),
    commands: [
      `iplan next ${id} --take`,
      `iplan run ${id}`,
      `iplan verify ${id} TASK`,
      `iplan note ${id} 'what to remember'`,
      `iplan status ${id}`,
    ],
    ...(facts.next === undefined ? {} : { next: facts.next }),
  };
}

function phaseRow({ key, number, phase, tasks }: PhaseUnit, standing: PlanStanding): string {
  const done = tasks.filter((task) => standing.tasks.get(task.key)?.verdict === "verified").length;
  return `Phase ${number} ${standing.phases.get(key)?.verdict ?? "pending"}, ${done} of ${tasks.length} tasks: ${phase.name}`;
}

function short(rows: readonly string[]): readonly string[] {
  return rows.length <= mostRows ? rows : [...rows.slice(0, mostRows), `… ${rows.length - mostRows} more`];
}
