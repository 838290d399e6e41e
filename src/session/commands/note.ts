import { recordNote } from "#journal/notes";
import { createRedaction } from "#journal/redact";
import { secretValues } from "#journal/secret-values";
import { IplanError } from "#model/errors";
import type { JournalEventBody } from "#model/run";
import { oneLine } from "#render/escape";
import { argument, type CommandHandler, option } from "../command.ts";
import { viewPlan } from "../plan-view.ts";
import { findPlan } from "../plans.ts";
import { openSession, type Session } from "../session.ts";
import { findUnit } from "../units.ts";

type NoteKind = Extract<JournalEventBody, { type: "note" }>["kind"];

const kinds: ReadonlySet<string> = new Set<NoteKind>(["deviation", "decision", "blocker", "release"]);

/** `iplan note PLAN TEXT`: adds a note to the plan's record. */
export const note: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const document = findPlan(session, argument(input, "plan") ?? "");
  const kind = option(input, "kind") ?? "deviation";
  if (!isKind(kind)) {
    throw new IplanError(
      "usage/arguments",
      `--kind takes ${[...kinds].join(", ")}, not ${kind}.`,
      "Leave it out for a deviation.",
    );
  }
  const text = (argument(input, "text") ?? "").trim();
  if (text === "")
    throw new IplanError(
      "usage/arguments",
      "The note has no text.",
      `Say it: iplan note ${document.id} 'what to remember'`,
    );
  const named = option(input, "unit");
  const unit = named === undefined ? undefined : findUnit(await viewPlan(session, document), named).key;
  const event = recordNote(session.host, notePlace(session, document), {
    type: "note",
    kind,
    text,
    actor: context.actor,
    ...(unit === undefined ? {} : { unit }),
  });
  const page = (): string => `Noted for ${oneLine(document.id)}${unit === undefined ? "" : ` ${oneLine(unit)}`}.\n`;
  return { kind: "note", exitCode: 0, data: { plan: document.id, event }, page };
};

function isKind(kind: string): kind is NoteKind {
  return kinds.has(kind);
}

/** Where notes of a plan are recorded, under this workspace's key and without the values of secret variables. */
export function notePlace(
  session: Session,
  { id: plan, path }: { readonly id: string; readonly path: string },
): Parameters<typeof recordNote>[1] {
  const key = session.host.trust(session.root).key({ create: true });
  if (key === undefined)
    throw new IplanError("host/state-unusable", "This workspace's key could not be made.", "See `iplan doctor`.");
  const redaction = createRedaction(secretValues(session.host.machine.environment, session.config.secrets));
  return { root: session.root, plan, path, key, redact: redaction.text };
}
