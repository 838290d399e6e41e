import type { Lease, LeaseHolder } from "#guide/lease";
import { type Packet, createPacket } from "#guide/packet";
import { type ExitCode, IplanError } from "#model/errors";
import { oneLine } from "#render/escape";
import { renderPacket } from "#render/packet-page";
import { argument, type CommandContext, type CommandHandler, type CommandOutcome, flag, option } from "../command.ts";
import { holderOf } from "../leases.ts";
import { type FoundUnit, nextStep, type WithheldWork } from "../next-step.ts";
import { packetFacts } from "../packet-facts.ts";
import { openSession, type Session } from "../session.ts";
import { settlePlan } from "../settle.ts";

const defaultTokens = 1500;
const fullTokens = 6000;

/** `iplan next [PLAN]`: the one thing to do now, over one or all plans, small enough for an assistant. */
export const next: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const limit = tokenLimit(option(input, "max-tokens"), flag(input, "full") ? fullTokens : defaultTokens);
  const plan = argument(input, "plan");
  const unit = option(input, "for");
  const holder = holderOf(session, context.actor, option(input, "as"));
  const found = await nextStep(session, {
    ...(plan === undefined ? {} : { plan }),
    ...(unit === undefined ? {} : { unit }),
    take: flag(input, "take"),
    holder,
  });
  if (found.state === "done") return nothingLeft();
  if (found.state === "resting") return nothingButRest(found.ids);
  if (found.state === "withheld") return nothingFree(found);
  await markPlace(session, context, found, holder);
  if (flag(input, "full")) return fullOutcome(session, context, found, limit);
  return outcome(session, context, found, limit);
};

async function outcome(
  session: Session,
  context: CommandContext,
  found: FoundUnit,
  limit: number,
): Promise<CommandOutcome> {
  const packet = createPacket(found.view.understood, found.unit, await packetFacts(session, found), limit);
  const lease = found.lease === undefined ? {} : { lease: shownLease(found.lease) };
  const data: Packet & { readonly lease?: ShownLease; readonly notices: readonly string[] } = {
    ...packet,
    ...lease,
    notices: found.notices,
  };
  return {
    kind: "next",
    exitCode: found.unit.kind === "signature" ? 4 : 0,
    data,
    page: () => `${renderPacket(packet, context.paint)}${leaseLines(found)}`,
  };
}

async function fullOutcome(
  session: Session,
  context: CommandContext,
  found: FoundUnit,
  limit: number,
): Promise<CommandOutcome> {
  const [{ handoffOf }, { renderHandoff }] = await Promise.all([
    import("../handoff.ts"),
    import("#render/handoff-page"),
  ]);
  const handoff = await handoffOf(session, found, limit);
  return {
    kind: "next",
    exitCode: found.unit.kind === "signature" ? 4 : 0,
    data: handoff,
    page: () => `${renderHandoff(handoff, context.paint)}${leaseLines(found)}`,
  };
}

/** A lease as `next --json` tells it. */
export interface ShownLease {
  readonly holder: string;
  readonly kind: string;
  readonly since: string;
  readonly until: string;
}

function shownLease({ holder, takenAt, expiresAt }: Lease): ShownLease {
  const at = (time: number): string => new Date(time).toISOString();
  return { holder: holder.name, kind: holder.kind, since: at(takenAt), until: at(expiresAt) };
}

const words = { taken: "Taken", renewed: "Still yours" } as const;

function leaseLines({ lease, taking, notices }: FoundUnit): string {
  const until = lease === undefined ? "" : new Date(lease.expiresAt).toISOString().slice(11, 16);
  const told = notices.map((notice) => `! ${oneLine(notice)}\n`).join("");
  if (lease === undefined) return told === "" ? "" : `\n${told}`;
  const by =
    taking === undefined
      ? `Taken by ${oneLine(lease.holder.name)}, until ${until} UTC or their next command`
      : `${words[taking]} until ${until} UTC; every command of yours renews it`;
  return `\n${by}.\n${told}`;
}

/** Why: the mark in the document tells a reader where the work goes on, so it goes along with who takes something. */
async function markPlace(
  session: Session,
  { actor }: CommandContext,
  { view, taking }: FoundUnit,
  holder: LeaseHolder,
): Promise<void> {
  if (taking === undefined || view.document.parts.every(({ plan }) => plan.markers.resumeHere === undefined)) return;
  await settlePlan(session, view.document.path, {
    actor,
    holder,
    commit: () => session.host.git(session.root).head(),
  });
}

function nothingLeft(): CommandOutcome {
  const page = (): string => "All is done: nothing is left to run or to sign.\n";
  return { kind: "next", exitCode: 0, data: { done: true }, page };
}

/** Why: a plan that people put aside is not done; going on with it is for people to decide. */
function nothingButRest(ids: readonly string[]): CommandOutcome {
  const page = (): string =>
    `Nothing to do now: ${oneLine(ids.join(", "))} ${ids.length === 1 ? "is" : "are"} on hold or aborted. Name a plan to see its next unit.\n`;
  return { kind: "next", exitCode: 4, data: { done: false, resting: ids }, page };
}

function nothingFree({ plan, taken, blocked }: WithheldWork): CommandOutcome {
  const exitCode: ExitCode = taken.length > 0 ? 6 : 4;
  const rows = [
    ...taken.map(({ unit, holder }) => `  ${oneLine(unit)}: ${oneLine(holder.name)} works on it`),
    ...blocked.map(({ unit, reason }) => `  ${oneLine(unit)}: blocked: ${oneLine(reason, 200)}`),
  ];
  const cure =
    taken.length > 0
      ? `See what is open: iplan status ${plan}`
      : `When it is free again: iplan note ${plan} --release --unit ${blocked[0]?.unit ?? "UNIT"}`;
  const page = (): string => `Nothing of ${oneLine(plan)} can be begun now.\n${rows.join("\n")}\n${oneLine(cure)}\n`;
  const leases = taken.map((lease) => ({ unit: lease.unit, ...shownLease(lease) }));
  return { kind: "next", exitCode, data: { done: false, plan, taken: leases, blocked }, page };
}

function tokenLimit(text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 100) return value;
  throw new IplanError(
    "usage/arguments",
    `--max-tokens takes a whole number from 100, not ${text}.`,
    `Leave it out for ${usual}.`,
  );
}
