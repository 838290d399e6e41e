import type { CommitTrailer } from "#guide/commit-message";
import type { PlanDocument } from "./plans.ts";
import type { Session } from "./session.ts";
import { openGraph } from "./trace-graph.ts";

/** The trailers of a plan's commit by the profile, each with the documents of its type that the plan's tags lead to. */
export async function commitTrailers(session: Session, { id, parts }: PlanDocument): Promise<readonly CommitTrailer[]> {
  const graph = await openGraph(session);
  const { type, trailers } = session.profile.plan;
  const ids = new Map<string, Set<string>>();
  for (const { path } of parts) {
    const links = graph.linksOf(path);
    for (let index = 0; index < links.length; index++) {
      if (links.to(index) < 0) continue;
      const document = graph.documentOf(links.to(index));
      const of = graph.view(document)?.type ?? "";
      ids.set(of, (ids.get(of) ?? new Set()).add(graph.idOf(document)));
    }
  }
  const inOrder = (found: ReadonlySet<string> | undefined): readonly string[] =>
    [...(found ?? [])].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return trailers.map(({ name, of }) => ({ name, ids: of === type ? [id] : inOrder(ids.get(of)) }));
}
