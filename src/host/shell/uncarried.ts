import type { Uncarried } from "#model/ports";
import type { Left } from "./dump.ts";

/** What a shell had at its end that no later block can be given, in the words a person knows it by. */
export function uncarriedOf(left: Left, before: Left): readonly Uncarried[] {
  return [
    ...left.jobs.map((pid) => ({ kind: "job" as const, what: `the background job ${pid}` })),
    ...descriptorsOf(left).map((what) => ({ kind: "descriptor" as const, what })),
    ...trapsOf(left.traps).map((what) => ({ kind: "trap" as const, what })),
    ...limitsOf(left.limits, before.limits).map((what) => ({ kind: "limit" as const, what })),
  ];
}

const standard: Readonly<Record<string, string>> = {
  "<0": "the redirected standard input",
  ">1": "the redirected standard output",
  ">2": "the redirected standard error",
};

// Why: bash keeps copies of its own from 10 on, so which of those is the user's cannot be told from the numbers.
const isHigh = (name: string): boolean => Number(name) >= 10;

function descriptorsOf({ descriptors: { before, after } }: Left): string[] {
  const opened = after.filter((name) => !before.includes(name));
  const closed = before.filter((name) => !after.includes(name));
  const redirected = opened.flatMap((name) => standard[name] ?? []);
  if ([...opened, ...closed].some(isHigh)) redirected.splice(0, redirected.length);
  const low = (names: readonly string[]) => names.filter((name) => Number(name) < 10);
  return [
    ...redirected,
    ...low(opened).map((name) => `the open descriptor ${name}`),
    ...(opened.some(isHigh) ? ["an open descriptor"] : []),
    ...low(closed).map((name) => `the closed descriptor ${name}`),
    ...(closed.some(isHigh) ? ["the closed standard output or error"] : []),
  ];
}

/** Names of the traps in what `trap -p` prints; the shell's own three dots of an action may hold anything. */
function trapsOf(text: string): string[] {
  return ["DEBUG", "RETURN"].filter((name) => text.includes(` ${name}\n`)).map((name) => `the trap on ${name}`);
}

function limitsOf(now: readonly string[], before: readonly string[]): string[] {
  const changed = now.filter((line) => !before.includes(line));
  return changed.map((line) => `the limit of ${line.slice(0, line.indexOf("(")).trim()}`);
}
