import { IplanError } from "#model/errors";
import { isDiagramFormat, traceDiagrams } from "#render/trace-diagrams";
import { renderTracePage } from "#render/trace-page";
import { argument, type CommandContext, type CommandHandler, flag, option } from "../command.ts";
import { findNode, isAdded } from "../find-node.ts";
import type { KnownWorkspace } from "../kept-check.ts";
import { openSession } from "../session.ts";
import { openGraph } from "../trace-graph.ts";
import { traceModel } from "../trace-model.ts";

/** `iplan trace ID|PATH:LINE`: what a document or element follows from, what follows from it, and where the chain breaks. */
export const trace: CommandHandler = async (context, input) => {
  const format = option(input, "format") ?? "text";
  if (format !== "text" && format !== "json" && !isDiagramFormat(format)) {
    throw new IplanError(
      "usage/arguments",
      `There is no format ${format}.`,
      `Formats are ${["text", "json", ...Object.keys(traceDiagrams)].join(", ")}.`,
    );
  }
  const target = argument(input, "target") ?? "";
  const { session, graph } = await openFor(context, target);
  const node = await findNode(session, graph, target);
  const found = traceModel(session, graph, graph.traceFrom(node));
  return {
    kind: "trace",
    exitCode: 0,
    data: found,
    page: () =>
      isDiagramFormat(format)
        ? traceDiagrams[format](found, flag(input, "all"))
        : renderTracePage(found, context.paint, context.width, flag(input, "all")),
  };
};

/** The graph that is kept, where finding the target leaves it as it is; else one of its own. */
async function openFor(
  { host, cwd, checks }: CommandContext,
  target: string,
): Promise<Pick<KnownWorkspace, "session" | "graph">> {
  const known = await checks?.known(host, cwd);
  if (known !== undefined && !isAdded(known.session, known.graph, target)) return known;
  const session = await openSession(host, cwd);
  return { session, graph: await openGraph(session) };
}
