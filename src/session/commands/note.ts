import { type Lease, type LeaseHolder, leasesOn } from "#guide/lease";
import { recordNote } from "#journal/notes";
import { IplanError } from "#model/errors";
import type { JournalEventBody } from "#model/run";
import { oneLine } from "#render/escape";
import { argument, type CommandContext, type CommandHandler, type CommandInput, flag, option } from "../command.ts";
import { beat, blockersOf, giveBack, holderOf, leaseBook } from "../leases.ts";
import { notePlace } from "../note-place.ts";
import { type PlanView, viewPlan } from "../plan-view.ts";
import { findPlan } from "../plans.ts";
import { openSession, type Session } from "../session.ts";
import { settlePlan } from "../settle.ts";
import { findUnit } from "../units.ts";
import { refuseAssistants } from "./trust.ts";

type NoteKind = Extract<JournalEventBody, { type: "note" }>["kind"];

const kinds: ReadonlySet<string> = new Set<NoteKind>(["deviation", "decision", "blocker", "release"]);

/** `iplan note PLAN TEXT`: adds a note to the plan's record; with `--release` and `--block` it gives back what was taken. */
export const note: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const document = findPlan(session, argument(input, "plan") ?? "");
  const holder = holderOf(session, context.actor, option(input, "as"));
  beat(session, holder);
  const wanted = wantedOf(input, document.id);
  const view = await viewPlan(session, document);
  const place = wanted.gives
    ? takenPlace(context, { session, view, holder }, option(input, "unit"))
    : placeOf(view, option(input, "unit"));
  if (wanted.kind === "release" && wanted.gives) refuseNothingToFree(view, place);
  const event = recordNote(session.host, notePlace(session, document), {
    type: "note",
    kind: wanted.kind,
    text: wanted.text,
    actor: context.actor,
    ...(place.unit === undefined ? {} : { unit: place.unit }),
  });
  const given = place.lease !== undefined && giveBack(session, place.lease, document, context.actor);
  if (wanted.gives)
    await settlePlan(session, document.path, {
      actor: context.actor,
      holder,
      commit: () => session.host.git(session.root).head(),
    });
  return {
    kind: "note",
    exitCode: 0,
    data: { plan: document.id, event, ...(given ? { released: true } : {}) },
    page: () =>
      `Noted for ${oneLine(document.id)}${place.unit === undefined ? "" : ` ${oneLine(place.unit)}`}.${given ? " It is free again." : ""}\n`,
  };
};

/** What is to be noted. */
interface WantedNote {
  readonly kind: NoteKind;
  readonly text: string;
  /** It gives back what was taken. */
  readonly gives: boolean;
}

function wantedOf(input: CommandInput, plan: string): WantedNote {
  const kind = option(input, "kind") ?? "deviation";
  const block = option(input, "block");
  const release = flag(input, "release");
  const text = (argument(input, "text") ?? "").trim();
  if (!isKind(kind))
    throw usage(`--kind takes ${[...kinds].join(", ")}, not ${kind}.`, "Leave it out for a deviation.");
  if (release && block !== undefined) throw usage("--release frees a unit, --block keeps it from all.", "Give one.");
  if (block?.trim() === "") throw usage("--block has no reason.", `iplan note ${plan} --block 'what is missing'`);
  if (block !== undefined)
    return { kind: "blocker", text: [block.trim(), text].filter(Boolean).join("\n"), gives: true };
  if (release) return { kind: "release", text: text === "" ? "given back" : text, gives: true };
  if (text === "") throw usage("The note has no text.", `Say it: iplan note ${plan} 'what to remember'`);
  return { kind, text, gives: false };
}

function usage(message: string, cure: string): IplanError {
  return new IplanError("usage/arguments", message, cure);
}

function isKind(kind: string): kind is NoteKind {
  return kinds.has(kind);
}

/** A unit of the plan, and who took it. */
interface NotedPlace {
  readonly unit?: string;
  readonly lease?: Lease;
}

function placeOf(view: PlanView, named: string | undefined): NotedPlace {
  return named === undefined ? {} : { unit: findUnit(view, named).key };
}

/** The unit that is named, or the only one that the caller took. Throws `usage/assistant-refused` where an assistant names somebody else's. */
function takenPlace(
  context: CommandContext,
  { session, view, holder }: { readonly session: Session; readonly view: PlanView; readonly holder: LeaseHolder },
  named: string | undefined,
): NotedPlace {
  const leases = leasesOn(leaseBook(session), view.understood.id);
  if (named !== undefined) {
    const unit = findUnit(view, named).key;
    const lease = leases.find((each) => each.unit === unit);
    if (lease !== undefined && lease.holder.id !== holder.id) refuseAssistants(context, "give back what others took");
    return { unit, ...(lease === undefined ? {} : { lease }) };
  }
  const [own, ...more] = leases.filter((each) => each.holder.id === holder.id);
  if (own !== undefined && more.length === 0) return { unit: own.unit, lease: own };
  throw usage(
    own === undefined
      ? `You took nothing of ${view.understood.id}.`
      : `You took more than one unit of ${view.understood.id}.`,
    `Name it: --unit ${own?.unit ?? "TASK-1.2"}`,
  );
}

function refuseNothingToFree(view: PlanView, { unit = "", lease }: NotedPlace): void {
  if (lease !== undefined || blockersOf(view).has(unit)) return;
  throw usage(`Nobody has taken ${unit}, and nothing blocks it.`, `See: iplan next ${view.understood.id}`);
}
