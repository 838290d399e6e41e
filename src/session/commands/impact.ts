import { IplanError } from "#model/errors";
import { renderImpactPage } from "#render/impact-page";
import { renderTestList } from "#render/test-list";
import { changedNodes } from "../changed-nodes.ts";
import { argumentList, type CommandHandler, flag, option } from "../command.ts";
import { findNode } from "../find-node.ts";
import { impactModel } from "../impact-model.ts";
import { openSession } from "../session.ts";
import { openGraph } from "../trace-graph.ts";

/** `iplan impact [TARGET…]`: what a change touches: documents to review, code to look at, tests to run. */
export const impact: CommandHandler = async (context, input) => {
  const targets = argumentList(input, "target");
  const since = option(input, "since");
  if (targets.length > 0 && since !== undefined) {
    throw new IplanError(
      "usage/arguments",
      "Name what changed, or --since a revision, not both.",
      "Leave one of them out.",
    );
  }
  if (flag(input, "null") && !flag(input, "tests")) {
    throw new IplanError("usage/arguments", "--null is for the list of tests.", "iplan impact --tests --null");
  }
  const session = await openSession(context.host, context.cwd);
  const graph = await openGraph(session);
  const changed =
    targets.length > 0
      ? { nodes: await Promise.all(targets.map((target) => findNode(session, graph, target))), lost: undefined }
      : await changedNodes(session, graph, since ?? "HEAD");
  const found = impactModel(graph, graph.impactOf(changed.nodes, changed.lost));
  return {
    kind: "impact",
    exitCode: 0,
    data: found,
    page: () =>
      flag(input, "tests")
        ? renderTestList(found.tests, placeIn(session.root, session.cwd), flag(input, "null"))
        : renderImpactPage(found, context.paint, context.width),
  };
};

/** The folder as the workspace names it; the root itself when it lies elsewhere. */
function placeIn(root: string, folder: string): string {
  return folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : "";
}
