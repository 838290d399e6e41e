import { IplanError } from "#model/errors";
import { acceptLinks } from "./accepted-links.ts";
import type { CommandContext, CommandOutcome } from "./command.ts";
import { refuseAssistants } from "./commands/trust.ts";
import { selectDocuments } from "./select-documents.ts";
import { openSession } from "./session.ts";
import { openGraph } from "./trace-graph.ts";

/** `iplan check [TARGET…] --accept`: a person says that documents agree with what they follow from, as both are now. */
export async function accept(context: CommandContext, targets: readonly string[]): Promise<CommandOutcome> {
  refuseAssistants(context, "accept links");
  const session = await openSession(context.host, context.cwd);
  const { documents } = selectDocuments(session, targets);
  const paths = documents.filter(({ template }) => !template).map(({ path }) => path);
  const graph = await openGraph(session, documents);
  if (!paths.some((path) => graph.parentLinks(path).length > 0)) {
    throw new IplanError(
      "usage/nothing-to-check",
      `${targets.length === 0 ? "No document here" : `None of ${targets.join(", ")}`} follows from another document, so there is no link to accept.`,
      "See what a document follows from: iplan trace REQ-003",
    );
  }
  const data = acceptLinks(session, graph, paths);
  const { path, accepted, changed, dropped } = data;
  const gone = dropped === 0 ? "" : `; ${dropped} that are gone were taken out`;
  return {
    kind: "accept",
    exitCode: 0,
    data,
    page: () =>
      `Accepted ${accepted} ${accepted === 1 ? "link" : "links"} (${changed} anew${gone}). Commit ${path}; what changes later is found by: iplan check\n`,
  };
}
