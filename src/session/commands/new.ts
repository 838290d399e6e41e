import { followingPlan } from "#author/follow-plan";
import { IplanError } from "#model/errors";
import { importReport, type ShownImport } from "#render/import-report";
import { renderNewDocument } from "#render/new-document-page";
import { renderEditDiff } from "#render/edit-diff";
import { argument, type CommandHandler, type CommandInput, flag, option, optionList } from "../command.ts";
import { type ImportedWork, readImportedWork } from "../import-plan.ts";
import { type NewDocumentWish, planDocument, type PlannedDocument } from "../new-document.ts";
import { whileNumbering } from "../numbering-lock.ts";
import { plannedEdit, writePlanned } from "../planned-files.ts";
import { findPlan } from "../plans.ts";
import { openSession, type Session } from "../session.ts";

/** `iplan new TYPE [--from ID…] [--import PATH] [--title T]`: writes the next document of a type. */
export const newDocument: CommandHandler = async (context, input) => {
  const session = await openSession(context.host, context.cwd);
  const imported = importedOf(session, input);
  const title = option(input, "title") ?? imported?.plan.title;
  const wish: NewDocumentWish = {
    type: argument(input, "type") ?? "",
    from: optionList(input, "from").flatMap((text) => text.split(",").flatMap((id) => id.trim() || [])),
    ...(title === undefined ? {} : { title }),
    ...(imported === undefined ? {} : { rewrite: imported.fill }),
    ...followed(session, input),
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
      ...(imported === undefined ? {} : { imported: importData(imported) }),
      ...(dryRun ? { dryRun } : {}),
    },
    page: () => {
      const report = imported === undefined ? "" : importReport(importData(imported), context.paint);
      const page = dryRun
        ? diffOf(made, context.paint)
        : renderNewDocument({ id: made.id, created, changed, notes: made.notes }, context.paint);
      return `${page}${report}`;
    },
  };
};

/** What makes a new plan the next one after another: it names it, and comes from the same parents where none are named. */
function followed(session: Session, input: CommandInput): Partial<NewDocumentWish> {
  const named = option(input, "follows");
  if (named === undefined) return {};
  const isPlan = (argument(input, "type") ?? "").toUpperCase() === session.profile.plan.type;
  if (!isPlan || option(input, "import") !== undefined)
    throw new IplanError(
      "usage/arguments",
      "Only a plan that is not imported can follow a plan.",
      `iplan new iplan --follows ${named} --title …`,
    );
  const { id, plan } = findPlan(session, named);
  const ids = new Set(session.documents().map(({ artifactId }) => artifactId));
  const parents = (plan.control?.parentTasks?.value ?? []).filter((parent) => ids.has(parent));
  return {
    ...(option(input, "from") === undefined && optionList(input, "from").length === 0 ? { from: parents } : {}),
    rewrite: (text, path, profile) => followingPlan(text, id, path, profile),
  };
}

function importedOf(session: Session, input: CommandInput): ImportedWork | undefined {
  const path = option(input, "import");
  if (path === undefined) return undefined;
  const type = (argument(input, "type") ?? "").toUpperCase();
  if (type === session.profile.plan.type) return readImportedWork(session, path);
  throw new IplanError("usage/arguments", "Only plans can be imported.", `iplan new iplan --import ${path}`);
}

function importData({ plan, remarks }: ImportedWork): ShownImport {
  return {
    format: plan.format,
    sources: plan.sources,
    phases: plan.phases.length,
    tasks: plan.phases.reduce((sum, { tasks }) => sum + tasks.length, 0),
    remarks,
  };
}

function diffOf({ files }: PlannedDocument, paint: Parameters<typeof renderEditDiff>[2]): string {
  return files
    .map((file) => {
      const { source, edit } = plannedEdit(file);
      return renderEditDiff(source, [edit], paint);
    })
    .join("");
}
