/**
 * Lines that say that something failed, whatever the exit status says: crosses (`❌ ✗ ✘` in UTF-8; `✖` stands before counts of warnings, too), `FAIL` and its forms, `not ok`,
 * `Error:` and its kin, a trace of Python, the last word of builders, and what bash itself complains of.
 */
const atStart =
  /^\s{0,12}(?:\u00e2(?:\u009d\u008c|\u009c[\u0097\u0098])|FAIL(?:ED|URES?|ING)?(?![A-Za-z])(?!\s{0,4}[:=]?\s{0,4}0(?!\d))|(?:Error|ERROR|error|fatal|FATAL|panic):(?!\s{0,4}0(?!\d))|not ok \d|BUILD FAIL|\[ERROR\] |Traceback \(most recent|npm (?:ERR!|error) )/;

const ofBash = /: line \d{1,6}: .{1,200}: (?:command not found|No such file or directory|Permission denied)$/;

/** True for a line that contradicts an exit status of 0; a count of zero failures does not. */
export function isAlarm(line: string): boolean {
  return atStart.test(line) || (line.includes(": line ") && ofBash.test(line));
}

/** Without any of these words no line is an alarm. */
export const alarmWords: readonly string[] = [
  "\u00e2\u009d\u008c",
  "\u00e2\u009c",
  "FAIL",
  "rror:",
  "ERROR",
  "fatal:",
  "FATAL:",
  "panic:",
  "not ok ",
  "Traceback ",
  "npm ERR!",
  "npm error",
  ": line ",
];
