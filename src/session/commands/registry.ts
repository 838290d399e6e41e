import { newRegistryText, registryEdit, type RegistryKind, registryKinds } from "#author/registry/registry-document";
import type { Registry } from "#author/registry/entry";
import { IplanError } from "#model/errors";
import { writeDocument } from "#author/write-document";
import type { LayerProfile, Profile } from "#profile/profile";
import { renderRegistryPage, type RegistryRow } from "#render/registry-page";
import { argument, type CommandHandler, flag } from "../command.ts";
import { createDocument } from "../create-document.ts";
import { existingRegistry, registryLayers, reservedId, usualRegistryPath } from "../registry-documents.ts";
import { registryOf } from "../registry-entries.ts";
import { openSession, type Session } from "../session.ts";
import { openGraph } from "../trace-graph.ts";

/** `iplan registry [TYPE]`: writes the index and the traceability matrix of each type, or tells with `--check` which are out of date. */
export const registry: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const only = flag(input, "check");
  const wanted = argument(input, "type");
  const graph = await openGraph(session);
  const rows: RegistryRow[] = [];
  for (const layer of layersOf(session.profile, wanted)) {
    const facts = await registryOf(session, graph, layer);
    for (const kind of registryKinds) rows.push(...settle(session, layer, kind, facts, only));
  }
  if (rows.length === 0) throw nothingToList(wanted);
  const stale = rows.some((row) => row.state === "damaged" || (only && row.state !== "current"));
  return {
    kind: "registry",
    exitCode: stale ? 1 : 0,
    data: { documents: rows },
    page: () => renderRegistryPage(rows, only, context.paint),
  };
};

function layersOf(profile: Profile, wanted: string | undefined): readonly LayerProfile[] {
  const listed = registryLayers(profile);
  if (wanted === undefined) return listed;
  const found = listed.filter((layer) => layer.type === wanted.toUpperCase());
  if (found.length > 0) return found;
  throw new IplanError(
    "usage/arguments",
    `There is no type ${wanted} with a registry.`,
    `Types are ${listed.map((layer) => layer.type).join(", ")}.`,
  );
}

function nothingToList(wanted: string | undefined): IplanError {
  return new IplanError(
    "usage/nothing-to-check",
    wanted === undefined
      ? "No document of any type was found."
      : `No document of type ${wanted.toUpperCase()} was found.`,
    "See which folders the workspace reads: iplan doctor",
  );
}

function settle(
  session: Session,
  layer: LayerProfile,
  kind: RegistryKind,
  facts: Registry,
  only: boolean,
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
    if (path === undefined) return [];
    if (!only) createDocument(session, path, newRegistryText(kind, id, facts, path));
    return [{ path, type: layer.type, kind, state: only ? "missing" : "written" }];
  }
  const edit = registryEdit(kind, known.text, facts, known.path);
  const row = { path: known.path, type: layer.type, kind };
  if (edit === undefined) return [{ ...row, state: "current" }];
  if ("problem" in edit) return [{ ...row, state: "damaged", problem: edit.problem }];
  if (only) return [{ ...row, state: "out-of-date" }];
  writeDocument(session.host.files, session.root, known, [edit]);
  return [{ ...row, state: "written" }];
}
