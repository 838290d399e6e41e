import { receiptPath } from "#author/receipt";
import type { TraceGraph } from "#graph/graph";
import { createIndex } from "#graph/index";
import type { Artifact } from "#model/artifact";
import { IplanError } from "#model/errors";
import type { ShellParser } from "#model/ports";
import { planRecordOf } from "#journal/plan-record";
import { createSource, isMarkdownPath, type Source } from "#model/source";
import { documentAnchors } from "#parse/anchors";
import { findWounds } from "#parse/encoding";
import { parsePlan } from "#parse/iplan/plan";
import { type MarkdownDocument, parseMarkdown } from "#parse/markdown";
import { isReserved, parseDocumentId } from "#profile/dialect";
import { standingOf } from "#plan/standing";
import { understandPlan } from "#plan/understand";
import type { DocumentFacts, MarkdownFacts, ReceiptFacts, WorkspaceFacts, WoundFact } from "#rules/facts";
import type { RuleContext } from "#rules/rule";
import { acceptedLinksOf } from "./accepted-links.ts";
import { cacheFolder } from "./sealed-file.ts";
import { memoryOf, mergedRecord, readReceipt } from "./plan-view.ts";
import type { Session } from "./session.ts";
import { sourceText } from "./trace-documents.ts";
import type { WorkspaceDocument } from "./workspace.ts";

/** Names of wrong encodings for people. */
const takenFor: Readonly<Record<string, string>> = {
  "mac-roman": "Mac Roman",
  "windows-1252": "Windows-1252",
  "latin-1": "Latin-1",
};

/**
 * What rules see of each document: read, parsed and understood once, when it is its turn, and not kept. A document that went away
 * meanwhile is left out. `history`: git is asked what changed after what.
 */
export async function ruleContexts(
  session: Session,
  documents: readonly WorkspaceDocument[],
  named: ReadonlySet<string>,
  { graph, history }: { readonly graph: TraceGraph; readonly history: boolean },
): Promise<Iterable<RuleContext>> {
  const parser = await session.host.shellParser();
  const workspace = workspaceFacts(session);
  const accepted = acceptedLinksOf(session, graph);
  const git = history ? (await import("./git-facts.ts")).gitFactsOf(session, graph) : undefined;
  const links = { ...(accepted === undefined ? {} : { accepted }), ...(git === undefined ? {} : { git }) };
  return contextsOf({ session, named, parser, workspace, graph, links }, documents);
}

interface Surroundings {
  readonly session: Session;
  readonly named: ReadonlySet<string>;
  readonly parser: ShellParser;
  readonly workspace: WorkspaceFacts;
  readonly graph: TraceGraph;
  /** What people and the history say of the links, where anybody does. */
  readonly links: Pick<RuleContext, "accepted" | "git">;
}

/** Why: all documents at once, parsed, are many times their text. */
function* contextsOf(around: Surroundings, documents: readonly WorkspaceDocument[]): Generator<RuleContext> {
  for (const document of documents) {
    const context = contextOf(around, document);
    if (context !== undefined) yield context;
  }
}

function contextOf(
  { session, named, parser, workspace, graph, links }: Surroundings,
  document: WorkspaceDocument,
): RuleContext | undefined {
  const read = readSource(session, document);
  if (read === undefined) return undefined;
  const { source } = read;
  const isPlan = isMarkdownPath(document.path) && isPlanDocument(session, document, source, named.has(document.path));
  const type = isPlan ? session.profile.plan.type : document.type;
  const given: RuleContext = {
    source,
    document: { ...documentFacts(document, read, named.has(document.path)), ...(type === undefined ? {} : { type }) },
    profile: session.profile,
  };
  if (read.unread !== undefined) return given;
  const faults = graph.trace(document.path)?.faults;
  const base: RuleContext = {
    ...given,
    ...(faults === undefined ? {} : { faults }),
    wounds: findWounds(source.text).map(
      (wound): WoundFact => ({
        start: wound.start,
        end: wound.end,
        healed: wound.healed,
        takenFor: takenFor[wound.encoding] ?? wound.encoding,
        depth: wound.depth,
      }),
    ),
    workspace,
    trace: { graph, path: document.path },
    ...links,
  };
  if (!isMarkdownPath(document.path)) return base;
  const markdown = parseMarkdown(source, session.profile);
  const facts = { ...base, markdown: markdownFacts(markdown) };
  return isPlan ? { ...facts, ...planFacts(session, document, parser) } : facts;
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

/** A document's source, or why it was not read. */
interface ReadSource {
  readonly source: Source;
  readonly unread?: string;
}

/** Why: one document that cannot be read is one finding, and all others are still checked. */
function readSource(session: Session, { path }: Pick<WorkspaceDocument, "path">): ReadSource | undefined {
  try {
    const source = session.source(path);
    return source === undefined ? undefined : { source };
  } catch (error) {
    if (!(error instanceof IplanError)) throw error;
    return { source: createSource(path, new Uint8Array()), unread: `${error.message} ${error.cure}` };
  }
}

function documentFacts(document: WorkspaceDocument, read: ReadSource, named: boolean): DocumentFacts {
  return {
    path: document.path,
    ...(document.type === undefined ? {} : { type: document.type }),
    ...(document.artifactId === undefined ? {} : { id: document.artifactId }),
    template: document.template,
    named,
    size: read.unread === undefined ? read.source.size : document.stat.size,
    ...(read.unread === undefined ? {} : { unread: read.unread }),
  };
}

/** Why: `run` takes a file that was named whatever its name is, so `check` must not pass over what it holds. */
function isPlanDocument(session: Session, document: WorkspaceDocument, source: Source, isNamed: boolean): boolean {
  if (isIndex(session, document)) return false;
  if (document.type !== undefined || !isNamed) return document.type === session.profile.plan.type;
  const plan = parsePlan(source, session.profile);
  return plan.steps.length > 0 || plan.id?.startsWith(`${session.profile.plan.type}-`) === true;
}

/** Number 000 is the index and the matrix of plans, which are no plans themselves; a template of a plan carries no number. */
function isIndex(session: Session, document: WorkspaceDocument): boolean {
  const name = document.path.slice(document.path.lastIndexOf("/") + 1);
  const id = parseDocumentId(session.profile, name.replace(/[_.].*$/, ""));
  return id !== undefined && isReserved(session.profile, id);
}

function markdownFacts(document: MarkdownDocument): MarkdownFacts {
  const fences: MarkdownFacts["fences"][number][] = [];
  const queue = [...document.top];
  for (let block = queue.shift(); block !== undefined; block = queue.shift()) {
    if (block.kind === "fence") {
      const language = document.source.text.slice(block.info.start, block.info.end).split(/\s/)[0] ?? "";
      fences.push({ language: language.toLowerCase(), range: document.range(block), closed: block.closed });
    }
    queue.push(...block.children);
  }
  return {
    headings: document.sections.map((section) => ({
      level: section.level,
      text: section.title,
      range: document.range(section.heading),
    })),
    fences: fences.sort((a, b) => a.range.start.offset - b.range.start.offset),
  };
}

function planFacts(session: Session, document: WorkspaceDocument, parser: ShellParser): Partial<RuleContext> {
  const source = session.source(document.path);
  if (source === undefined) return {};
  const plan = parsePlan(source, session.profile);
  const understood = understandPlan(plan, { parser, hash: session.host.hash, profile: session.profile });
  const receipt = readReceipt(session, document.path);
  const record = mergedRecord(
    planRecordOf(memoryOf(session, { id: understood.id, path: document.path }, receipt)),
    receipt,
  );
  const facts: ReceiptFacts = {
    path: receiptPath(document.path),
    present: receipt !== undefined,
    lines: receipt?.lines ?? [],
    problems: receipt?.problems ?? [],
  };
  return {
    plan,
    understood,
    receipt: facts,
    ...(record === undefined ? {} : { record }),
    standing: standingOf(understood, record),
  };
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
  const source = readSource(session, { path });
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
  return session.documents().flatMap((document) => {
    const layer = session.profile.layers.find((entry) => entry.type === document.type)?.layer;
    if (document.type === undefined || document.artifactId === undefined || layer === undefined) return [];
    const { type, path, template, part } = document;
    return [{ id: document.artifactId, type, layer, path, template, ...(part === undefined ? {} : { part }) }];
  });
}
