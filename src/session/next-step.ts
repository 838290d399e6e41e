import { type Lease, type LeaseBook, type LeaseHolder, leasesOn } from "#guide/lease";
import { keyOf, type NextUnit, nextUnit, openUnits, type WorkUnit } from "#guide/next";
import { IplanError } from "#model/errors";
import { beat, blockersOf, leaseBook, overlapNotices, takeUnit, withheldOf } from "./leases.ts";
import { type PlanView, viewPlan } from "./plan-view.ts";
import { findPlan, type FoundPlans, type PlanDocument, readPlans } from "./plans.ts";
import { docsPath, type Session } from "./session.ts";
import { findUnit } from "./units.ts";

/** What is asked of `next`. */
export interface NextRequest {
  /** Id or path of a plan; all plans when left out. */
  readonly plan?: string;
  /** A task or step that is wanted, whatever comes first. */
  readonly unit?: string;
  /** Take it, so that nobody else is handed it. */
  readonly take: boolean;
  readonly holder: LeaseHolder;
}

/** A unit to work on, and what is to be known before anybody begins. */
export interface FoundUnit {
  readonly state: "unit";
  readonly view: PlanView;
  readonly unit: NextUnit;
  /** Who works on it: the one who asks, or, where a unit was named, somebody else. */
  readonly lease?: Lease;
  /** What taking did; absent when nothing was taken. */
  readonly taking?: "taken" | "renewed";
  /** What to know of others' work, of expired leases and of what comes before, a sentence each. */
  readonly notices: readonly string[];
}

/** Open work that nobody can be handed now. */
export interface WithheldWork {
  readonly state: "withheld";
  readonly plan: string;
  readonly taken: readonly Lease[];
  readonly blocked: readonly { readonly unit: string; readonly reason: string }[];
}

/** What there is to do now. */
export type NextAnswer =
  | FoundUnit
  | WithheldWork
  | { readonly state: "done" }
  | { readonly state: "resting"; readonly ids: readonly string[] };

/**
 * The first unit that is open, ready and free over one or all plans, taken where that was asked for. Only one of any number of askers
 * gets a unit. Throws `usage/no-plans`, `usage/no-such-step`, `run/leased` for a named unit that somebody else has, and
 * `run/nothing-to-run`.
 */
export async function nextStep(session: Session, request: NextRequest): Promise<NextAnswer> {
  beat(session, request.holder);
  const asked = plansAsked(session, request);
  const seen = new Map<PlanDocument, PlanView>();
  for (;;) {
    const book = leaseBook(session);
    const scene = { session, asked, book, request, seen };
    const found = request.unit === undefined ? await firstOf(scene) : await named(scene, request.unit);
    if (found.state !== "unit" || found.unit.kind === "signature" || !request.take) return found;
    refuseSettled(found.view, found.unit);
    const taking = takeUnit(session, found.view, found.unit, request.holder);
    if (taking.state !== "held") {
      const notices = [...found.notices, ...takingNotices(taking.lease, book, request.holder)];
      return { ...found, lease: taking.lease, taking: taking.state, notices };
    }
    if (request.unit !== undefined) throw leased(taking.lease, session.host.clock.now());
  }
}

/** What one look at the plans goes by. */
interface Scene {
  readonly session: Session;
  readonly asked: FoundPlans;
  readonly book: LeaseBook;
  readonly request: NextRequest;
  /** Plans that were looked into already: nothing of them changes while one command asks. */
  readonly seen: Map<PlanDocument, PlanView>;
}

function plansAsked(session: Session, { plan }: NextRequest): FoundPlans {
  const asked = plan === undefined ? readPlans(session) : { plans: [findPlan(session, plan)], unreadable: [] };
  if (asked.plans.length + asked.unreadable.length === 0) throw noPlans(session);
  return asked;
}

async function viewOf({ session, seen }: Scene, plan: PlanDocument): Promise<PlanView> {
  const view = seen.get(plan) ?? (await viewPlan(session, plan));
  seen.set(plan, view);
  return view;
}

function isResting({ plan }: PlanDocument): boolean {
  const status = plan.control?.status?.value;
  return status === "on-hold" || status === "aborted";
}

async function firstOf(scene: Scene): Promise<NextAnswer> {
  const { asked, book, request } = scene;
  const active = ownFirst(
    asked.plans.filter((each) => request.plan !== undefined || !isResting(each)),
    book,
    request.holder,
  );
  let signature: FoundUnit | undefined;
  let withheld: WithheldWork | undefined;
  let parts = 0;
  for (const plan of active) {
    const view = await viewOf(scene, plan);
    parts += view.understood.steps.length + view.standing.tasks.size + view.standing.items.size;
    const unit = nextUnit(view.understood, view.standing, withheldOf(view, book, request.holder));
    if (unit === undefined) withheld ??= withheldWork(view, book, request.holder);
    else if (unit.kind === "signature") signature ??= { state: "unit", view, unit, notices: [] };
    else return { state: "unit", view, unit, ...leaseOf(view, unit, book), notices: expiredNotices(view, unit, book) };
  }
  if (withheld !== undefined) return withheld;
  if (signature !== undefined) return signature;
  if (asked.unreadable[0] !== undefined) throw asked.unreadable[0].error;
  if (active[0] === undefined) return { state: "resting", ids: asked.plans.map(({ id }) => id) };
  if (parts === 0) throw nothingToDo(active[0]);
  return { state: "done" };
}

/** Why: who has begun something in a later plan goes on there. */
function ownFirst(plans: readonly PlanDocument[], book: LeaseBook, holder: LeaseHolder): readonly PlanDocument[] {
  const held = new Set(book.live.filter((lease) => lease.holder.id === holder.id).map(({ plan }) => plan));
  return [...plans.filter(({ id }) => held.has(id)), ...plans.filter(({ id }) => !held.has(id))];
}

function withheldWork(view: PlanView, book: LeaseBook, holder: LeaseHolder): WithheldWork | undefined {
  const open = new Set(openUnits(view.understood, view.standing).map(({ key }) => key));
  if (open.size === 0) return undefined;
  return {
    state: "withheld",
    plan: view.understood.id,
    taken: leasesOn(book, view.understood.id).filter(({ unit, holder: { id } }) => open.has(unit) && id !== holder.id),
    blocked: [...blockersOf(view)].flatMap(([unit, reason]) => (open.has(unit) ? [{ unit, reason }] : [])),
  };
}

async function named(scene: Scene, name: string): Promise<FoundUnit> {
  const { asked, book } = scene;
  const views: PlanView[] = [];
  for (const plan of asked.plans) views.push(await viewOf(scene, plan));
  const [found, ...more] = views.flatMap((view) => workNamed(view, name));
  if (found === undefined) throw noSuchUnit(views, name);
  if (more.length > 0) {
    throw new IplanError(
      "usage/ambiguous-plan",
      `${[found, ...more].map(({ view }) => view.understood.id).join(", ")} each have ${name}.`,
      `Name the plan too: iplan next ${found.view.understood.id} --for ${name}`,
    );
  }
  const { view, unit } = found;
  const notices = [...orderNotices(view, unit), ...expiredNotices(view, unit, book)];
  return { state: "unit", view, unit, ...leaseOf(view, unit, book), notices };
}

function orderNotices(view: PlanView, unit: WorkUnit): readonly string[] {
  const key = keyOf(unit);
  const before = openUnits(view.understood, view.standing).find((open) => open.key === key)?.waitsFor ?? [];
  const blocked = blockersOf(view).get(key);
  return [
    ...(before.length === 0 ? [] : [`${key} comes after what is still open: ${before.slice(0, 6).join(", ")}`]),
    ...(blocked === undefined ? [] : [`${key} is blocked: ${blocked}`]),
  ];
}

/** The step or task of that name; of a task the first open step that works on it. */
function workNamed(view: PlanView, name: string): readonly { readonly view: PlanView; readonly unit: WorkUnit }[] {
  const { understood, standing } = view;
  let key: string;
  try {
    key = findUnit(view, name).key;
  } catch (error) {
    if (error instanceof IplanError) return [];
    throw error;
  }
  const open = openUnits(understood, standing);
  const task = understood.phases.flatMap(({ tasks }) => tasks).find((each) => each.key === key);
  const first = open.find((each) => each.key === key || task?.steps.includes(each.key) === true);
  if (first !== undefined) return [{ view, unit: first.unit }];
  const step = understood.steps.find((each) => each.key === key);
  const stands = standing.steps.get(key) ?? standing.tasks.get(key);
  if (stands === undefined) return [];
  if (step !== undefined) return [{ view, unit: { kind: "step", step, standing: stands } }];
  return task === undefined ? [] : [{ view, unit: { kind: "task", task, standing: stands } }];
}

function noSuchUnit(views: readonly PlanView[], name: string): IplanError {
  const [only] = views;
  const known = views.flatMap(({ understood, standing }) => openUnits(understood, standing).map(({ key }) => key));
  const where = views.length === 1 && only !== undefined ? only.understood.id : "No plan";
  return new IplanError(
    "usage/no-such-step",
    `${where} has ${views.length === 1 ? "no" : "a"} step or task ${name}.`,
    known.length === 0 ? "See: iplan status" : `What is open: ${known.slice(0, 12).join(", ")}.`,
  );
}

function refuseSettled({ understood: { id } }: PlanView, unit: WorkUnit): void {
  if (!["verified", "skipped", "manual"].includes(unit.standing.verdict)) return;
  throw new IplanError(
    "usage/arguments",
    `${keyOf(unit)} is ${unit.standing.verdict}: there is nothing to take.`,
    `See what is open: iplan next ${id}`,
  );
}

function leaseOf({ understood }: PlanView, unit: NextUnit, book: LeaseBook): { readonly lease?: Lease } {
  const lease = leasesOn(book, understood.id).find((each) => each.unit === keyOf(unit));
  return lease === undefined ? {} : { lease };
}

function expiredNotices({ understood }: PlanView, unit: NextUnit, book: LeaseBook): readonly string[] {
  return book.expired.flatMap((lease) =>
    lease.plan === understood.id && lease.unit === keyOf(unit)
      ? [`${lease.holder.name} had taken ${lease.unit} and gave no sign of life; what was begun may lie there`]
      : [],
  );
}

function takingNotices(lease: Lease, book: LeaseBook, holder: LeaseHolder): readonly string[] {
  const { length } = book.ignored;
  const foreign =
    length === 0 ? [] : [`${length} lease files are damaged or were not written by this machine; they hold nothing`];
  return [...overlapNotices(lease.files, holder, book), ...foreign];
}

/** What to say where somebody else works on what was asked for. */
export function leased(lease: Lease, now: number): IplanError {
  const minutes = Math.max(1, Math.ceil((lease.expiresAt - now) / 60_000));
  return new IplanError(
    "run/leased",
    `${lease.holder.name} works on ${lease.plan} ${lease.unit}; the lease ends in ${minutes} min without a sign of life.`,
    `Take something else: iplan next --take\nA person can end it: iplan note ${lease.plan} --release --unit ${lease.unit}`,
  );
}

/** What to say where no plan was found. */
export function noPlans(session: Session): IplanError {
  return new IplanError(
    "usage/no-plans",
    `No plan was found below ${docsPath(session)}.`,
    "Start one with `iplan new iplan --title …`, or name a file.",
  );
}

function nothingToDo({ id }: PlanDocument): IplanError {
  return new IplanError(
    "run/nothing-to-run",
    `${id} has no step, no task and nothing to check: there is nothing to do in it.`,
    `See what a plan needs: iplan check ${id}`,
  );
}
