import type { TestStatus } from "#model/figures";
import { ContentBuilder, firstLineOf, shortText } from "../content.ts";
import { LineStream } from "../line-stream.ts";
import type { ReportFormatReader, ReportReader } from "../reader.ts";

/** Points of one level of indentation. */
interface Level {
  /** Name of the test whose parts these are. */
  readonly name: string;
  ran: number;
  failed: number;
  planned: number | undefined;
}

interface Pending {
  readonly names: readonly string[];
  status: TestStatus;
  place?: { readonly path: string; readonly line?: number };
  durationMs?: number;
  message?: string;
  isSuite: boolean;
}

const pointForm = /^(not )?ok\b(?: (\d{1,9}))?(?: -)?(?: (.{0,2000}))?$/u;
const widest = 4;
const deepest = 100;

/** TAP, as node:test, tap and prove write it; parts of tests are indented. */
export const tap: ReportFormatReader = {
  isLike: (beginning) => /^(?:\s|#[^\n]{0,500}\n){0,20}(?:TAP version \d|1\.\.\d|(?:not )?ok \d)/u.test(beginning),
  create: () => new TapReader(),
};

class TapReader implements ReportReader {
  readonly #content = new ContentBuilder();
  readonly #lines = new LineStream((line) => this.#line(line));
  readonly #levels: Level[] = [{ name: "", ran: 0, failed: 0, planned: undefined }];
  #pending: Pending | undefined;
  #inDetails = false;

  text(piece: string): void {
    this.#lines.push(piece);
  }

  end(): ReturnType<ReportReader["end"]> {
    this.#lines.end();
    this.#settle();
    this.#content.expectTests();
    const [top] = this.#levels;
    if (this.#levels.length > 1) this.#content.lacks("It breaks off within a test.");
    else if (top?.planned === undefined)
      this.#content.lacks("It has no plan of how many tests there are; it may break off.");
    if (top !== undefined) this.#compare(top);
    return this.#content.build();
  }

  #line(raw: string): void {
    const indent = raw.length - raw.trimStart().length;
    const line = raw.trim();
    if (this.#inDetails) {
      if (line === "...") this.#inDetails = false;
      else this.#detail(line);
    } else if (line === "---") this.#inDetails = true;
    else if (line.startsWith("Bail out!")) this.#content.lacks(`It was given up: ${shortText(line.slice(9).trim())}`);
    else if (line.startsWith("# Subtest: ")) this.#enter(line.slice(11), Math.floor(indent / widest));
    else if (/^1\.\.\d{1,9}/u.test(line)) this.#plan(Number(/\d+$/u.exec(line.split(" ", 1)[0] ?? "")?.[0]), indent);
    else this.#point(line, Math.floor(indent / widest));
  }

  #enter(name: string, depth: number): void {
    this.#settle();
    while (this.#levels.length > depth + 1) this.#levels.pop();
    if (this.#levels.length < deepest) this.#levels.push({ name, ran: 0, failed: 0, planned: undefined });
  }

  #plan(count: number, indent: number): void {
    this.#settle();
    const level = this.#levels[Math.floor(indent / widest)];
    if (level !== undefined) level.planned = count;
  }

  #point(line: string, depth: number): void {
    const match = pointForm.exec(line);
    if (match === null) return;
    this.#settle();
    const inner = this.#levels.length > depth + 1 ? this.#levels.pop() : undefined;
    while (this.#levels.length > depth + 1) this.#levels.pop();
    const [name = "", directive = ""] = (match[3] ?? "").split(/ # (?=SKIP|TODO)/iu, 2);
    const isFailed = match[1] !== undefined;
    const status: TestStatus = directive !== "" ? "skipped" : isFailed ? "failed" : "passed";
    const level = this.#levels.at(-1);
    if (level !== undefined) level.ran++;
    if (level !== undefined && isFailed) level.failed++;
    if (inner !== undefined) this.#compare(inner);
    const names = [...this.#levels.slice(1).map((each) => each.name), unescaped(name)];
    const isSuite = inner !== undefined && inner.ran > 0 && !(isFailed && inner.failed === 0);
    this.#pending = { names, status, isSuite };
  }

  #detail(line: string): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    const [, key = "", value = ""] = /^(\w{1,40}): {0,4}(.{0,2000})$/u.exec(line) ?? [];
    if (key === "duration_ms" && Number(value) >= 0) pending.durationMs = Number(value);
    else if (key === "type" && value === "'suite'" && pending.status === "passed") pending.isSuite = true;
    else if (key === "error") pending.message = firstLineOf(value.replace(/^['"]|['"]$|^\|-?$/gu, ""));
    else if (key === "location") {
      const place = /^'?(.{1,1000}?)(?::(\d{1,9}))?(?::\d{1,9})?'?$/u.exec(value);
      if (place !== null)
        pending.place = { path: place[1] ?? "", ...(place[2] === undefined ? {} : { line: Number(place[2]) }) };
    }
  }

  /** Counts the last point, once all that belongs to it was read; a suite is no test of its own. */
  #settle(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined || pending.isSuite) return;
    const { names, status, place, durationMs, message } = pending;
    this.#content.test({
      id: shortText(names.join(" > ")),
      name: shortText(names.at(-1) ?? ""),
      status,
      ...place,
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(message === undefined || message === "" ? {} : { message }),
    });
  }

  #compare({ name, planned, ran }: Level): void {
    if (planned === undefined || planned === ran) return;
    this.#content.lacks(
      `${name === "" ? "It" : `The test ${shortText(name)}`} plans ${planned} tests; ${ran} stand in it.`,
    );
  }
}

function unescaped(name: string): string {
  return name.replace(/\\([#\\])/gu, "$1").trim();
}
