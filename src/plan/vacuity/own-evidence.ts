import type { SimpleCommand } from "#model/shell-syntax";
import { type Invocation, operands } from "../shell/invocation.ts";
import { pathBelow } from "./shell-facts.ts";
import { type Scene, type Sight, blind, noteBlind } from "./strength.ts";
import { matchesAll } from "./test-words.ts";

/** Comparisons whose answer stands in the verification itself: a file with itself, a text it wrote with a pattern. */
export function ownEvidence(scene: Scene, command: SimpleCommand, invocation: Invocation): Sight | undefined {
  const rule = Object.hasOwn(rules, invocation.program) ? rules[invocation.program] : undefined;
  const why = rule?.(scene, command, invocation);
  if (why === undefined) return undefined;
  noteBlind(scene, command, why);
  return blind;
}

type EvidenceRule = (scene: Scene, command: SimpleCommand, invocation: Invocation) => string | undefined;

const compare: EvidenceRule = (scene, _command, { args }) => {
  const [left, right] = operands(args);
  if (left === undefined || right === undefined) return undefined;
  const places = [left, right].map((word) =>
    word.literal === undefined ? word.raw : (pathBelow(scene.facts.directory, word.literal) ?? word.literal),
  );
  const [first = "", second = ""] = places;
  if (first === second) return "it compares a thing with itself";
  const isCopy = [first, second].some((place, index) => {
    const file = scene.facts.files.at(place);
    return file?.own === true && file.copyOf === places[1 - index];
  });
  return isCopy ? "it compares a copy with what it was copied from" : undefined;
};

const search: EvidenceRule = (scene, command, { args, values }) => {
  const patterns = values.flatMap((value, index) =>
    value === "-e" || value === "--regexp" ? [values[index + 1] ?? ""] : [],
  );
  const words = operands(args, ["-e", "-f", "-A", "-B", "-C", "-m", "--include", "--exclude", "--exclude-dir"]);
  const own = patterns.length > 0 ? words : words.slice(1);
  const all = patterns.length > 0 ? patterns : [words[0]?.literal ?? "?"];
  const isNegated = values.some((value) => /^-[a-zA-Z]*[vL]/.test(value));
  if (!isNegated && all.some(matchesAll) && words[0]?.literal !== undefined) return "every line matches this pattern";
  if (!isNegated && takesBoth(all)) return "it takes both passed and failed for an answer";
  const isWritten = own.length > 0 && own.every((word) => isOwnText(scene, word.literal));
  const input = command.redirects.find(({ operator }) => operator === "<")?.target;
  return isWritten || (input !== undefined && isOwnText(scene, input.literal))
    ? "the verification itself wrote what it then finds"
    : undefined;
};

function isOwnText(scene: Scene, path: string | undefined): boolean {
  const place = path === undefined ? undefined : pathBelow(scene.facts.directory, path);
  const file = place === undefined ? undefined : scene.facts.files.at(place);
  return file?.own === true && file.text !== undefined;
}

/** Alternatives of a pattern that hold a word for success and one for failure. */
function takesBoth(patterns: readonly string[]): boolean {
  const words = patterns
    .flatMap((pattern) => pattern.split(/\\?\|/))
    .map((word) => word.replace(/[\\^$().*\s]/g, "").toLowerCase());
  return words.some((word) => successes.has(word)) && words.some((word) => failures.has(word));
}

const successes = new Set("pass passed passing ok success successful succeeded".split(" "));
const failures = new Set("fail failed failing failure failures error errors not".split(" "));

const constant: EvidenceRule = (_scene, _command, { args }) =>
  args.length > 0 &&
  args.every((word) => word.literal !== undefined && /^[\d\s+*/%<>=!&|()-]*$|^\w+=-?\d+$/.test(word.literal))
    ? "it reckons with numbers that stand in the command itself"
    : undefined;

const rules: Readonly<Record<string, EvidenceRule>> = {
  expr: constant,
  let: constant,
  diff: compare,
  cmp: compare,
  grep: search,
  egrep: search,
  fgrep: search,
  rg: search,
};
