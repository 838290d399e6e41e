import { IplanError } from "#model/errors";
import { escapeControls } from "#render/escape";
import { isStandardText, standardExport, standardParts, standardText } from "#render/standard/standard-export";
import { argument, type CommandHandler, option } from "../command.ts";
import { outputPath } from "../output-file.ts";
import { viewPlan } from "../plan-view.ts";
import { findPlan } from "../plans.ts";
import { openSession, type Session } from "../session.ts";
import { standardScene } from "../standard-scene.ts";

/** `iplan export standard PLAN`: a plan, its run, its evidence and its check in the shapes of the public IPLAN standard. */
export const exportStandard: CommandHandler = async (context, input) => {
  const named = argument(input, "plan");
  if (named === undefined)
    throw new IplanError(
      "usage/arguments",
      "The standard's shapes are of one plan.",
      "iplan export standard IPLAN-001",
    );
  const part = partOf(option(input, "part"));
  const session = await openSession(context.host, context.cwd);
  const view = await viewPlan(session, findPlan(session, named));
  const shapes = standardExport(await standardScene(session, view));
  const text = standardText(part === undefined ? shapes : shapes[part]);
  const output = option(input, "output");
  if (output !== undefined) write(session, output, text);
  const data = {
    format: "standard",
    plan: view.understood.id,
    sha256: context.host.hash.sha256(text),
    ...(output === undefined ? {} : { output }),
    ...(part === undefined ? shapes : { [part]: shapes[part] }),
  };
  const told = `wrote ${escapeControls(output ?? "")}: ${(part === undefined ? standardParts : [part]).join(", ")}\n`;
  return { kind: "export", exitCode: 0, data, page: () => (output === undefined ? text : told) };
};

function partOf(name: string | undefined): (typeof standardParts)[number] | undefined {
  if (name === undefined) return undefined;
  const found = standardParts.find((part) => part === name || part === `iplan-${name}`);
  if (found !== undefined) return found;
  throw new IplanError(
    "usage/arguments",
    `The standard has no shape ${name} that a plan can be exported in.`,
    `Shapes are ${standardParts.join(", ")}.`,
  );
}

/** Why: a name that was mistyped must not cost a document. */
function write(session: Session, path: string, text: string): void {
  const { files } = session.host;
  const absolute = outputPath(session, path, "export", "docs/IPLAN-001.json");
  const head = files.readSlice(absolute, 0, 64);
  if (head !== undefined && !isStandardText(new TextDecoder().decode(head)))
    throw new IplanError(
      "usage/exists",
      `${path} is there and is no export of this kind; nothing was written.`,
      "Name another file, or remove this one.",
    );
  files.writeAtomic(absolute, new TextEncoder().encode(text));
}
