import type { TraceGraph } from "#graph/graph";
import type { Finding } from "#model/finding";
import type { Host } from "#model/ports";
import type { DocumentTrace } from "#model/trace";
import type { TraceReader } from "#parse/trace";
import { createTraceReader } from "#parse/trace";
import type { WorkspaceFacts } from "#rules/facts";
import {
  type CheckedDocument,
  countsOf,
  createRuleRunner,
  inOrder,
  type RuleOutcome,
  type RuleRunner,
} from "#rules/run-rules";
import type { Readiness } from "#rules/score";
import type { KnownSelections } from "#rules/select-rules";
import type { Asked } from "./asked.ts";
import { contextOf, type Surroundings, surroundingsOf, workspaceFacts } from "./check-documents.ts";
import {
  besideDocuments,
  type Checked,
  countsOfDocument,
  createCounts,
  type DocumentCounts,
  passedOverOf,
} from "./checking.ts";
import { checkReading, type DocumentReading, readSource } from "./document-reading.ts";
import { gatherDocuments, wantedDocument } from "./gather-documents.ts";
import { selectDocuments } from "./select-documents.ts";
import { openSession, type Session } from "./session.ts";
import { largestSource } from "./source-walk.ts";
import { writingTime } from "./times.ts";
import { Touched } from "./touched.ts";
import { createDocumentReader, type DocumentReader, readSourceTrace, subjectOf } from "./trace-documents.ts";
import { type WatchedGraph, watchGraph } from "./watched-graph.ts";
import type { WorkspaceDocument } from "./workspace.ts";

/** What was found in one document, and what it depends on. */
interface Result {
  readonly reading: DocumentReading;
  readonly checked: CheckedDocument;
  readonly counts: DocumentCounts;
  readonly findings: readonly Finding[];
  readonly readiness: Readiness | undefined;
  readonly asked: Asked;
  readonly subjects: ReadonlySet<number | string>;
}

/** What a change made of the findings, and of how many documents. */
export interface CheckAgain {
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  readonly checked: number;
}

/** A workspace that was checked as a whole, and is kept up to date with changed documents and source files. */
export class WholeCheck {
  readonly results: Map<string, Result> = new Map();
  readonly #session: Session;
  readonly #graph: TraceGraph;
  readonly #runner: RuleRunner;
  readonly #reader: DocumentReader;
  readonly #traces: TraceReader;
  readonly #known: KnownSelections = new Map();
  readonly #documents: ReadonlyMap<string, WorkspaceDocument>;
  readonly #day: string;
  /** Paths of documents whose rules asked about a subject. */
  readonly #askers = new Map<number | string, Set<string>>();
  /** Why: who holds which id changes only when a document comes or goes. */
  readonly #holders: WorkspaceFacts["holders"];
  #around: Surroundings;
  #watched: WatchedGraph;
  /** What was found in what is no document. */
  #beside: readonly CheckedDocument[] = [];
  #besideFindings: readonly Finding[] = [];

  private constructor(session: Session, graph: TraceGraph, watched: WatchedGraph, around: Surroundings) {
    this.#session = session;
    this.#graph = graph;
    this.#watched = watched;
    this.#around = around;
    this.#holders = watched.workspace.holders;
    this.#documents = new Map(session.documents().map((document) => [document.path, document]));
    this.#traces = createTraceReader(session.profile);
    this.#reader = createDocumentReader(session.profile, this.#traces);
    const { rules: severities, waivers } = session.config;
    this.#day = dayOf(session);
    this.#runner = createRuleRunner({ hash: session.host.hash, today: this.#day, severities, waivers }, true);
  }

  /** Not to be changed. */
  get graph(): TraceGraph {
    return this.#graph;
  }

  static async open(host: Host, cwd: string): Promise<WholeCheck> {
    return WholeCheck.of(await openSession(host, cwd));
  }

  /** Checks the workspace of a session. */
  static async of(session: Session): Promise<WholeCheck> {
    const { graph, readings } = await gatherDocuments(session, selectDocuments(session, []));
    const watched = watchGraph(graph, workspaceFacts(session));
    const around = await surroundingsOf(session, watched.graph, watched.workspace);
    const check = new WholeCheck(session, graph, watched, around);
    for (const reading of readings) check.#check(reading);
    await check.#checkBeside();
    return check;
  }

  findings(): readonly Finding[] {
    return [...this.#besideFindings, ...Array.from(this.results.values(), ({ findings }) => findings).flat()].sort(
      inOrder,
    );
  }

  /** The whole, as a check of all documents gives it. */
  checked(): Checked {
    const whole = this.#sum(this.results.values(), this.#runner.outcomes(), this.#besideFindings);
    return { ...whole, passedOver: passedOverOf(this.#session) };
  }

  /** A part, as a check of these documents alone gives it; undefined when one of them is none that a walk finds. */
  checkedPart(paths: readonly string[]): Checked | undefined {
    const some = paths.flatMap((path) => this.results.get(path) ?? []);
    if (some.length < paths.length) return undefined;
    return { ...this.#sum(some, this.#runner.outcomes(some.map(({ checked }) => checked)), []), passedOver: [] };
  }

  #sum(
    results: Iterable<Result>,
    outcomes: readonly RuleOutcome[],
    beside: readonly Finding[],
  ): Omit<Checked, "passedOver"> {
    const { counted, add } = createCounts();
    const readiness = new Map<string, Readiness>();
    const findings = [...beside];
    for (const result of results) {
      add(result.counts);
      if (result.readiness !== undefined) readiness.set(result.counts.path, result.readiness);
      for (const finding of result.findings) findings.push(finding);
    }
    return { result: { findings: findings.sort(inOrder), ...countsOf(outcomes), readiness }, ...counted };
  }

  /** The day for which it holds: waivers end. */
  get day(): string {
    return this.#day;
  }

  /** Takes over changed documents and source files; undefined for a change that has to do with everything. */
  async change(paths: readonly string[]): Promise<CheckAgain | undefined> {
    const changes: Change[] = [];
    for (const path of new Set(paths)) {
      const change = await this.#readAgain(path);
      if (change === undefined) return undefined;
      changes.push(change);
    }
    const touched = new Touched(this.#graph);
    for (const { trace, before } of changes) if (!touched.before(trace, before)) return undefined;
    for (const { trace } of changes) this.#graph.set(trace);
    touched.after();
    const readings = changes.flatMap(({ reading }) => reading ?? []);
    return this.#checkAgain(new Map(readings.map((reading) => [reading.path, reading])), touched);
  }

  async #readAgain(path: string): Promise<Change | undefined> {
    const [document, before] = [this.#documents.get(path), this.#graph.trace(path)];
    if (before?.role === "source" || before?.role === "test") {
      const { role, type = "" } = before;
      const stat = this.#session.host.files.stat(`${this.#session.root}/${path}`);
      if (stat?.kind !== "file" || stat.size > largestSource) return undefined;
      const trace = readSourceTrace(this.#session, { path, role, type }, this.#traces);
      return trace === undefined ? undefined : { trace, before };
    }
    if (document === undefined || before === undefined || !this.results.has(path)) return undefined;
    this.#session.forget(path);
    const read = readSource(this.#around.ground, path);
    if (read === undefined || read.unread !== undefined) return undefined;
    const trace = await this.#reader.read(subjectOf(document), read.source.text);
    const wanted = wantedDocument(document, new Set());
    return { reading: checkReading(this.#around.ground, wanted, read, trace, this.#known), trace, before };
  }

  async #checkAgain(readings: ReadonlyMap<string, DocumentReading>, touched: Touched): Promise<CheckAgain> {
    const workspace = { ...workspaceFacts(this.#session), holders: this.#holders };
    this.#watched = watchGraph(this.#graph, workspace);
    this.#around = await surroundingsOf(this.#session, this.#watched.graph, this.#watched.workspace);
    const before: Finding[] = [...this.#besideFindings];
    const after: Finding[] = [];
    const outdated = new Set([...readings.keys(), ...this.#outdated(touched, workspace)]);
    for (const path of outdated) {
      const result = this.results.get(path);
      const reading = readings.get(path) ?? result?.reading;
      if (reading === undefined) continue;
      for (const finding of result?.findings ?? []) before.push(finding);
      for (const finding of this.#check(reading).findings) after.push(finding);
    }
    await this.#checkBeside();
    for (const finding of this.#besideFindings) after.push(finding);
    return { before, after, checked: outdated.size };
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
    const known = this.results.get(path);
    if (known !== undefined) this.#runner.forget(known.checked);
    const context = contextOf(this.#around, reading);
    const [checked, asked] = this.#watched.watch(() => this.#runner.check(context));
    const findings = [...this.#runner.settle(checked.findings)].sort(inOrder);
    const subjects = asked.subjects(this.#graph);
    const counts = countsOfDocument({ context, reading });
    const result = { reading, checked, counts, findings, readiness: checked.readiness, asked, subjects };
    for (const subject of known?.subjects ?? []) this.#askers.get(subject)?.delete(path);
    for (const subject of subjects) {
      const askers = this.#askers.get(subject);
      if (askers === undefined) this.#askers.set(subject, new Set([path]));
      else askers.add(path);
    }
    this.results.set(path, result);
    return result;
  }

  async #checkBeside(): Promise<void> {
    for (const checked of this.#beside) this.#runner.forget(checked);
    const contexts = await besideDocuments(this.#session, this.#graph);
    this.#beside = contexts.map((context) => this.#runner.check(context));
    this.#besideFindings = this.#runner.settle(this.#beside.flatMap(({ findings }) => findings));
  }
}

/** A file that was read again; source has nothing that rules are asked about alone. */
interface Change {
  readonly trace: DocumentTrace;
  readonly before: DocumentTrace;
  readonly reading?: DocumentReading;
}

function dayOf(session: Session): string {
  return writingTime(session.host.clock).date;
}
