import { newPlan } from "#author/new-document";
import { IplanError } from "#model/errors";
import { argument, type CommandHandler, option } from "../command.ts";
import { openSession } from "../session.ts";
import { writingTime } from "../times.ts";

/** `iplan new iplan --title T`: writes a short plan to start from. */
export const newDocument: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const type = argument(input, "type") ?? "";
  if (type.toUpperCase() !== session.profile.plan.type) {
    throw new IplanError(
      "usage/arguments",
      `Documents of type ${type} cannot be made.`,
      "Make a plan: iplan new iplan --title 'Rate limiter'",
    );
  }
  const title = option(input, "title");
  if (title === undefined)
    throw new IplanError("usage/arguments", "The plan needs a title.", "iplan new iplan --title 'Rate limiter'");
  const plans = session.documents().filter((document) => document.type === session.profile.plan.type);
  const made = newPlan(
    {
      title,
      author: session.host.machine.user,
      now: writingTime(session.host.clock).plain,
      taken: plans.flatMap((document) => document.artifactId ?? []),
      directories: [...new Set(plans.map((document) => document.path.split("/").slice(0, -1).join("/")))],
      // Why: where the whole workspace may hold documents, a first plan belongs in a folder of its own.
      docs: session.config.docs === "." ? "docs" : session.config.docs,
    },
    session.profile,
  );
  const path = `${session.root}/${made.path}`;
  refuseLinkedFolder(session.host.files, session.root, path);
  session.host.files.makeDirectory(path.slice(0, path.lastIndexOf("/")));
  if (!session.host.files.createExclusive(path, new TextEncoder().encode(made.text), 0o644)) {
    throw new IplanError(
      "usage/exists",
      `${made.path} exists already; nothing was written.`,
      "Wait a second, or give another title.",
    );
  }
  return {
    kind: "new",
    exitCode: 0,
    data: { id: made.id, path: made.path },
    page: () => `Wrote ${made.path}\nFill in what stands in [brackets], then: iplan check ${made.id}\n`,
  };
};

function refuseLinkedFolder(files: { realPath(path: string): string | undefined }, root: string, path: string): void {
  const realRoot = files.realPath(root) ?? root;
  for (
    let folder = path.slice(0, path.lastIndexOf("/"));
    folder.length > root.length;
    folder = folder.slice(0, folder.lastIndexOf("/"))
  ) {
    const real = files.realPath(folder);
    if (real === undefined) continue;
    if (real === realRoot || real.startsWith(`${realRoot}/`)) return;
    throw new IplanError(
      "host/outside-workspace",
      `${folder} leads out of the workspace; nothing was written.`,
      "Replace the link by a directory.",
    );
  }
}
