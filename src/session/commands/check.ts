import { IplanError, type ExitCode, worstExitCode } from "#model/errors";
import type { Finding } from "#model/finding";
import type { Host } from "#model/ports";
import type { Source } from "#model/source";
import { reportFormats } from "#render/check-formats";
import type { CheckReport } from "#render/check-report";
import { renderEditDiff } from "#render/edit-diff";
import { renderFindings } from "#render/findings";
import { renderFindingsByCause } from "#render/findings-by-cause";
import { renderPassedOver, wordsOfPassedOver } from "#render/passed-over";
import { renderScores } from "#render/scores";
import { allRules } from "#rules/registry";
import { accept } from "../accept.ts";
import { checkOnce } from "../check-cache.ts";
import { type CheckedWorkspace, type KeptChecks, openObserved } from "../kept-check.ts";
import type { Observation } from "../observed-host.ts";
import { compareWithBefore, writeBaselineFile } from "../before.ts";
import { type CheckInput, checkInput } from "../check-input.ts";
import { type Checked, checkDocuments, countLive, scoresOf, summaryOf } from "../checking.ts";
import { argumentList, type CommandContext, type CommandHandler } from "../command.ts";
import { applyFixes, type FixedDocument, inOneGo, type PlannedFix, plannedFixes } from "../fixes.ts";
import { createOverlay } from "../overlay-files.ts";
import { sameDocuments, type SelectedDocuments, selectDocuments } from "../select-documents.ts";
import { docsPath, type Session } from "../session.ts";

/** `iplan check [TARGET…]`: all rules over the documents, and each plan's readiness. */
export const check: CommandHandler = async (context, input) => {
  const wanted = checkInput(input);
  const targets = argumentList(input, "target");
  if (wanted.accept) return accept(context, targets);
  let opened = await checkTargets(context, targets, wanted);
  let fixed: readonly FixedDocument[] | undefined;
  if (wanted.fix && !wanted.dryRun) {
    fixed = [];
    // Why: one fix may make another certain, and healing twice must be the same as healing once.
    for (let round = 0; round < mostRounds; round++) {
      const made = applyFixes(opened.session, opened.report.findings);
      if (made.length === 0) break;
      fixed = together(fixed, made);
      opened = await checkTargets(context, targets, wanted);
    }
  }
  const { session, checked, report } = opened;
  const planned = wanted.dryRun ? await plannedRounds(opened, context, targets, wanted) : [];
  if (wanted.writeBaseline !== undefined) writeBaselineFile(session, wanted.writeBaseline, report.findings);
  const exitCode = wanted.writeBaseline === undefined ? exitCodeOf(report.findings, wanted.warningLimit) : 0;
  const pieces = (): Iterable<string> =>
    wanted.format === undefined
      ? [pageOf(context, wanted, opened, { fixed: fixed ?? [], planned })]
      : reportFormats[wanted.format](report);
  return {
    kind: "check",
    exitCode: checked.documents.length === 0 ? worstExitCode([3, exitCode]) : exitCode,
    data: {
      summary: report.summary,
      scores: report.scores,
      ...(report.gone === undefined ? {} : { gone: report.gone }),
      ...(fixed === undefined ? {} : { fixed }),
      ...(checked.passedOver.length === 0 ? {} : { passedOver: checked.passedOver }),
    },
    findings: report.findings,
    page: () => [...pieces()].join(""),
    pieces,
    // Why: what was healed or written is done once.
    ...(wanted.fix || wanted.writeBaseline !== undefined ? {} : { follows: () => opened.observation.settled() }),
  };
};

/** Rounds of healing; fixes that go on for longer would be at odds with each other. */
const mostRounds = 5;

/** What healing would do, as it goes on from round to round, on files that are changed in memory only. */
async function plannedRounds(
  first: OpenedCheck,
  context: CommandContext,
  targets: readonly string[],
  wanted: CheckInput,
): Promise<readonly PlannedFix[]> {
  const { files } = createOverlay(context.host.files);
  const { checks: _kept, ...once } = context;
  const inMemory = { ...once, host: { ...context.host, files } };
  let planned: readonly PlannedFix[] = [];
  let opened = { ...first, session: { ...first.session, host: inMemory.host } };
  for (let round = 0; round < mostRounds; round++) {
    const { session, report } = opened;
    const fixes = plannedFixes(session, report.findings);
    if (applyFixes(session, report.findings).length === 0) break;
    planned = inOneGo(planned, fixes);
    if (round + 1 < mostRounds) opened = await checkTargets(inMemory, targets, wanted);
  }
  return planned;
}

/** Edits of several rounds, by document. */
function together(before: readonly FixedDocument[], made: readonly FixedDocument[]): readonly FixedDocument[] {
  const byPath = new Map(before.map((document) => [document.path, document]));
  for (const { path, edits, titles } of made) {
    const known = byPath.get(path);
    byPath.set(path, {
      path,
      edits: edits + (known?.edits ?? 0),
      titles: [...new Set([...(known?.titles ?? []), ...titles])].sort(),
    });
  }
  return [...byPath.values()];
}

interface OpenedCheck {
  readonly observation: Observation;
  readonly session: Session;
  readonly checked: Checked;
  readonly report: CheckReport;
}

async function checkTargets(
  context: CommandContext,
  targets: readonly string[],
  wanted: CheckInput,
): Promise<OpenedCheck> {
  const { observation, session, selected, checked } = await checkSelected(context, targets, wanted.suspect);
  const { findings: found } = checked.result;
  const whole = targets.length === 0;
  // Why: where a wrong setting hides every document, the setting is what there is to tell.
  if (selected.documents.length === 0 && found.length === 0) throw nothingFound(session, targets);
  const { findings, gone } = await compareWithBefore(session, found, wanted, async (then, renamed) => {
    const before = await checkDocuments(then, sameDocuments(then, selected, renamed), { whole, history: false });
    return before.result.findings;
  });
  const report: CheckReport = {
    findings,
    documents: checked.documents,
    summary: summaryOf(checked, findings),
    scores: scoresOf(checked, wanted.score),
    rules: allRules,
    ...(gone === undefined ? {} : { gone }),
    passedOver: checked.passedOver,
    version: context.host.version,
    sourceOf: (path) => readableSource(session, path),
  };
  return { observation, session, checked, report };
}

interface SelectedCheck extends CheckedWorkspace {
  readonly selected: SelectedDocuments;
}

/** Checks what was named, or the whole. `history`: git is asked what changed after what. */
async function checkSelected(
  { host, cwd, checks }: Pick<CommandContext, "host" | "cwd" | "checks">,
  targets: readonly string[],
  history: boolean,
): Promise<SelectedCheck> {
  const whole = targets.length === 0;
  const kept = history || checks === undefined ? undefined : await keptCheck(host, cwd, checks, targets);
  if (kept !== undefined) return kept;
  const { session, observation } = await openObserved(host, cwd);
  const selected = selectDocuments(session, targets);
  const checking = (): Promise<Checked> => checkDocuments(session, selected, { whole, history });
  // Why: what git says is no answer of files that could be compared with those of an earlier check.
  const checked = whole && !history ? await checkOnce(session, observation, checking) : await checking();
  return { session, observation, selected, checked };
}

/** What is known from an earlier call; undefined for a part of what is not known. */
async function keptCheck(
  host: Host,
  cwd: string,
  checks: KeptChecks,
  targets: readonly string[],
): Promise<SelectedCheck | undefined> {
  if (targets.length === 0) {
    const known = await checks.check(host, cwd);
    return { ...known, session: { ...known.session, host }, selected: selectDocuments(known.session, []) };
  }
  const known = await checks.known(host, cwd);
  if (known === undefined) return undefined;
  const { observation } = known;
  // Why: what else is asked of this workspace has nothing to do with what the check followed from.
  const session = { ...known.session, host };
  const selected = selectDocuments(session, targets);
  const checked = known.checkedPart(selected.documents.map(({ path }) => path));
  return checked === undefined ? undefined : { session, observation, selected, checked };
}

function nothingFound(session: Session, targets: readonly string[]): IplanError {
  return new IplanError(
    "usage/nothing-to-check",
    targets.length === 0
      ? `No document was found below ${docsPath(session)}; nothing was checked.`
      : `Nothing to check in ${targets.join(", ")}.`,
    templatesOf(session) ?? linksOf(session) ?? "Name a file, or see which folders the workspace reads: iplan doctor",
  );
}

/** Why: templates are there to be seen, but a walk passes over them. */
function templatesOf(session: Session): string | undefined {
  const [first, ...others] = session.documents().filter((document) => document.template);
  if (first === undefined) return undefined;
  const what =
    others.length === 0
      ? `There is a template, ${first.path}`
      : `There are ${others.length + 1} templates, such as ${first.path}`;
  return `${what}; templates are checked when they are named.`;
}

/** Why: what is behind a link may be all there is. */
function linksOf({ passedOver }: Session): string | undefined {
  const [first] = passedOver.list();
  return first === undefined ? undefined : `Links are not followed: ${wordsOfPassedOver(first)}.`;
}

function exitCodeOf(findings: readonly Finding[], limit: number | undefined): ExitCode {
  if (countLive(findings, "error") > 0) return 1;
  return limit !== undefined && countLive(findings, "warning") > limit ? 1 : 0;
}

function pageOf(
  context: CommandContext,
  wanted: CheckInput,
  { checked, report }: OpenedCheck,
  { fixed, planned }: { readonly fixed: readonly FixedDocument[]; readonly planned: readonly PlannedFix[] },
): string {
  const { paint, width } = context;
  if (wanted.dryRun) return diffOf(context, planned);
  const healed = fixed
    .map(
      (entry) =>
        `healed ${entry.path}: ${entry.edits} ${entry.edits === 1 ? "edit" : "edits"} (${entry.titles.join("; ")})\n`,
    )
    .join("");
  if (wanted.writeBaseline !== undefined) return `${healed}${baselineLine(wanted.writeBaseline, report)}`;
  const view = {
    ...report,
    documents: checked.documents.length,
    rules: checked.result.rulesRun,
    notApplicable: checked.result.notApplicable,
    width,
  };
  const render = wanted.by === "cause" ? renderFindingsByCause : renderFindings;
  const scores = renderScores(report.scores, paint, width);
  return `${healed}${render(view, paint)}${goneLine(report)}${renderPassedOver(checked.passedOver)}${scores}`;
}

function diffOf(context: CommandContext, planned: readonly PlannedFix[]): string {
  if (planned.length === 0) return "Nothing can be healed for certain; no document would change.\n";
  return planned.map(({ source, edits }) => renderEditDiff(source, edits, context.paint)).join("");
}

function baselineLine(path: string, { summary }: CheckReport): string {
  const count = (summary["errors"] ?? 0) + (summary["warnings"] ?? 0) + (summary["infos"] ?? 0);
  return `${path} now holds ${count} findings; only new ones fail: iplan check --baseline ${path}\n`;
}

function goneLine({ gone = [] }: CheckReport): string {
  return gone.length === 0 ? "" : `${gone.length} of the findings that were there before are gone\n`;
}

/** Why: the finding may be that the document cannot be read. */
function readableSource(session: Session, path: string): Source | undefined {
  try {
    return session.source(path);
  } catch (error) {
    if (error instanceof IplanError) return undefined;
    throw error;
  }
}
