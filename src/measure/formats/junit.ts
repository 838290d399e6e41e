import type { TestFigure, TestStatus } from "#model/figures";
import { ContentBuilder, firstLineOf, shortText } from "../content.ts";
import type { ReportFormatReader, ReportReader } from "../reader.ts";
import { XmlStream } from "../xml-stream.ts";

type Attributes = ReadonlyMap<string, string>;

interface OpenSuite {
  readonly name: string;
  readonly path: string | undefined;
  readonly tests: number;
  readonly failures: number;
  readonly before: number;
  readonly failedBefore: number;
}

interface OpenCase {
  readonly attributes: Attributes;
  status: TestStatus;
  message: string;
}

/** Elements of a test case that tell how it ended. A flaky failure or a rerun is followed by the run that counted. */
const endings: Readonly<Record<string, TestStatus>> = { failure: "failed", error: "failed", skipped: "skipped" };

/** Values of `status` and `result` that say a test did not run. */
const notRun: ReadonlySet<string> = new Set(["notrun", "disabled", "skipped", "suppressed"]);

/** JUnit XML as vitest, pytest, Maven, node:test, cucumber, GoogleTest, CTest and the converters of Go write it. */
export const junit: ReportFormatReader = {
  isLike: (beginning) => /<(?:\w+:)?testsuites?[\s>/]/u.test(beginning),
  create: () => new JunitReader(),
};

class JunitReader implements ReportReader {
  readonly #content = new ContentBuilder();
  readonly #suites: OpenSuite[] = [];
  #case: OpenCase | undefined;
  /** Name of the element of the case whose text is its message. */
  #telling: string | undefined;
  readonly #xml = new XmlStream({
    open: (name, attributes) => this.#open(name, attributes),
    close: (name) => this.#close(name),
    text: (text) => this.#text(text),
    note: (sentence) => this.#content.note(sentence),
  });

  text(piece: string): void {
    this.#xml.push(piece);
  }

  end(): ReturnType<ReportReader["end"]> {
    this.#content.expectTests();
    if (!this.#xml.isWhole) {
      if (this.#case !== undefined) this.#content.note(`It breaks off in the test ${nameOf(this.#case)}.`);
      for (const suite of this.#suites.splice(0).reverse()) this.#compare(suite);
      this.#content.lacks("It breaks off, or is damaged: what stands behind that place is not known.");
    }
    return this.#content.build();
  }

  #open(name: string, attributes: Attributes): void {
    if (name === "testsuite" || name === "testsuites") this.#suites.push(this.#suite(name, attributes));
    else if (name === "testcase") this.#case = { attributes, status: statusIn(attributes), message: "" };
    else this.#ending(name, attributes);
  }

  #suite(element: string, attributes: Attributes): OpenSuite {
    const name = attributes.get("name") ?? "";
    if (element === "testsuites" && name !== "") this.#content.tool = shortText(name);
    return {
      name: element === "testsuites" ? "" : name,
      path: attributes.get("file") ?? attributes.get("filepath") ?? pathIn(name),
      tests: whole(attributes.get("tests")),
      failures: whole(attributes.get("failures")) + whole(attributes.get("errors")),
      before: this.#all(),
      failedBefore: this.#failed(),
    };
  }

  #text(text: string): void {
    const open = this.#case;
    if (open === undefined || this.#telling === undefined) return;
    if (this.#telling !== "system-out") open.message ||= firstLineOf(text);
    // Why: the JUnit of cucumber-js tells a step that nobody wrote only here.
    else if (open.status === "failed" && open.message === "" && /\.{3}undefined(?:\s|$)/u.test(text))
      open.status = "undefined";
  }

  #ending(name: string, attributes: Attributes): void {
    const ending = Object.hasOwn(endings, name) ? endings[name] : undefined;
    if (this.#case === undefined) return;
    if (ending !== undefined || name === "system-out") this.#telling = name;
    if (ending === undefined) return;
    const type = `${attributes.get("type") ?? ""} ${attributes.get("message") ?? ""}`;
    if (this.#case.status === "failed") return;
    // Why: cucumber reports a scenario whose steps nobody wrote as a failure of this type.
    this.#case.status = ending === "failed" && /^(?:UNDEFINED|PENDING)\b/u.test(type.trim()) ? "undefined" : ending;
    this.#case.message = firstLineOf(attributes.get("message") ?? "");
  }

  #close(name: string): void {
    if (name === this.#telling) this.#telling = undefined;
    if (name === "testcase" && this.#case !== undefined) {
      this.#content.test(this.#figure(this.#case));
      this.#case = undefined;
    } else if (name === "testsuite" || name === "testsuites") {
      const suite = this.#suites.pop();
      if (suite !== undefined) this.#compare(suite);
    }
  }

  #figure(open: OpenCase): TestFigure {
    const { attributes, status, message } = open;
    const name = nameOf(open);
    const group = attributes.get("classname") ?? "";
    const suites = this.#suites.map((suite) => suite.name).filter((each) => each !== "");
    // Why: node:test writes the same word as class of every test; its suites say more.
    const above = group === "" || group === "test" || group === "suite" ? suites.join(" > ") : group;
    const line = whole(attributes.get("line"));
    const path =
      attributes.get("file") ?? pathIn(group) ?? this.#suites.findLast((suite) => suite.path !== undefined)?.path;
    const seconds = Number((attributes.get("time") ?? "").replaceAll(",", ""));
    return {
      id: shortText(above === "" ? name : `${above} > ${name}`),
      name,
      status,
      ...(path === undefined ? {} : { path }),
      ...(line > 0 ? { line } : {}),
      ...(seconds > 0 ? { durationMs: seconds * 1000 } : {}),
      ...(message === "" ? {} : { message }),
    };
  }

  /** A suite that says it had more tests, or more failures, than stand in it was cut or edited. */
  #compare(suite: OpenSuite): void {
    const [tests, failed] = [this.#all() - suite.before, this.#failed() - suite.failedBefore];
    const name = suite.name === "" ? "The report" : `The suite ${shortText(suite.name)}`;
    if (suite.tests > tests) this.#content.lacks(`${name} says it has ${suite.tests} tests; ${tests} stand in it.`);
    if (suite.failures > failed) {
      this.#content.lacks(`${name} says that ${suite.failures} failed; ${failed} of its tests say so.`);
    }
  }

  #all(): number {
    return this.#failed() + this.#content.counted("passed") + this.#content.counted("skipped");
  }

  #failed(): number {
    return this.#content.counted("failed") + this.#content.counted("undefined");
  }
}

/** Why: GoogleTest and CTest tell a test that was not run by attributes alone. */
function statusIn(attributes: Attributes): TestStatus {
  const told = [attributes.get("status"), attributes.get("result")].map((each) => each?.toLowerCase() ?? "");
  return told.some((each) => notRun.has(each)) ? "skipped" : "passed";
}

function nameOf({ attributes }: OpenCase): string {
  return shortText(attributes.get("name") ?? "");
}

function whole(text: string | undefined): number {
  return text !== undefined && /^\d{1,12}$/u.test(text) ? Number(text) : 0;
}

/** The path a name is, as vitest and mocha name suites by their file. */
function pathIn(name: string): string | undefined {
  return /^(?:[\w@.+-]{1,100}[\\/]){0,30}[\w@.+-]{1,100}\.(?:[cm]?[jt]sx?|py|rb|go|php|feature|vue|svelte)$/u.test(name)
    ? name
    : undefined;
}
