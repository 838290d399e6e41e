import type { recordNote } from "#journal/notes";
import { createRedaction } from "#journal/redact";
import { secretValues } from "#journal/secret-values";
import { IplanError } from "#model/errors";
import type { Session } from "./session.ts";

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
