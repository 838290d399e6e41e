import type { TraceGraph } from "#graph/graph";
import { compareIds } from "#graph/index";
import { docsPath, type Session } from "./session.ts";
import { locate } from "./targets.ts";

/** Ids that are named where something else was asked for. */
const most = 3;

/** Documents there are instead of the one that was asked for: those of its number, else of its type; empty when there is none. */
export function documentsInstead(session: Session, target: string): string {
  const [, type = "", number = ""] = /^([A-Za-z]+)-0*(\d+)/u.exec(target) ?? [];
  if (type === "") return "";
  const ids = new Set(session.documents().flatMap(({ artifactId, template }) => (template ? [] : (artifactId ?? []))));
  const ofType = [...ids].filter((id) => id.toUpperCase().startsWith(`${type.toUpperCase()}-`)).sort(compareIds);
  const ofNumber = ofType.filter((id) => /-0*(\d+)/u.exec(id)?.[1] === number);
  if (ofNumber.length > 0) return `Did you mean ${ofNumber.slice(0, most).join(" or ")}?`;
  return ofType.length === 0 ? "" : `There ${ofType.length === 1 ? "is" : "are"} ${several(ofType)}.`;
}

/** What there is instead of a document or element that was asked for. */
export function knownInstead(session: Session, graph: TraceGraph, target: string): string {
  if (session.documents().length === 0) {
    return `No document at all was found below ${docsPath(session)}; see which folders the workspace reads: iplan doctor`;
  }
  const place = locate(session, target);
  if (place?.kind === "directory") return folderText(session, place.path);
  const document = graph.named(target.split(":", 1)[0]?.toUpperCase() ?? "");
  const elements = document === undefined || !target.includes(":") ? [] : elementsIn(graph, document);
  if (elements.length > 0) return `It defines ${several(elements)}.`;
  return documentsInstead(session, target) || "Name an id (REQ-003), an element (REQ-003:AC-001) or a path.";
}

function folderText(session: Session, folder: string): string {
  // Why: registry documents have the number 0, and nobody asks what follows from them.
  const inside = session
    .documents()
    .find(
      ({ path, artifactId = "-0" }) => !/-0+$/u.test(artifactId) && (folder === "" || path.startsWith(`${folder}/`)),
    );
  const such = inside === undefined ? "" : `, such as ${inside.path}`;
  return `That is a folder. Name a document in it${such}.`;
}

function elementsIn(graph: TraceGraph, document: number): readonly string[] {
  const all = graph.holdersOf(document).flatMap((path) => graph.elementsOf(path));
  return [...new Set(all.filter((node) => graph.isDemanding(node)).map((node) => graph.idOf(node)))];
}

function several(ids: readonly string[]): string {
  const named = ids.slice(0, most).join(", ");
  return ids.length > most ? `${named} and ${ids.length - most} more` : named;
}
