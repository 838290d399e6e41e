import { newPlan } from "#author/new-document";
import { IplanError } from "#model/errors";
import { argument, type CommandHandler, option } from "../command.ts";
import { createDocument } from "../create-document.ts";
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
  createDocument(session, made.path, made.text);
  return {
    kind: "new",
    exitCode: 0,
    data: { id: made.id, path: made.path },
    page: () => `Wrote ${made.path}\nFill in what stands in [brackets], then: iplan check ${made.id}\n`,
  };
};
