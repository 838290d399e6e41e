import { IplanError } from "#model/errors";
import type { Plan } from "#model/plan";
import type { Source } from "#model/source";
import { parsePlan } from "#parse/iplan/plan";
import { mergeParts } from "#plan/merge-parts";
import type { Session } from "./session.ts";
import { locate } from "./targets.ts";

/** One document of a plan. */
export interface PlanPart {
  /** Workspace-relative. */
  readonly path: string;
  readonly source: Source;
  readonly plan: Plan;
}

/** A plan as read: one document, or the parts of a split plan as one. */
export interface PlanDocument {
  readonly id: string;
  /** Path of the first part; the receipt lies beside it. */
  readonly path: string;
  readonly parts: readonly PlanPart[];
  readonly plan: Plan;
}

/** Paths of the workspace's plans without templates, in order. */
export function planPaths(session: Session): readonly string[] {
  const type = session.profile.plan.type;
  return session
    .documents()
    .flatMap((document) => (document.type === type && !document.template ? [document.path] : []));
}

/** All plans of the workspace, parts of one plan joined; two whole plans with one id stay two. */
export function allPlans(session: Session): readonly PlanDocument[] {
  const byId = new Map<string, PlanPart[]>();
  for (const path of planPaths(session)) {
    const part = readPart(session, path);
    const id = idOf(part);
    byId.set(id, [...(byId.get(id) ?? []), part]);
  }
  return [...byId.values()].flatMap(joinParts);
}

/** Parts with different part numbers are one plan; everything else stands alone. */
function joinParts(parts: readonly PlanPart[]): PlanDocument[] {
  const numbers = parts.flatMap((part) => part.plan.part ?? []);
  const isSplit = parts.length > 1 && numbers.length === parts.length && new Set(numbers).size === parts.length;
  if (!isSplit) return parts.map((part) => planOf([part]));
  return [planOf([...parts].sort((a, b) => (a.plan.part ?? 0) - (b.plan.part ?? 0)))];
}

function planOf(parts: readonly PlanPart[]): PlanDocument {
  const first = parts[0];
  const plan = mergeParts(parts.map((part) => part.plan));
  if (first === undefined || plan === undefined) throw new RangeError("a plan has at least one part");
  return { id: idOf(first), path: first.path, parts, plan };
}

function idOf(part: PlanPart): string {
  return part.plan.id ?? part.path;
}

function readPart(session: Session, path: string): PlanPart {
  const source = session.source(path);
  if (source === undefined)
    throw new IplanError("usage/no-such-document", `There is no file ${path}.`, "Check the path.");
  return { path, source, plan: parsePlan(source, session.profile) };
}

/** Reads the plan a path belongs to, its other parts included. Throws `usage/no-such-document` when it is missing. */
export function readPlan(session: Session, path: string): PlanDocument {
  const part = readPart(session, path);
  if (part.plan.part === undefined) return planOf([part]);
  return allPlans(session).find((plan) => plan.parts.some((entry) => entry.path === path)) ?? planOf([part]);
}

/** The plan a user named by id, number or path. Throws when there is none, or more than one. */
export function findPlan(session: Session, reference: string): PlanDocument {
  const place = locate(session, reference);
  if (place?.kind === "file") return readPlan(session, place.path);
  const found = allPlans(session).filter((plan) => isNamed(session, plan.id, reference));
  const first = found[0];
  if (first === undefined && place !== undefined) throw directoryNamed(reference);
  if (first === undefined) throw noSuchPlan(session, reference);
  if (found.length === 1) return first;
  throw new IplanError(
    "usage/ambiguous-plan",
    `${found.length} plans are called ${first.id}: ${found.map((plan) => plan.path).join(", ")}.`,
    "Name one of them by its path, and give the other a number of its own.",
  );
}

function isNamed(session: Session, id: string, reference: string): boolean {
  const wanted = reference.toUpperCase();
  const type = session.profile.plan.type;
  const forms = /^\d+$/.test(wanted) ? ["00", "0", ""].map((zeros) => `${type}-${zeros}${wanted}`) : [wanted];
  return forms.includes(id.toUpperCase());
}

function directoryNamed(reference: string): IplanError {
  return new IplanError(
    "usage/not-a-plan",
    `${reference} is a directory, not a plan.`,
    "Name a plan by its id or its file; `iplan status` lists them.",
  );
}

function noSuchPlan(session: Session, reference: string): IplanError {
  if (reference.includes("/") || /\.[a-z]+$/i.test(reference)) {
    return new IplanError(
      "usage/no-such-plan",
      `There is no file ${reference}.`,
      "Check the path; `iplan status` lists the plans of the workspace.",
    );
  }
  const known = allPlans(session).map((plan) => plan.id);
  const cure =
    known.length === 0
      ? "No plan was found in this workspace. Start one with `iplan new iplan --title …`, or name a file."
      : `Known plans: ${known.slice(0, 12).join(", ")}${known.length > 12 ? ", …" : ""}.`;
  return new IplanError("usage/no-such-plan", `There is no plan ${reference}.`, cure);
}
