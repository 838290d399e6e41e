import { IplanError, type ExitCode, worstExitCode } from "#model/errors";
import type { Finding } from "#model/finding";
import type { Source } from "#model/source";
import { renderFindings } from "#render/findings";
import { renderScores, type ShownScore } from "#render/scores";
import { runRules, type RulesResult } from "#rules/run-rules";
import { argumentList, type CommandContext, type CommandHandler, flag, option } from "../command.ts";
import { ruleContexts, unreadableFolders } from "../check-documents.ts";
import { configContexts } from "../check-config.ts";
import { applyFixes, type FixedDocument } from "../fixes.ts";
import { allPlans } from "../plans.ts";
import { locate } from "../targets.ts";
import { docsPath, openSession, type Session } from "../session.ts";
import { writingTime } from "../times.ts";
import { namedDocument, type WorkspaceDocument } from "../workspace.ts";

/** `iplan check [TARGET…]`: all rules over the documents, and each plan's readiness. */
export const check: CommandHandler = async (context, input) => {
  const limit = warningLimit(option(input, "max-warnings"));
  refuseFormat(option(input, "format"));
  let session = await openSession(context.host, context.cwd);
  let checked = await checkTargets(session, argumentList(input, "target"));
  const fixed = flag(input, "fix") ? applyFixes(session, checked.result.findings) : undefined;
  if (fixed !== undefined && fixed.length > 0) {
    session = await openSession(context.host, context.cwd);
    checked = await checkTargets(session, argumentList(input, "target"));
  }
  const { result } = checked;
  const scores = scoresOf(checked, flag(input, "score"));
  return {
    kind: "check",
    exitCode:
      checked.documents === 0
        ? worstExitCode([3, exitCodeOf(result.findings, limit)])
        : exitCodeOf(result.findings, limit),
    data: { summary: summaryOf(checked), scores, ...(fixed === undefined ? {} : { fixed }) },
    findings: result.findings,
    page: () => pageOf(context, session, checked, scores, fixed ?? []),
  };
};

interface Checked {
  readonly result: RulesResult;
  readonly documents: number;
  readonly artifacts: number;
  /** Live tags and links that were read; in plans only, until the other layers are read. */
  readonly tags: number;
  readonly links: number;
  readonly ids: ReadonlyMap<string, string>;
  readonly declared: ReadonlyMap<string, number>;
}

async function checkTargets(session: Session, targets: readonly string[]): Promise<Checked> {
  const { documents, named } = select(session, targets);
  const contexts = await ruleContexts(session, documents, named);
  const beside = targets.length === 0 ? [...configContexts(session), ...unreadableFolders(session)] : [];
  const result = runRules([...contexts, ...beside], {
    hash: session.host.hash,
    today: writingTime(session.host.clock).date,
    severities: session.config.rules,
    waivers: session.config.waivers,
  });
  // Why: where a wrong setting hides every document, the setting is what there is to tell.
  if (documents.length === 0 && result.findings.length === 0) throw nothingFound(session, targets);
  const plans = contexts.flatMap((entry) => (entry.understood === undefined ? [] : [entry]));
  return {
    result,
    documents: contexts.length,
    artifacts: contexts.filter((entry) => entry.document.id !== undefined && !entry.document.template).length,
    tags: plans.reduce((sum, entry) => sum + (entry.plan?.tags.filter((tag) => tag.live).length ?? 0), 0),
    links: plans.reduce((sum, entry) => sum + (entry.plan?.links.length ?? 0), 0),
    ids: new Map(plans.map((entry) => [entry.document.path, entry.understood?.id ?? ""])),
    declared: new Map(
      plans.flatMap((entry) =>
        entry.plan?.control?.readyScore?.value === undefined
          ? []
          : [[entry.document.path, entry.plan.control.readyScore.value]],
      ),
    ),
  };
}

function nothingFound(session: Session, targets: readonly string[]): IplanError {
  return new IplanError(
    "usage/nothing-to-check",
    targets.length === 0
      ? `No document was found below ${docsPath(session)}; nothing was checked.`
      : `Nothing to check in ${targets.join(", ")}.`,
    "Name a file, or see which folders the workspace reads: iplan doctor",
  );
}

/** The documents that were asked for: a walk without templates, or exactly what was named. */
function select(
  session: Session,
  targets: readonly string[],
): { documents: readonly WorkspaceDocument[]; named: ReadonlySet<string> } {
  if (targets.length === 0)
    return { documents: session.documents().filter((document) => !document.template), named: new Set() };
  const chosen = new Map<string, WorkspaceDocument>();
  const named = new Set<string>();
  for (const target of targets) {
    const found = documentsOf(session, target);
    for (const document of found.documents) {
      chosen.set(document.path, document);
      if (!found.walked) named.add(document.path);
    }
  }
  return { documents: [...chosen.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), named };
}

interface FoundDocuments {
  readonly documents: readonly WorkspaceDocument[];
  /** They were found in a folder, not named themselves. */
  readonly walked: boolean;
}

function documentsOf(session: Session, target: string): FoundDocuments {
  const place = locate(session, target);
  if (place?.kind === "directory") {
    const prefix = place.path === "" ? "" : `${place.path}/`;
    return {
      documents: session.documents().filter((document) => !document.template && document.path.startsWith(prefix)),
      walked: true,
    };
  }
  if (place?.kind === "file") {
    const known = session.documents().find((document) => document.path === place.path);
    const document = known ?? namedDocument(session.host.files, session.root, session.profile, place.path);
    return { documents: document === undefined ? [] : [document], walked: false };
  }
  const wanted = target.toUpperCase();
  const byId = session.documents().filter((document) => document.artifactId?.toUpperCase() === wanted);
  const parts =
    byId.length > 0 ? [] : (allPlans(session).find((plan) => plan.id.toUpperCase() === wanted)?.parts ?? []);
  const byPlan = session.documents().filter((document) => parts.some((part) => part.path === document.path));
  if (byId.length + byPlan.length > 0) return { documents: [...byId, ...byPlan], walked: false };
  throw new IplanError(
    "usage/no-such-document",
    `There is no document ${target}; nothing was checked.`,
    "Name a file, a folder or an id; `iplan check` alone checks the workspace.",
  );
}

function warningLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new IplanError(
    "usage/arguments",
    `--max-warnings takes a whole number, not ${text}.`,
    "Such as --max-warnings 0.",
  );
}

function refuseFormat(format: string | undefined): void {
  if (format === undefined || format === "text" || format === "json") return;
  throw new IplanError("usage/arguments", `There is no format ${format}.`, "Formats are text and json.");
}

function live(findings: readonly Finding[], severity: Finding["severity"]): number {
  return findings.filter((finding) => finding.waived === undefined && finding.severity === severity).length;
}

function exitCodeOf(findings: readonly Finding[], limit: number | undefined): ExitCode {
  if (live(findings, "error") > 0) return 1;
  return limit !== undefined && live(findings, "warning") > limit ? 1 : 0;
}

function summaryOf({ result, documents, artifacts, tags, links }: Checked): Readonly<Record<string, number>> {
  const { findings } = result;
  return {
    documents,
    artifacts,
    tags,
    links,
    rules: result.rulesRun,
    notApplicable: result.notApplicable,
    errors: live(findings, "error"),
    warnings: live(findings, "warning"),
    infos: live(findings, "info"),
    waived: findings.filter((finding) => finding.waived !== undefined).length,
    baselined: 0,
    fixable: findings.filter((finding) => finding.fix !== undefined && finding.waived === undefined).length,
  };
}

function scoresOf(checked: Checked, explained: boolean): readonly ShownScore[] {
  return [...checked.result.readiness].map(([path, readiness]) => {
    const declared = checked.declared.get(path);
    return {
      id: checked.ids.get(path) ?? path,
      path,
      score: readiness.score,
      target: readiness.target,
      ready: readiness.ready,
      without: readiness.without,
      ...(declared === undefined ? {} : { declared }),
      ...(explained ? { lost: readiness.lost } : {}),
    };
  });
}

function pageOf(
  context: CommandContext,
  session: Session,
  checked: Checked,
  scores: readonly ShownScore[],
  fixed: readonly FixedDocument[],
): string {
  const healed = fixed
    .map((entry) => `healed ${entry.path}: ${entry.edits} edits (${entry.titles.join("; ")})\n`)
    .join("");
  const view = {
    findings: checked.result.findings,
    documents: checked.documents,
    rules: checked.result.rulesRun,
    notApplicable: checked.result.notApplicable,
    sourceOf: (path: string) => sourceForFrame(session, path),
    width: context.width,
  };
  return `${healed}${renderFindings(view, context.paint)}${renderScores(scores, context.paint, context.width)}`;
}

/** Why: the finding may be that the document cannot be read. */
function sourceForFrame(session: Session, path: string): Source | undefined {
  try {
    return session.source(path);
  } catch (error) {
    if (error instanceof IplanError) return undefined;
    throw error;
  }
}
