import { registryKinds } from "#author/registry/registry-document";
import { IplanError } from "#model/errors";
import type { LayerProfile, Profile } from "#profile/profile";
import { renderRegistryPage, type RegistryRow } from "#render/registry-page";
import { argument, type CommandHandler, flag } from "../command.ts";
import { registryLayers } from "../registry-documents.ts";
import { registryOf } from "../registry-entries.ts";
import { openSession } from "../session.ts";
import { settleRegistry } from "../settle-registry.ts";
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
    for (const kind of registryKinds)
      rows.push(...settleRegistry(session, layer, kind, facts, only ? "look" : "write"));
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
