import { type TextObserver, lineSplitter } from "#journal/evidence";
import { bytesOf } from "#journal/redact";
import type { OutputReading } from "#model/run";
import { summaryShapes } from "./summaries/registry.ts";
import type { Tally } from "./summaries/summary.ts";
import { withoutEscapes } from "./without-escapes.ts";

/** Most alarms that are kept, and the longest text of one. */
const mostAlarms = 5;
const longestAlarm = 200;

/** `❌` in UTF-8, `FAIL` and its forms, `Error:`, at the start of a line; a count of zero is no alarm. */
const alarm = /^\s{0,12}(?:\u00e2\u009d\u008c|FAIL(?:ED|URES?|ING)?(?![A-Za-z])(?!\s{0,4}[:=]?\s{0,4}0(?!\d))|Error:)/;

/** Words without which no line tells anything; an escape sequence may stand inside of one. */
const words: readonly string[] = [
  "\u00e2\u009d\u008c",
  "FAIL",
  "Error:",
  "\u001b",
  ...new Set(summaryShapes.flatMap((shape) => shape.words)),
];
const telling = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")).join("|"), "g");

/** Reads an output for what it tells beyond the exit status; the text has one character per byte. */
export function createOutputReader(): TextObserver & { reading(): OutputReading } {
  const readers = summaryShapes.map((shape) => ({ shape, tally: { seen: false, passed: 0, failed: 0, skipped: 0 } }));
  const alarms: string[] = [];
  const lines = lineSplitter((line) => {
    const plain = withoutEscapes(line);
    if (alarms.length < mostAlarms && alarm.test(plain)) alarms.push(readable(plain));
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
    end: () => lines.end(),
    reading: () => ({ summaries: readers.flatMap(({ shape, tally }) => summaryOf(shape.tool, tally)), alarms }),
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
