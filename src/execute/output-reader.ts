import { type TextObserver, lineSplitter } from "#journal/evidence";
import { bytesOf } from "#journal/redact";
import type { OutputReading } from "#model/run";
import { alarmWords, isAlarm } from "./alarms.ts";
import { summaryShapes } from "./summaries/registry.ts";
import type { Tally } from "./summaries/summary.ts";
import { withoutEscapes } from "./without-escapes.ts";

/** Most alarms that are kept, and the longest text of one. */
const mostAlarms = 5;
const longestAlarm = 200;

/** Words without which no line tells anything; an escape sequence may stand inside of one. */
const words = new Set(["\u001b", ...alarmWords, ...summaryShapes.flatMap((shape) => shape.words)]);
const telling = new RegExp([...words].map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")).join("|"), "g");

/** Reads an output for what it tells beyond the exit status; the text has one character per byte. */
export interface OutputReader extends TextObserver {
  /** What the stretches between the marks tell, in order; the last is what stands behind the last mark. */
  readings(): readonly OutputReading[];
}

/** Makes a reader that reads each stretch between two marks for itself. */
export function createOutputReader(): OutputReader {
  let stretch = createStretch();
  const done: OutputReading[] = [];
  return {
    push: (text) => stretch.push(text),
    mark() {
      done.push(stretch.reading());
      stretch = createStretch();
    },
    end: () => undefined,
    readings: () => [...done, stretch.reading()],
  };
}

interface Stretch {
  push(text: string): void;
  reading(): OutputReading;
}

function createStretch(): Stretch {
  const readers = summaryShapes.map((shape) => ({ shape, tally: { seen: false, passed: 0, failed: 0, skipped: 0 } }));
  const alarms: string[] = [];
  const lines = lineSplitter((line) => {
    const plain = withoutEscapes(line);
    if (alarms.length < mostAlarms && isAlarm(plain)) alarms.push(readable(plain));
    for (const { shape, tally } of readers) {
      if (shape.words.some((word) => plain.includes(word))) shape.read(plain, tally);
    }
  });
  let atLineStart = true;
  return {
    push(text) {
      // Why: most of a long output is read only here, a piece of whole lines at a time.
      const whole = atLineStart && text.endsWith("\n");
      atLineStart = text.endsWith("\n");
      if (whole) pushTelling(text, lines);
      else lines.push(text);
    },
    reading() {
      lines.end();
      return { summaries: readers.flatMap(({ shape, tally }) => summaryOf(shape.tool, tally)), alarms };
    },
  };
}

/** Hands on the lines of a text of whole lines that may tell something. */
function pushTelling(text: string, lines: TextObserver): void {
  telling.lastIndex = 0;
  for (let found = telling.exec(text); found !== null; found = telling.exec(text)) {
    const end = text.indexOf("\n", found.index) + 1;
    lines.push(text.slice(text.lastIndexOf("\n", found.index) + 1, end));
    telling.lastIndex = end;
  }
}

function summaryOf(tool: string, { seen, passed, failed, skipped }: Tally): OutputReading["summaries"] {
  return seen ? [{ tool, passed: Math.max(0, passed), failed, skipped }] : [];
}

function readable(binary: string): string {
  return new TextDecoder("utf-8").decode(bytesOf(binary)).trim().slice(0, longestAlarm);
}

/** What several outputs tell together. */
export function joinReadings(readings: readonly OutputReading[]): OutputReading {
  const tools = new Map<string, OutputReading["summaries"][number]>();
  for (const { summaries } of readings) {
    for (const each of summaries) {
      const { tool, passed, failed, skipped } = each;
      const known = tools.get(tool) ?? { tool, passed: 0, failed: 0, skipped: 0 };
      tools.set(tool, {
        tool,
        passed: known.passed + passed,
        failed: known.failed + failed,
        skipped: known.skipped + skipped,
      });
    }
  }
  return { summaries: [...tools.values()], alarms: readings.flatMap(({ alarms }) => alarms).slice(0, mostAlarms) };
}

/** True when an output tells anything. */
export function hasTold({ summaries, alarms, missing }: OutputReading): boolean {
  return summaries.length > 0 || alarms.length > 0 || (missing?.length ?? 0) > 0;
}
