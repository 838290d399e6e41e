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
  const seen = createCounts();
  const contexts = seen.passing(await ruleContexts(session, gathered, history));
  const beside = whole ? await besideDocuments(session, gathered.graph) : [];
  const result = runRules(oneAfterTheOther(contexts, beside), {
    hash: session.host.hash,
    today: writingTime(session.host.clock).date,
    severities: session.config.rules,
    waivers: session.config.waivers,
  });
  return { result, ...seen.counted, passedOver: whole ? passedOverOf(session) : [] };
}

/** Why: a folder below `docs` that cannot be read is a finding already. */
function passedOverOf({ passedOver, unreadable }: Session): readonly PassedOver[] {
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

type Counted = { -readonly [Key in Exclude<keyof Checked, "result" | "passedOver">]: Checked[Key] } & {
  readonly documents: string[];
  readonly plans: Set<string>;
  readonly ids: Map<string, string>;
  readonly declared: Map<string, number>;
};

/** Counts contexts as they pass by, so that none has to be kept. */
function createCounts(): {
  readonly counted: Counted;
  passing(contexts: Iterable<CheckedContext>): Generator<RuleContext>;
} {
  const counted: Counted = {
    documents: [],
    artifacts: 0,
    tags: 0,
    links: 0,
    plans: new Set(),
    ids: new Map(),
    declared: new Map(),
  };
  return {
    counted,
    *passing(contexts) {
      for (const checked of contexts) {
        count(counted, checked);
        yield checked.context;
      }
    },
  };
}

function count(counted: Counted, { context, reading }: CheckedContext): void {
  const { document, profile, trace } = context;
  const { plan } = reading;
  counted.documents.push(document.path);
  if (document.id !== undefined && !document.template) counted.artifacts++;
  if (trace !== undefined) {
    counted.tags += surveyTags(trace).live;
    counted.links += trace.graph.linksOf(trace.path).length;
  }
  if (plan !== undefined || document.type === profile.plan.type) counted.plans.add(document.path);
  counted.ids.set(document.path, plan?.id ?? document.id ?? "");
  const [declared] = document.declared ?? [];
  if (declared !== undefined) counted.declared.set(document.path, declared.value);
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
