import type { Json } from "#model/run";
import { ContentBuilder, firstLineOf, shortText } from "../content.ts";
import { type JsonObject, listOf, numberOf, objectOf, textOf } from "../json-shape.ts";
import { LineStream } from "../line-stream.ts";
import type { ReportFormatReader, ReportReader } from "../reader.ts";
import { scenarioStatus } from "../scenario-status.ts";

interface Pickle {
  readonly name: string;
  readonly path: string;
  readonly line: number | undefined;
  readonly tags: readonly string[];
}

interface Attempt {
  readonly pickle: string;
  readonly statuses: Set<string>;
  durationMs: number;
  message: string;
}

type Taker = (message: JsonObject, reader: MessagesReader) => void;

const takers: Readonly<Record<string, Taker>> = {
  meta: (message, reader) => reader.meta(message),
  gherkinDocument: (message, reader) => reader.document(message),
  pickle: (message, reader) => reader.pickle(message),
  testCase: (message, reader) => reader.testCase(message),
  testCaseStarted: (message, reader) => reader.started(message),
  testStepFinished: (message, reader) => reader.stepFinished(message),
  testCaseFinished: (message, reader) => reader.finished(message),
  testRunFinished: (_message, reader) => reader.runFinished(),
};

/** Cucumber Messages: one JSON envelope a line. */
export const cucumberMessages: ReportFormatReader = {
  isLike: (beginning) =>
    /^\s{0,20}\{"(?:meta|source|gherkinDocument|pickle|hook|stepDefinition|parameterType|testRunStarted)"\s{0,20}:/u.test(
      beginning,
    ),
  create: () => new MessagesReader(),
};

class MessagesReader implements ReportReader {
  readonly #content = new ContentBuilder();
  readonly #lines = new LineStream((line, isCut) => this.#line(line, isCut));
  /** Lines of scenarios and their feature, by the ids of their nodes. */
  readonly #nodes = new Map<string, { readonly line: number | undefined; readonly feature: string }>();
  readonly #pickles = new Map<string, Pickle>();
  readonly #pickleOfCase = new Map<string, string>();
  readonly #attempts = new Map<string, Attempt>();
  readonly #told = new Set<string>();
  #ended = false;
  #number = 0;

  text(piece: string): void {
    this.#lines.push(piece);
  }

  end(): ReturnType<ReportReader["end"]> {
    this.#lines.end();
    this.#content.expectTests();
    for (const attempt of this.#attempts.values())
      this.#content.note(`It breaks off in the scenario ${this.#nameOf(attempt)}.`);
    if (!this.#ended) this.#content.lacks("It has no end of the run: what came behind is not known.");
    this.#tellUntold();
    return this.#content.build();
  }

  #line(line: string, isCut: boolean): void {
    this.#number++;
    // Why: only attachments are this long.
    if (isCut || line.trim() === "") return;
    let envelope: JsonObject;
    try {
      envelope = objectOf(JSON.parse(line.replace(/^\uFEFF/u, "")) as Json);
    } catch {
      this.#content.lacks(`Line ${this.#number} is no JSON.`);
      return;
    }
    for (const [key, value] of Object.entries(envelope)) {
      if (Object.hasOwn(takers, key)) takers[key]?.(objectOf(value), this);
    }
  }

  meta(message: JsonObject): void {
    this.#content.tool = textOf(objectOf(message["implementation"])["name"]) ?? "cucumber";
    const commit = textOf(objectOf(objectOf(message["ci"])["git"])["revision"]);
    if (commit !== undefined) this.#content.commit = commit;
  }

  document(message: JsonObject): void {
    const feature = objectOf(message["feature"]);
    const name = textOf(feature["name"]) ?? "";
    const queue = [...listOf(feature["children"])].map(objectOf);
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      const scenario = objectOf(node["scenario"]);
      const id = textOf(scenario["id"]);
      const line = numberOf(objectOf(scenario["location"])["line"]);
      if (id !== undefined) this.#nodes.set(id, { line, feature: name });
      queue.push(...listOf(objectOf(node["rule"])["children"]).map(objectOf));
    }
  }

  pickle(message: JsonObject): void {
    const id = textOf(message["id"]);
    const nodes = listOf(message["astNodeIds"]).flatMap((node) => this.#nodes.get(textOf(node) ?? "") ?? []);
    const feature = nodes[0]?.feature ?? "";
    const name = shortText(textOf(message["name"]) ?? "");
    if (id === undefined) return;
    this.#pickles.set(id, {
      name: feature === "" ? name : `${shortText(feature)} > ${name}`,
      path: textOf(message["uri"]) ?? "",
      line: nodes[0]?.line,
      tags: listOf(message["tags"])
        .flatMap((tag) => textOf(objectOf(tag)["name"]) ?? [])
        .slice(0, 100),
    });
  }

  testCase(message: JsonObject): void {
    const [id, pickle] = [textOf(message["id"]), textOf(message["pickleId"])];
    if (id !== undefined && pickle !== undefined) this.#pickleOfCase.set(id, pickle);
  }

  started(message: JsonObject): void {
    const id = textOf(message["id"]);
    const pickle = this.#pickleOfCase.get(textOf(message["testCaseId"]) ?? "");
    if (id !== undefined && pickle !== undefined) {
      this.#attempts.set(id, { pickle, statuses: new Set(), durationMs: 0, message: "" });
    }
  }

  stepFinished(message: JsonObject): void {
    const attempt = this.#attempts.get(textOf(message["testCaseStartedId"]) ?? "");
    const result = objectOf(message["testStepResult"]);
    if (attempt === undefined) return;
    attempt.statuses.add(textOf(result["status"]) ?? "");
    const duration = objectOf(result["duration"]);
    attempt.durationMs += (numberOf(duration["seconds"]) ?? 0) * 1000 + (numberOf(duration["nanos"]) ?? 0) / 1_000_000;
    if (attempt.message === "") attempt.message = firstLineOf(textOf(result["message"]) ?? "");
  }

  finished(message: JsonObject): void {
    const id = textOf(message["testCaseStartedId"]) ?? "";
    const attempt = this.#attempts.get(id);
    this.#attempts.delete(id);
    // Why: an attempt that is repeated decides nothing; its last one does.
    if (attempt === undefined || message["willBeRetried"] === true) return;
    this.#told.add(attempt.pickle);
    this.#give(attempt, scenarioStatus(attempt.statuses));
  }

  runFinished(): void {
    this.#ended = true;
  }

  #give({ pickle, durationMs, message }: Attempt, status: ReturnType<typeof scenarioStatus>): void {
    const { name = "", path = "", line, tags = [] } = this.#pickles.get(pickle) ?? {};
    this.#content.test({
      id: name,
      name: name.slice(name.lastIndexOf(" > ") < 0 ? 0 : name.lastIndexOf(" > ") + 3),
      status,
      ...(path === "" ? {} : { path }),
      ...(line === undefined ? {} : { line }),
      ...(durationMs > 0 ? { durationMs } : {}),
      ...(message === "" ? {} : { message }),
      ...(tags.length === 0 ? {} : { tags }),
    });
  }

  /** A scenario that was found and not run is no pass: a dry run, or a run that broke off. */
  #tellUntold(): void {
    for (const pickle of this.#pickles.keys()) {
      if (this.#told.has(pickle)) continue;
      this.#give({ pickle, statuses: new Set(), durationMs: 0, message: "" }, "skipped");
    }
  }

  #nameOf({ pickle }: Attempt): string {
    return this.#pickles.get(pickle)?.name ?? "";
  }
}
