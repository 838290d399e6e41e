import { leastDigits } from "#author/number";
import {
  isRegistryFile,
  registryEdit,
  registryFileName,
  type RegistryKind,
  registryKinds,
  registryPlace,
} from "#author/registry/registry-document";
import type { Registry } from "#author/registry/entry";
import type { TraceGraph } from "#graph/graph";
import type { Source } from "#model/source";
import type { LayerProfile, Profile } from "#profile/profile";
import type { RegistryFacts } from "#rules/facts";
import type { RuleContext } from "#rules/rule";
import { isTypeFolder } from "./classify.ts";
import { registryOf } from "./registry-entries.ts";
import { registryOverview } from "./registry-overview.ts";
import type { Session } from "./session.ts";

/** Types whose documents have an index and a matrix. */
export function registryLayers(profile: Profile): readonly LayerProfile[] {
  return profile.layers.filter((layer) => layer.files.length > 0 && layer.reference === "document");
}

/** `IPLAN-000`, or as many digits as the profile's ids have. */
export function reservedId(profile: Profile, type: string): string {
  return `${type}-${String(profile.ids.reserved).padStart(leastDigits(profile), "0")}`;
}

/**
 * Where a registry document of a type would be written, when it has documents at these paths: beside the other registry document of the
 * type; else in the folder of the type (`docs/REQ` of `docs/REQ/api/REQ-001_x.md`), or of the documents, that holds most of them.
 */
export function usualRegistryPath(
  session: Session,
  kind: RegistryKind,
  layer: LayerProfile,
  paths: readonly string[],
): string | undefined {
  if (paths.length === 0) return undefined;
  const id = reservedId(session.profile, layer.type);
  const other = registryOverview(session).reserved.find(({ path }) =>
    registryKinds.some((one) => isRegistryFile(one, id, nameIn(path))),
  );
  const folder = other === undefined ? folderOfMost(layer, paths) : folderIn(other.path);
  return `${folder}${registryFileName(kind, id)}`;
}

const folders = new WeakMap<readonly string[], string>();

function folderOfMost(layer: LayerProfile, paths: readonly string[]): string {
  let folder = folders.get(paths);
  if (folder === undefined) folders.set(paths, (folder = countFolders(layer, paths)));
  return folder;
}

function countFolders({ directories }: LayerProfile, paths: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = typeFolder(path, directories) ?? folderIn(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1));
  return first?.[0] ?? "";
}

/** The innermost folder of a path that has the name of the type. */
function typeFolder(path: string, directories: readonly string[]): string | undefined {
  for (let folder = folderIn(path); folder !== ""; folder = folderIn(folder.slice(0, -1))) {
    if (isTypeFolder(nameIn(folder.slice(0, -1)), directories)) return folder;
  }
  return undefined;
}

function folderIn(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The registry document of the workspace, read; the first by path where there are several. `usual` is where it would be written. */
export function existingRegistry(
  session: Session,
  kind: RegistryKind,
  id: string,
  usual: string | undefined,
): Source | undefined {
  const found = registryOverview(session).reserved.find(({ path }) => isRegistryFile(kind, id, nameIn(path)));
  // Why: a registry of scenarios is Markdown, though its documents are not, and so no walk finds it.
  const path = found?.path ?? usual;
  return path === undefined ? undefined : session.source(path);
}

/**
 * The registry documents with a generated part, as rules see them. What people wrote by hand is none: nobody promised that it is
 * complete. Nothing is computed for types without one.
 */
export async function registryContexts(session: Session, graph: TraceGraph): Promise<readonly RuleContext[]> {
  const contexts: RuleContext[] = [];
  for (const layer of registryLayers(session.profile)) {
    let registry: Registry | undefined;
    for (const kind of registryKinds) {
      const known = generatedRegistry(session, kind, layer);
      if (known === undefined) continue;
      registry ??= await registryOf(session, graph, layer);
      contexts.push(contextOf(session, known, factsOf(kind, known, registry)));
    }
  }
  return contexts;
}

/** The registry document of a type that is there. */
export function registryOfType(session: Session, kind: RegistryKind, layer: LayerProfile): Source | undefined {
  const usual = usualRegistryPath(session, kind, layer, registryOverview(session).pathsOf(layer.type));
  return existingRegistry(session, kind, reservedId(session.profile, layer.type), usual);
}

/** The same where it has a generated part: what people wrote by hand is theirs. */
export function generatedRegistry(session: Session, kind: RegistryKind, layer: LayerProfile): Source | undefined {
  const known = registryOfType(session, kind, layer);
  return known === undefined || registryPlace(kind, known.text) === undefined ? undefined : known;
}

function factsOf(kind: RegistryKind, { text, path }: Source, registry: Registry): RegistryFacts {
  const edit = registryEdit(kind, text, registry, path);
  const place = registryPlace(kind, text) ?? { start: 0, end: 0 };
  const facts = { type: registry.type, ...place };
  if (edit === undefined) return facts;
  return "problem" in edit ? { ...facts, problem: edit.problem } : { ...facts, edit };
}

function contextOf(session: Session, source: Source, registry: RegistryFacts): RuleContext {
  return {
    source,
    document: { path: source.path, template: true, named: false, size: source.bytes.length },
    profile: session.profile,
    registry,
  };
}
