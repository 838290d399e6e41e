import type { JournalEvent, Verdict } from "#model/run";
import type { StepUnit, UnderstoodPlan } from "#model/understanding";
import { escapeControls, oneLine, withoutBlockFile } from "./escape.ts";
import { duration } from "./layout.ts";
import { type Paint, paintGlyph, paintVerdict } from "./paint.ts";

/** Where progress goes: lines that stay, and one line that is redrawn where that is possible. */
export interface ProgressSink {
  line(text: string): void;
  /** Absent where lines cannot be redrawn. */
  live: ((text: string) => void) | undefined;
  now(): number;
}

/** Shows a run as it happens: a line for each step when it is decided, and the command that runs now below. */
export interface RunProgress {
  event(event: JournalEvent): void;
  output(unit: string, text: string): void;
  notice(text: string): void;
  /** Redraws the running time. */
  tick(): void;
  end(): void;
}

/** Lines of a failed step that are shown; the log has all of them. */
const shownLines = 12;

/** Makes the progress of one run of a plan. */
export function createRunProgress(
  understood: UnderstoodPlan,
  sink: ProgressSink,
  paint: Paint,
  width: number,
): RunProgress {
  return new Progress(understood, sink, paint, width);
}

interface Current {
  readonly unit: string;
  readonly role: string;
  readonly since: number;
}

class Progress implements RunProgress {
  readonly #understood: UnderstoodPlan;
  readonly #sink: ProgressSink;
  readonly #paint: Paint;
  readonly #width: number;
  readonly #log = new Map<string, string>();
  #current: Current | undefined;
  #started = new Map<string, number>();
  #tail: string[] = [];
  #partial = "";

  constructor(understood: UnderstoodPlan, sink: ProgressSink, paint: Paint, width: number) {
    this.#understood = understood;
    this.#sink = sink;
    this.#paint = paint;
    this.#width = width;
  }

  event(event: JournalEvent): void {
    if (event.type === "block-started") this.#blockStarted(event.unit, event.role);
    else if (event.type === "block-ended") this.#blockEnded(event.unit, event.evidence.output?.file);
    else if (event.type === "verdict" && event.kind === "step") this.#decided(event.unit, event.verdict, event.reason);
    else if (event.type === "skipped") this.#decided(event.unit, "skipped", event.reason);
    else if (event.type === "handoff") this.#decided(event.unit, "handoff", event.reason);
    else if (event.type === "leftover" && event.action !== "kept") {
      this.notice(this.#leftover(event));
    }
  }

  output(_unit: string, text: string): void {
    const lines = (this.#partial + text).split("\n");
    this.#partial = (lines.pop() ?? "").slice(-2000);
    this.#tail = [...this.#tail, ...lines.filter((line) => line.trim() !== "")].slice(-shownLines);
    this.tick();
  }

  notice(text: string): void {
    this.#sink.line(`  ${this.#paint.dim(escapeControls(text))}\n`);
  }

  tick(): void {
    const current = this.#current;
    if (current === undefined || this.#sink.live === undefined) return;
    const step = this.#stepOf(current.unit);
    const title = step === undefined ? current.unit : `Step ${step.number}: ${step.title}`;
    const last = this.#tail.at(-1);
    const shown = `  … ${title} (${current.role}) ${duration(this.#sink.now() - current.since)}${last === undefined ? "" : `  ${withoutBlockFile(last)}`}`;
    this.#sink.live(this.#paint.dim(oneLine(shown, this.#width - 1)));
  }

  end(): void {
    this.#current = undefined;
    this.#sink.live?.("");
  }

  #leftover({ unit, action, processes, service, output }: Extract<JournalEvent, { type: "leftover" }>): string {
    const pids = processes.map((entry) => entry.pid).join(", ");
    if (service === undefined) return `${action === "listed" ? "still running after its block" : "ended"}: ${pids}`;
    const name = `the service of step ${this.#stepOf(unit)?.number ?? unit}`;
    if (action === "listed") return `${name} runs: ${pids}`;
    return `ended ${name}: ${pids}${output?.file === undefined ? "" : `; what it printed: ${output.file}`}`;
  }

  #blockStarted(unit: string, role: string): void {
    const now = this.#sink.now();
    if (!this.#started.has(unit)) this.#started.set(unit, now);
    this.#current = { unit, role, since: now };
    this.#tail = [];
    this.#partial = "";
    this.tick();
  }

  #blockEnded(unit: string, log: string | undefined): void {
    if (log !== undefined) this.#log.set(unit, log);
  }

  #decided(unit: string, verdict: Verdict, reason: string): void {
    const step = this.#stepOf(unit);
    if (step === undefined) return;
    const since = this.#started.get(unit);
    this.#started.delete(unit);
    this.#current = undefined;
    const time = since === undefined ? "" : this.#paint.dim(`  ${duration(this.#sink.now() - since)}`);
    const title = oneLine(`Step ${step.number}: ${step.title}`, this.#width - 30);
    const word = verdict === "verified" ? "" : `  ${paintVerdict(this.#paint, verdict)}`;
    this.#sink.line(`${paintGlyph(this.#paint, verdict)} ${title}${time}${word}\n`);
    if (verdict !== "verified") this.#why(unit, verdict, reason);
  }

  #why(unit: string, verdict: Verdict, reason: string): void {
    for (const line of reason.split("\n")) this.#sink.line(`    ${oneLine(line, this.#width - 4)}\n`);
    if (verdict !== "failed" && verdict !== "suspect") return;
    const tail = [...this.#tail, ...(this.#partial.trim() === "" ? [] : [this.#partial])].slice(-shownLines);
    for (const line of tail)
      this.#sink.line(`    ${this.#paint.dim("│")} ${oneLine(withoutBlockFile(line), this.#width - 6)}\n`);
    const log = this.#log.get(unit);
    if (log !== undefined) this.#sink.line(`    ${this.#paint.dim(`all of it: ${log}`)}\n`);
  }

  #stepOf(unit: string): StepUnit | undefined {
    return this.#understood.steps.find((step) => step.key === unit);
  }
}
