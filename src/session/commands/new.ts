import { renderNewDocument } from "#render/new-document-page";
import { renderEditDiff } from "#render/edit-diff";
import { argument, type CommandHandler, flag, option, optionList } from "../command.ts";
import { type NewDocumentWish, planDocument, type PlannedDocument } from "../new-document.ts";
import { whileNumbering } from "../numbering-lock.ts";
import { plannedEdit, writePlanned } from "../planned-files.ts";
import { openSession } from "../session.ts";

/** `iplan new TYPE [--from ID…] [--title T]`: writes the next document of a type. */
export const newDocument: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const title = option(input, "title");
  const wish: NewDocumentWish = {
    type: argument(input, "type") ?? "",
    from: optionList(input, "from").flatMap((text) => text.split(",").flatMap((id) => id.trim() || [])),
    ...(title === undefined ? {} : { title }),
  };
  const dryRun = flag(input, "dry-run");
  const made = dryRun
    ? await planDocument(session, wish)
    : await whileNumbering(session, async () => {
        // Why: another process may have written a document while this one waited.
        const now = await openSession(context.host, context.cwd);
        const planned = await planDocument(now, wish);
        writePlanned(now, planned.files);
        return planned;
      });
  const created = made.files.filter(({ before }) => before === undefined).map(({ path }) => path);
  const changed = made.files.filter(({ before }) => before !== undefined).map(({ path }) => path);
  return {
    kind: "new",
    exitCode: 0,
    data: {
      id: made.id,
      path: created[0] ?? "",
      files: created,
      parents: made.parents,
      changed,
      notes: made.notes,
      ...(dryRun ? { dryRun } : {}),
    },
    page: () =>
      dryRun
        ? diffOf(made, context.paint)
        : renderNewDocument({ id: made.id, created, changed, notes: made.notes }, context.paint),
  };
};

function diffOf({ files }: PlannedDocument, paint: Parameters<typeof renderEditDiff>[2]): string {
  return files
    .map((file) => {
      const { source, edit } = plannedEdit(file);
      return renderEditDiff(source, [edit], paint);
    })
    .join("");
}
