import { IplanError } from "#model/errors";
import type { Plan } from "#model/plan";
import type { Source } from "#model/source";
import { otherKind } from "#parse/iplan/other-kind";
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

/** A plan that could not be read, and why. */
export interface UnreadablePlan {
  /** As its file name says; the path where it says none. */
  readonly id: string;
  readonly path: string;
  readonly error: IplanError;
}

/** Every plan of the workspace, and every file that should be one and could not be read. */
export interface FoundPlans {
  readonly plans: readonly PlanDocument[];
  readonly unreadable: readonly UnreadablePlan[];
}

/** Reads all plans of the workspace, parts of one plan joined; two whole plans with one id stay two. One that cannot be read keeps none of the others away. */
export function readPlans(session: Session): FoundPlans {
  const byId = new Map<string, PlanPart[]>();
  const unreadable: UnreadablePlan[] = [];
  for (const document of session.documents()) {
    if (document.type !== session.profile.plan.type || document.template) continue;
    try {
      const part = readPart(session, document.path);
      byId.set(idOf(part), [...(byId.get(idOf(part)) ?? []), part]);
    } catch (error) {
      if (!(error instanceof IplanError)) throw error;
      unreadable.push({ id: document.artifactId ?? document.path, path: document.path, error });
    }
  }
  return { plans: [...byId.values()].flatMap(joinParts), unreadable };
}

/** All plans of the workspace that could be read. */
export function allPlans(session: Session): readonly PlanDocument[] {
  return readPlans(session).plans;
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

/** The plan a user named by id, number or path. Throws when there is none, more than one, or what was named is no plan. */
export function findPlan(session: Session, reference: string): PlanDocument {
  const place = locate(session, reference);
  if (place?.kind === "file") return requirePlan(session, readPlan(session, place.path));
  const { plans, unreadable } = readPlans(session);
  const found = plans.filter((plan) => isNamed(session, plan.id, reference));
  const broken = unreadable.filter((plan) => isNamed(session, plan.id, reference));
  const first = found[0];
  if (first === undefined && broken[0] !== undefined) throw broken[0].error;
  if (first === undefined) throw place === undefined ? noSuchPlan(reference, plans) : directoryNamed(reference);
  if (found.length + broken.length === 1) return first;
  throw new IplanError(
    "usage/ambiguous-plan",
    `${found.length + broken.length} plans are called ${first.id}: ${[...found, ...broken].map((plan) => plan.path).join(", ")}.`,
    "Name one of them by its path, and give the other a number of its own.",
  );
}

/** True for a file that says that it is a plan, or has a part of one and does not say that it is something else. */
export function isPlanFile(session: Session, path: string): boolean {
  return isPlan(session, readPlan(session, path).plan);
}

function isPlan({ profile }: Session, plan: Plan): boolean {
  const hasPart = plan.id !== undefined || plan.steps.length > 0 || plan.phases.length > 0;
  return hasPart && otherKind(profile, plan) === undefined;
}

/** Why: any file can be named; one that neither says that it is a plan nor has a part of one is taken for what it is. */
function requirePlan(session: Session, document: PlanDocument): PlanDocument {
  const { plan, path } = document;
  const isCalled = session.documents().some((each) => each.path === path && each.type === session.profile.plan.type);
  if (isCalled || isPlan(session, plan)) return document;
  throw new IplanError(
    "usage/not-a-plan",
    whyNoPlan(session, document),
    `See what is wrong with it: iplan check ${path}\nThe plans of the workspace: iplan status`,
  );
}

function whyNoPlan({ profile }: Session, { path, parts, plan }: PlanDocument): string {
  if (parts.every((part) => part.source.text.trim() === "")) return `${path} is empty.`;
  const kind = otherKind(profile, plan);
  if (kind === undefined) return `${path} is no plan: it has no id, no phase and no step.`;
  return `${path} is no plan: its front matter calls it ${kind}, and it has no id of a plan.`;
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

function noSuchPlan(reference: string, plans: readonly PlanDocument[]): IplanError {
  if (reference.includes("/") || /\.[a-z]+$/i.test(reference)) {
    return new IplanError(
      "usage/no-such-plan",
      `There is no file ${reference}.`,
      "Check the path; `iplan status` lists the plans of the workspace.",
    );
  }
  const known = [...new Set(plans.map((plan) => plan.id))];
  const cure =
    known.length === 0
      ? "No plan was found in this workspace. Start one with `iplan new iplan --title …`, or name a file."
      : `Known plans: ${known.slice(0, 12).join(", ")}${known.length > 12 ? ", …" : ""}.`;
  return new IplanError("usage/no-such-plan", `There is no plan ${reference}.`, cure);
}
