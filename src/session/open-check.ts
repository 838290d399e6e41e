import type { TraceGraph } from "#graph/graph";
import type { Finding } from "#model/finding";
import type { Host } from "#model/ports";
import type { DocumentTrace } from "#model/trace";
import { createRuleRunner, inOrder, type RuleRunner } from "#rules/run-rules";
import type { Readiness } from "#rules/score";
import type { KnownSelections } from "#rules/select-rules";
import { contextOf, type Surroundings, surroundingsOf, workspaceFacts } from "./check-documents.ts";
import { besideDocuments } from "./checking.ts";
import { checkReading, type DocumentReading, readSource } from "./document-reading.ts";
import { gatherDocuments, wantedDocument } from "./gather-documents.ts";
import { selectDocuments } from "./select-documents.ts";
import { openSession, type Session } from "./session.ts";
import { writingTime } from "./times.ts";
import { createDocumentReader, type DocumentReader, subjectOf } from "./trace-documents.ts";
import { Touched } from "./touched.ts";
import { type WatchedGraph, watchGraph } from "./watched-graph.ts";
import type { WorkspaceDocument } from "./workspace.ts";
import type { WorkspaceFacts } from "#rules/facts";
import type { Asked } from "./asked.ts";

/** A check of a workspace that is kept up to date as its documents change. */
export interface OpenCheck {
  /** All findings, in order of path, place and rule; the same that a new check would give. */
  findings(): readonly Finding[];
  readinessOf(path: string): Readiness | undefined;
  /**
   * Reads files again that changed, came or went, by workspace-relative path, and tells what that changes. A changed document takes
   * what its links touch; everything else, source files and settings among them, is a check of the whole.
   */
  changed(paths: readonly string[]): Promise<CheckChange>;
}

/** What a change made of the findings. */
export interface CheckChange {
  readonly came: readonly Finding[];
  readonly went: readonly Finding[];
  /** Documents to which the rules were applied again. */
  readonly checked: number;
}

/** Checks the workspace that a directory lies in and keeps the check open. */
export async function openCheck(host: Host, cwd: string): Promise<OpenCheck> {
  let check = await WholeCheck.open(host, cwd);
  return {
    findings: () => check.findings(),
    readinessOf: (path) => check.results.get(path)?.readiness,
    async changed(paths) {
      const before = check.findings();
      const affected = await check.change(paths);
      if (affected !== undefined) return { ...affected };
      check = await WholeCheck.open(host, cwd);
      return { ...differenceOf(before, check.findings()), checked: check.results.size };
    },
  };
}

/** What was found in one document, and what it depends on. */
interface Result {
  readonly reading: DocumentReading;
  readonly findings: readonly Finding[];
  readonly readiness: Readiness | undefined;
  readonly asked: Asked;
  readonly subjects: ReadonlySet<number | string>;
}

/** One state of a workspace, checked. */
class WholeCheck {
  readonly results = new Map<string, Result>();
  readonly #session: Session;
  readonly #graph: TraceGraph;
  readonly #runner: RuleRunner;
  readonly #reader: DocumentReader;
  readonly #known: KnownSelections = new Map();
  readonly #documents: ReadonlyMap<string, WorkspaceDocument>;
  /** Paths of documents whose rules asked about a subject. */
  readonly #askers = new Map<number | string, Set<string>>();
  /** Why: who holds which id changes only when a document comes or goes. */
  readonly #holders: WorkspaceFacts["holders"];
  #around: Surroundings;
  #watched: WatchedGraph;
  /** Findings in what is no document. */
  #beside: readonly Finding[] = [];

  private constructor(session: Session, graph: TraceGraph, watched: WatchedGraph, around: Surroundings) {
    this.#session = session;
    this.#graph = graph;
    this.#watched = watched;
    this.#around = around;
    this.#holders = watched.workspace.holders;
    this.#documents = new Map(session.documents().map((document) => [document.path, document]));
    this.#reader = createDocumentReader(session.profile);
    this.#runner = createRuleRunner({
      hash: session.host.hash,
      today: writingTime(session.host.clock).date,
      severities: session.config.rules,
      waivers: session.config.waivers,
    });
  }

  static async open(host: Host, cwd: string): Promise<WholeCheck> {
    const session = await openSession(host, cwd);
    const { graph, readings } = await gatherDocuments(session, selectDocuments(session, []));
    const watched = watchGraph(graph, workspaceFacts(session));
    const around = await surroundingsOf(session, watched.graph, watched.workspace);
    const check = new WholeCheck(session, graph, watched, around);
    for (const reading of readings) check.#check(reading);
    await check.#checkBeside();
    return check;
  }

  findings(): readonly Finding[] {
    return [...this.#beside, ...Array.from(this.results.values(), ({ findings }) => findings).flat()].sort(inOrder);
  }

  /** Takes over changes of documents; undefined for a change that has to do with everything. */
  async change(paths: readonly string[]): Promise<CheckChange | undefined> {
    const changes: {
      readonly reading: DocumentReading;
      readonly trace: DocumentTrace;
      readonly before: DocumentTrace;
    }[] = [];
    for (const path of new Set(paths)) {
      const [document, before] = [this.#documents.get(path), this.#graph.trace(path)];
      const known = this.results.get(path);
      if (document === undefined || before === undefined || known === undefined) return undefined;
      this.#session.forget(path);
      const read = readSource(this.#around.ground, path);
      if (read === undefined || read.unread !== undefined) return undefined;
      const trace = await this.#reader.read(subjectOf(document), read.source.text);
      const wanted = wantedDocument(document, new Set());
      changes.push({ reading: checkReading(this.#around.ground, wanted, read, trace, this.#known), trace, before });
    }
    const touched = new Touched(this.#graph);
    for (const { trace, before } of changes) if (!touched.before(trace, before)) return undefined;
    for (const { trace } of changes) this.#graph.set(trace);
    touched.after();
    return this.#checkAgain(new Map(changes.map(({ reading }) => [reading.path, reading])), touched);
  }

  async #checkAgain(readings: ReadonlyMap<string, DocumentReading>, touched: Touched): Promise<CheckChange> {
    const workspace = { ...workspaceFacts(this.#session), holders: this.#holders };
    this.#watched = watchGraph(this.#graph, workspace);
    this.#around = await surroundingsOf(this.#session, this.#watched.graph, this.#watched.workspace);
    const went: Finding[] = [...this.#beside];
    const came: Finding[] = [];
    const outdated = new Set([...readings.keys(), ...this.#outdated(touched, workspace)]);
    for (const path of outdated) {
      const result = this.results.get(path);
      const reading = readings.get(path) ?? result?.reading;
      if (reading === undefined) continue;
      for (const finding of result?.findings ?? []) went.push(finding);
      for (const finding of this.#check(reading).findings) came.push(finding);
    }
    for (const finding of await this.#checkBeside()) came.push(finding);
    return { ...differenceOf(went, came), checked: outdated.size };
  }

  /** Documents of which a rule asked what has another answer now. */
  *#outdated(touched: Touched, workspace: WorkspaceFacts): Generator<string> {
    // Why: what people accepted are digests of texts.
    if (this.#around.links.accepted !== undefined) return yield* this.results.keys();
    const asking = { graph: this.#graph, workspace };
    const perhaps = new Set<string>();
    for (const subject of touched.subjects()) for (const path of this.#askers.get(subject) ?? []) perhaps.add(path);
    for (const path of perhaps) {
      if (this.results.get(path)?.asked.isOutdated(asking, touched.mayDiffer) === true) yield path;
    }
  }

  #check(reading: DocumentReading): Result {
    const { path } = reading;
    const [checked, asked] = this.#watched.watch(() => this.#runner.check(contextOf(this.#around, reading)));
    const findings = [...this.#runner.settle(checked.findings)].sort(inOrder);
    const subjects = asked.subjects(this.#graph);
    const result = { reading, findings, readiness: checked.readiness, asked, subjects };
    for (const subject of this.results.get(path)?.subjects ?? []) this.#askers.get(subject)?.delete(path);
    for (const subject of subjects) {
      const askers = this.#askers.get(subject);
      if (askers === undefined) this.#askers.set(subject, new Set([path]));
      else askers.add(path);
    }
    this.results.set(path, result);
    return result;
  }

  async #checkBeside(): Promise<readonly Finding[]> {
    const contexts = await besideDocuments(this.#session, this.#graph);
    this.#beside = this.#runner.settle(contexts.flatMap((context) => this.#runner.check(context).findings));
    return this.#beside;
  }
}

/** Findings that only one of two lists has; a finding at another place is another. */
function differenceOf(before: readonly Finding[], after: readonly Finding[]): Pick<CheckChange, "came" | "went"> {
  const keys = (findings: readonly Finding[]): ReadonlySet<string> =>
    new Set(findings.map((one) => JSON.stringify(one)));
  const [known, now] = [keys(before), keys(after)];
  return {
    came: after.filter((one) => !known.has(JSON.stringify(one))).sort(inOrder),
    went: before.filter((one) => !now.has(JSON.stringify(one))).sort(inOrder),
  };
}
