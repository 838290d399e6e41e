import type { TraceGraph } from "#graph/graph";
import type { Finding } from "#model/finding";
import { isLive } from "#model/finding";
import type { PassedOver } from "#render/passed-over";
import type { ShownScore } from "#render/scores";
import type { RuleContext } from "#rules/rule";
import { surveyTags } from "#rules/tag-survey";
import { runRules, type RulesResult } from "#rules/run-rules";
import { acceptedContexts } from "./accepted-links.ts";
import { configContexts } from "./check-config.ts";
import { type CheckedContext, ruleContexts, unreadableFolders, workspaceFacts } from "./check-documents.ts";
import { type GatheredDocuments, gatherDocuments } from "./gather-documents.ts";
import { registryContexts } from "./registry-documents.ts";
import type { SelectedDocuments } from "./select-documents.ts";
import { sourceContexts } from "./source-contexts.ts";
import type { Session } from "./session.ts";
import { writingTime } from "./times.ts";

/** What a check of some documents gave. */
export interface Checked {
  readonly result: RulesResult;
  /** Paths of the documents that were checked. */
  readonly documents: readonly string[];
  readonly artifacts: number;
  /** Live tags of all documents; links of plans. */
  readonly tags: number;
  readonly links: number;
  /** Paths of plans: their readiness is shown even when nothing asks for it. */
  readonly plans: ReadonlySet<string>;
  /** Ids of artifacts and the scores they declare, by path. */
  readonly ids: ReadonlyMap<string, string>;
  readonly declared: ReadonlyMap<string, number>;
  /** What of the workspace was passed over although it may be meant, and is no finding. */
  readonly passedOver: readonly PassedOver[];
}

/** What a check looks at beside the documents. */
export interface CheckScope {
  /** The workspace itself is checked too, its configuration and its folders. */
  readonly whole: boolean;
  /** Git is asked what changed after what. */
  readonly history: boolean;
}

/** Applies all rules to the documents. */
export async function checkDocuments(
  session: Session,
  selected: SelectedDocuments,
  scope: CheckScope,
): Promise<Checked> {
  return checkGathered(session, await gatherDocuments(session, selected), scope);
}

/** Applies all rules to documents that were read already. */
export async function checkGathered(
  session: Session,
  gathered: GatheredDocuments,
  { whole, history }: CheckScope,
): Promise<Checked> {
  const { counted, add } = createCounts();
  const contexts = counting(await ruleContexts(session, gathered, history), add);
  const beside = whole ? await besideDocuments(session, gathered.graph) : [];
  const result = runRules(oneAfterTheOther(contexts, beside), {
    hash: session.host.hash,
    today: writingTime(session.host.clock).date,
    severities: session.config.rules,
    waivers: session.config.waivers,
  });
  return { result, ...counted, passedOver: whole ? passedOverOf(session) : [] };
}

/** What was passed over and is told. Why: a folder below `docs` that cannot be read is a finding already. */
export function passedOverOf({ passedOver, unreadable }: Session): readonly PassedOver[] {
  return passedOver.list().filter(({ path }) => !unreadable.includes(path));
}

/** What else of a workspace is checked: its configuration, accepted links, registry documents, source files with wrong tags, and folders that cannot be read. */
export async function besideDocuments(session: Session, graph: TraceGraph): Promise<readonly RuleContext[]> {
  return [
    ...configContexts(session),
    ...acceptedContexts(session),
    ...(await registryContexts(session, graph)),
    ...sourceContexts(session, graph, workspaceFacts(session)),
    ...unreadableFolders(session),
  ];
}

function* oneAfterTheOther(...groups: readonly Iterable<RuleContext>[]): Generator<RuleContext> {
  for (const group of groups) yield* group;
}

/** What a check counts of its documents. */
export type Counts = Omit<Checked, "result" | "passedOver">;

/** What one document adds to the counts of a check. */
export interface DocumentCounts {
  readonly path: string;
  readonly isArtifact: boolean;
  readonly tags: number;
  readonly links: number;
  readonly isPlan: boolean;
  readonly id: string;
  readonly declared: number | undefined;
}

/** Adds up documents one by one. */
export function createCounts(): { readonly counted: Counts; add(one: DocumentCounts): void } {
  const documents: string[] = [];
  const plans = new Set<string>();
  const ids = new Map<string, string>();
  const declared = new Map<string, number>();
  const counted = { documents, artifacts: 0, tags: 0, links: 0, plans, ids, declared };
  return {
    counted,
    add(one) {
      documents.push(one.path);
      if (one.isArtifact) counted.artifacts++;
      counted.tags += one.tags;
      counted.links += one.links;
      if (one.isPlan) plans.add(one.path);
      ids.set(one.path, one.id);
      if (one.declared !== undefined) declared.set(one.path, one.declared);
    },
  };
}

/** Counts contexts as they pass by, so that none has to be kept. */
function* counting(contexts: Iterable<CheckedContext>, add: (one: DocumentCounts) => void): Generator<RuleContext> {
  for (const checked of contexts) {
    add(countsOfDocument(checked));
    yield checked.context;
  }
}

/** What a document adds to the counts of a check. */
export function countsOfDocument({ context, reading }: CheckedContext): DocumentCounts {
  const { document, profile, trace } = context;
  const { plan } = reading;
  return {
    path: document.path,
    isArtifact: document.id !== undefined && !document.template,
    tags: trace === undefined ? 0 : surveyTags(trace).live,
    links: trace === undefined ? 0 : trace.graph.linksOf(trace.path).length,
    isPlan: plan !== undefined || document.type === profile.plan.type,
    id: plan?.id ?? document.id ?? "",
    declared: document.declared?.[0]?.value,
  };
}

/** Live findings of a severity. */
export function countLive(findings: readonly Finding[], severity: Finding["severity"]): number {
  return findings.filter((finding) => isLive(finding) && finding.severity === severity).length;
}

/** The counts of a check, as `check --json` gives them. `findings` are those after comparing with what was there before. */
export function summaryOf(checked: Checked, findings: readonly Finding[]): Readonly<Record<string, number>> {
  const { result, documents, artifacts, tags, links } = checked;
  return {
    documents: documents.length,
    artifacts,
    tags,
    links,
    rules: result.rulesRun,
    notApplicable: result.notApplicable,
    errors: countLive(findings, "error"),
    warnings: countLive(findings, "warning"),
    infos: countLive(findings, "info"),
    waived: findings.filter((finding) => finding.waived !== undefined).length,
    baselined: findings.filter((finding) => finding.baselined === true).length,
    fixable: findings.filter((finding) => finding.fix !== undefined && isLive(finding)).length,
  };
}

/** The readiness of each artifact; with every lost point when `explained`. */
export function scoresOf(checked: Checked, explained: boolean): readonly ShownScore[] {
  return [...checked.result.readiness].map(([path, readiness]) => {
    const declared = checked.declared.get(path);
    return {
      id: checked.ids.get(path) ?? path,
      path,
      plan: checked.plans.has(path),
      score: readiness.score,
      target: readiness.target,
      ready: readiness.ready,
      without: readiness.without,
      ...(declared === undefined ? {} : { declared }),
      ...(explained ? { lost: readiness.lost } : {}),
    };
  });
}
