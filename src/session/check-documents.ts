import { createIndex } from "#graph/index";
import type { TraceGraph } from "#graph/graph";
import { planRecordOf } from "#journal/plan-record";
import { recordedPlans } from "#journal/plan-journals";
import { stateFolders } from "#journal/workspace-state";
import type { Artifact } from "#model/artifact";
import type { PlanFigures } from "#model/figures";
import { withEachLazily } from "#model/lazily";
import { createSource, isMarkdownPath, type Source } from "#model/source";
import type { UnderstoodPlan } from "#model/understanding";
import { documentAnchors } from "#parse/anchors";
import { parseMarkdown } from "#parse/markdown";
import { standingOf } from "#plan/standing";
import type { WorkspaceFacts } from "#rules/facts";
import { isThere, type RuleContext } from "#rules/rule";
import { acceptedLinksOf } from "./accepted-links.ts";
import { type DocumentReading, readSource } from "./document-reading.ts";
import { type GatheredDocuments, readingGround } from "./gather-documents.ts";
import { withOwnFacts } from "./own-context.ts";
import { type ReadingGround, receiptOf } from "./own-facts.ts";
import { memoryOf, mergedRecord, readReceipt } from "./plan-view.ts";
import { cacheFolder } from "./sealed-file.ts";
import { hasReports } from "./report-files.ts";
import type { Session } from "./session.ts";
import { sourceText } from "./trace-documents.ts";

/** A document as the rules see it, and what was read of it before. */
export interface CheckedContext {
  readonly context: RuleContext;
  readonly reading: DocumentReading;
}

/**
 * What rules see of each document, when it is its turn: what it says by itself was read before, and is made again only where a rule on
 * several documents asks for it. `history`: git is asked what changed after what.
 */
export async function ruleContexts(
  session: Session,
  { graph, readings }: GatheredDocuments,
  history: boolean,
): Promise<Iterable<CheckedContext>> {
  const git = history ? (await import("./git-facts.ts")).gitFactsOf(session, graph) : undefined;
  const around = await surroundingsOf(session, graph, workspaceFacts(session));
  return contextsOf(git === undefined ? around : { ...around, links: { ...around.links, git } }, readings);
}

/** What documents are checked with, but for what git says. */
export async function surroundingsOf(
  session: Session,
  graph: TraceGraph,
  workspace: WorkspaceFacts,
): Promise<Surroundings> {
  const { runs, notes } = stateFolders(session.root);
  const accepted = acceptedLinksOf(session, graph);
  return {
    session,
    ground: await readingGround(session),
    workspace,
    graph,
    isRecorded: recordedPlans(session.host.files, [runs, notes]),
    figures: await reportedFigures(session, graph),
    links: accepted === undefined ? {} : { accepted },
  };
}

/** What the rules on several documents look at beside the one they are asked about. */
export interface Surroundings {
  readonly session: Session;
  readonly ground: ReadingGround;
  readonly workspace: WorkspaceFacts;
  readonly graph: TraceGraph;
  readonly isRecorded: (plan: string) => boolean;
  /** What reports tell of a plan; absent where there is none. */
  readonly figures: ((understood: UnderstoodPlan) => PlanFigures) | undefined;
  /** What people and the history say of the links, where anybody does. */
  readonly links: Pick<RuleContext, "accepted" | "git">;
}

/** Why: all documents at once, parsed, are many times their text. */
function* contextsOf(around: Surroundings, readings: Iterable<DocumentReading>): Generator<CheckedContext> {
  for (const reading of readings) yield { context: contextOf(around, reading), reading };
}

/** A document as the rules see it. */
export function contextOf(around: Surroundings, { path, facts, alone, plan }: DocumentReading): RuleContext {
  const { ground, workspace, graph } = around;
  const source = (): Source => readSource(ground, path)?.source ?? createSource(path, new Uint8Array());
  const { profile } = ground;
  if (facts.unread !== undefined) return withEachLazily({ document: facts, profile, alone }, { source }, undefined);
  const faults = graph.trace(path)?.faults;
  // Why: what was done of a plan changes what is said of it, and does not stand in the document.
  const receipt = receiptOf(ground, facts);
  const isRecorded = plan !== undefined && (plan.receipt || around.isRecorded(plan.id));
  const base = {
    document: facts,
    profile,
    ...(faults === undefined ? {} : { faults }),
    workspace,
    trace: { graph, path },
    ...around.links,
    ...(receipt === undefined ? {} : { receipt }),
    ...(isRecorded ? {} : { alone }),
  };
  const context = withOwnFacts(base, ground, facts, source) as RuleContext;
  return withFigures(around, isRecorded ? withRecord(around, context) : context);
}

/** Adds what reports tell of a plan, once a rule asks. */
function withFigures({ figures }: Surroundings, context: RuleContext): RuleContext {
  if (figures === undefined || !isThere(context, "understood") || context.document.template) return context;
  const make = (): PlanFigures | undefined => context.understood && figures(context.understood);
  return withEachLazily(context, { figures: make }, undefined) as RuleContext;
}

/** Reads reports when a plan is first asked about; a workspace without a file that may be one has none. */
async function reportedFigures(
  session: Session,
  graph: TraceGraph,
): Promise<((understood: UnderstoodPlan) => PlanFigures) | undefined> {
  if (!hasReports(session)) return undefined;
  const { figuresOnce } = await import("./figures.ts");
  const { planFigures } = await import("./criteria.ts");
  const read = figuresOnce(session);
  return (understood) => planFigures(session, understood, graph, read);
}

/** Adds what is recorded of a plan. */
function withRecord({ session }: Surroundings, context: RuleContext): RuleContext {
  const { understood, document } = context;
  if (understood === undefined) return context;
  const receipt = readReceipt(session, document.path);
  const memory = memoryOf(session, { id: understood.id, path: document.path }, receipt);
  const record = mergedRecord(planRecordOf(memory), receipt);
  return Object.assign(context, record === undefined ? {} : { record, standing: standingOf(understood, record) });
}

/** Folders of the workspace that could not be read, each as a document that could not: what lies in them was not checked. */
export function unreadableFolders(session: Session): readonly RuleContext[] {
  return session.unreadable.map((path) => ({
    source: createSource(path, new Uint8Array()),
    document: {
      path,
      template: false,
      named: false,
      size: 0,
      unread: "The folder cannot be read. Give read permission.",
    },
    profile: session.profile,
  }));
}

/** What rules may ask of other files of the workspace. */
export function workspaceFacts(session: Session): WorkspaceFacts {
  let index: ReturnType<typeof createIndex> | undefined;
  const anchors = new Map<string, ReadonlySet<string> | undefined>();
  return {
    anchors: (path) => {
      if (!anchors.has(path)) anchors.set(path, anchorsOf(session, path));
      return anchors.get(path);
    },
    holders: (id) => {
      index ??= createIndex(artifactsOf(session));
      return index.holders(id);
    },
    text: (path) => (isVisible(path) ? sourceText(session, path) : undefined),
    exists: (path) => isVisible(path) && session.host.files.stat(`${session.root}/${path}`) !== undefined,
  };
}

/** Why: of other files than Markdown nobody knows the anchors, and a file that is not there has a finding of its own. */
function anchorsOf(session: Session, path: string): ReadonlySet<string> | undefined {
  if (!isMarkdownPath(path) || !isInside(path)) return undefined;
  const source = readSource(session, path);
  return source === undefined || source.unread !== undefined
    ? undefined
    : documentAnchors(parseMarkdown(source.source, session.profile));
}

/** Why: what the tool keeps for itself may go at any time, so that a link there leads nowhere. */
function isVisible(path: string): boolean {
  return isInside(path) && !path.startsWith(cacheFolder);
}

function isInside(path: string): boolean {
  return !path.startsWith("/") && !path.split("/").includes("..");
}

function artifactsOf(session: Session): readonly Artifact[] {
  const layers = new Map(session.profile.layers.map((entry) => [entry.type, entry.layer]));
  return session.documents().flatMap((document) => {
    const layer = layers.get(document.type ?? "");
    if (document.type === undefined || document.artifactId === undefined || layer === undefined) return [];
    const { type, path, template, part } = document;
    return [{ id: document.artifactId, type, layer, path, template, ...(part === undefined ? {} : { part }) }];
  });
}
