import type { Registry } from "#author/registry/entry";
import { newRegistryText, registryEdit, type RegistryKind } from "#author/registry/registry-document";
import { writeDocument } from "#author/write-document";
import type { LayerProfile } from "#profile/profile";
import type { RegistryRow } from "#render/registry-page";
import { createDocument } from "./create-document.ts";
import { existingRegistry, reservedId, usualRegistryPath } from "./registry-documents.ts";
import type { Session } from "./session.ts";

/** What to do about registry documents: tell their state, write all, or write those that exist already. */
export type RegistryWish = "look" | "write" | "refresh";

/** Brings one registry document of a type up to date, or tells its state; nothing for a type that nobody uses. */
export function settleRegistry(
  session: Session,
  layer: LayerProfile,
  kind: RegistryKind,
  facts: Registry,
  wish: RegistryWish,
): readonly RegistryRow[] {
  const id = reservedId(session.profile, layer.type);
  const path = usualRegistryPath(
    session,
    kind,
    layer,
    facts.entries.map((entry) => entry.path),
  );
  const known = existingRegistry(session, kind, id, path);
  if (known === undefined) {
    // Why: a type that nobody uses needs no list of nothing.
    if (path === undefined || wish === "refresh") return [];
    if (wish === "write") createDocument(session, path, newRegistryText(kind, id, facts, path));
    return [{ path, type: layer.type, kind, state: wish === "look" ? "missing" : "written" }];
  }
  const edit = registryEdit(kind, known.text, facts, known.path);
  const row = { path: known.path, type: layer.type, kind };
  if (edit === undefined) return [{ ...row, state: "current" }];
  if ("problem" in edit) return [{ ...row, state: "damaged", problem: edit.problem }];
  if (wish === "look") return [{ ...row, state: "out-of-date" }];
  writeDocument(session.host.files, session.root, known, [edit]);
  return [{ ...row, state: "written" }];
}
