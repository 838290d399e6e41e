import { IplanError } from "#model/errors";
import { isDiagramFormat, traceDiagrams } from "#render/trace-diagrams";
import { renderTracePage } from "#render/trace-page";
import { argument, type CommandHandler, flag, option } from "../command.ts";
import { findNode } from "../find-node.ts";
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
  const session = await openSession(context.host, context.cwd);
  const graph = await openGraph(session);
  const node = await findNode(session, graph, argument(input, "target") ?? "");
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
