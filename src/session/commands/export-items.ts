import { IplanError } from "#model/errors";
import { withEachLazily } from "#model/lazily";
import { counted } from "#render/layout";
import { escapeControls } from "#render/escape";
import { type ExportFormat, exportFormats } from "#render/export-formats";
import type { ExportedItems } from "#render/exported-item";
import { type CommandContext, type CommandInput, type CommandOutcome, option } from "../command.ts";
import { exportModel } from "../export-model.ts";
import { outputPath } from "../output-file.ts";
import { openSession, type Session } from "../session.ts";
import { openGraph } from "../trace-graph.ts";

/** `iplan export csv|needs`: documents, elements and links as a table or as the file that sphinx-needs reads. */
export const exportItems = async (
  context: CommandContext,
  input: CommandInput,
  format: ExportFormat,
): Promise<CommandOutcome> => {
  const session = await openSession(context.host, context.cwd);
  const items = await exportModel(session, await openGraph(session), { copies: format === "csv" });
  if (items.ids.length === 0) {
    throw new IplanError(
      "usage/nothing-to-check",
      "No document of any type was found.",
      "See which folders the workspace reads: iplan doctor",
    );
  }
  const output = option(input, "output");
  if (output !== undefined) write(session, output, format, items);
  const pieces = (): Iterable<string> =>
    output === undefined ? exportFormats[format].pieces(items) : [writtenLine(output, items)];
  return {
    kind: "export",
    exitCode: 0,
    data: withEachLazily(
      { format, ...(output === undefined ? {} : { output }) },
      { items: () => items.ids.map((_, index) => items.at(index)) },
      undefined,
    ),
    page: () => [...pieces()].join(""),
    pieces,
  };
};

/** Why: a name that was mistyped must not cost a document. */
function write(session: Session, path: string, format: ExportFormat, items: ExportedItems): void {
  const { files } = session.host;
  const absolute = outputPath(session, path, "export", `docs/export.${format === "csv" ? "csv" : "json"}`);
  const known = files.read(absolute);
  if (known !== undefined && !exportFormats[format].isOne(new TextDecoder().decode(known.subarray(0, 4096)))) {
    throw new IplanError(
      "usage/exists",
      `${path} is there and is no ${format} export; nothing was written.`,
      "Name another file, or remove this one.",
    );
  }
  files.writeAtomic(absolute, bytesOf(exportFormats[format].pieces(items)));
}

function* bytesOf(texts: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const text of texts) yield encoder.encode(text);
}

function writtenLine(path: string, items: ExportedItems): string {
  const { documents, ids } = items;
  return `wrote ${escapeControls(path)}: ${counted(documents, "document")}, ${counted(ids.length - documents, "element")}\n`;
}
