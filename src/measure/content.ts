import type {
  CoverageTotal,
  CoveredFile,
  FindingCounts,
  ReportContent,
  TestFigure,
  TestStatus,
  Timing,
} from "#model/figures";

/** Most tests, files or timings that are kept of one report; all are counted. */
export const mostKept = 50_000;
const mostNotes = 20;
const longestText = 400;

/** Gathers what a report tells, within bounds however large it is. */
export class ContentBuilder {
  tool: string | undefined;
  commit: string | undefined;
  readonly coverage: CoverageTotal[] = [];
  readonly files: CoveredFile[] = [];
  readonly timings: Timing[] = [];
  readonly findings: FindingCounts[] = [];
  readonly #others: TestFigure[] = [];
  readonly #passed: TestFigure[] = [];
  readonly #counts: Record<TestStatus, number> = { passed: 0, failed: 0, skipped: 0, undefined: 0 };
  readonly #notes = new Set<string>();
  #incomplete = false;
  #hasTests = false;

  /** Says that the report is one of tests, even if it has none. */
  expectTests(): void {
    this.#hasTests = true;
  }

  test(figure: TestFigure): void {
    this.#hasTests = true;
    this.#counts[figure.status]++;
    const kept = figure.status === "passed" ? this.#passed : this.#others;
    if (kept.length < mostKept) kept.push(withOwnTexts(figure));
  }

  file(file: CoveredFile): void {
    if (this.files.length < mostKept) this.files.push({ ...file, path: ownText(file.path) });
  }

  timing(timing: Timing): void {
    if (this.timings.length < mostKept) this.timings.push(timing);
  }

  /** Remembers in one sentence what could not be read. */
  note(sentence: string): void {
    if (this.#notes.size < mostNotes) this.#notes.add(shortText(sentence));
  }

  /** The same of a report that does not hold all it should. */
  lacks(sentence: string): void {
    this.#incomplete = true;
    this.note(sentence);
  }

  counted(status: TestStatus): number {
    return this.#counts[status];
  }

  build(): ReportContent {
    const tests = [...this.#others, ...this.#passed].slice(0, mostKept);
    const all = Object.values(this.#counts).reduce((sum, each) => sum + each, 0);
    if (all > tests.length) this.note(`Of its ${all} tests ${tests.length} are listed; all are counted.`);
    return {
      ...(this.tool === undefined ? {} : { tool: this.tool }),
      ...(this.commit === undefined ? {} : { commit: this.commit }),
      complete: !this.#incomplete,
      tests,
      ...(this.#hasTests ? { counts: { ...this.#counts } } : {}),
      coverage: this.coverage,
      files: this.files,
      timings: this.timings,
      findings: this.findings,
      notes: [...this.#notes],
    };
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The text by itself: a piece of a text keeps the whole text in memory, of a large report all that was read of it. */
export function ownText(text: string): string {
  return decoder.decode(encoder.encode(text));
}

function withOwnTexts(figure: TestFigure): TestFigure {
  const { path, message } = figure;
  return {
    ...figure,
    id: ownText(figure.id),
    name: ownText(figure.name),
    ...(path === undefined ? {} : { path: ownText(path) }),
    ...(message === undefined ? {} : { message: ownText(message) }),
  };
}

/** A text of a report within bounds, for messages and names. */
export function shortText(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}

/** The first line that says something. */
export function firstLineOf(text: string): string {
  return shortText(/\S[^\n\r]*/u.exec(text.slice(0, 4 * longestText))?.[0].trim() ?? "");
}

/** A share that can be: neither negative nor more than all; says so otherwise. */
export function isShare(content: ContentBuilder, what: string, covered: number, total: number): boolean {
  if (Number.isFinite(covered) && Number.isFinite(total) && covered >= 0 && covered <= total) return true;
  content.lacks(`${what}: ${covered} of ${total} is no share.`);
  return false;
}
