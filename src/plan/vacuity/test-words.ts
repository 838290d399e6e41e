import type { ShellScript, ShellWord } from "#model/shell-syntax";
import { bareText } from "./glob-words.ts";
import { type Strength, both, either } from "./strength.ts";

/** What is asked about the parts of a test that its words alone do not tell. */
export interface TestQuestions {
  /** How it is asked whether a substitution prints anything. */
  readonly prints: (script: ShellScript) => Strength;
  /** The verification itself made what lies at this path. */
  readonly isMade: (path: string) => boolean;
  /** The words stand in `[[ … ]]`, where nothing is split. */
  readonly isWhole: boolean;
}

/** What the failure of a test tells, with why it tells nothing. */
export interface TestSight {
  readonly strength: Strength;
  readonly why?: string;
}

const constant = "it compares texts that stand in the command itself";
const sure = (why: string): TestSight => ({ strength: "never", why });
const asks: TestSight = { strength: "checks" };

/** Words that join parts of a test, or group them. */
const signs: ReadonlySet<string> = new Set(["||", "-o", "&&", "-a", "(", ")", "\\(", "\\)"]);

/** Judges the words of `test`, `[ … ]` or `[[ … ]]`: parts joined by `-a`, `-o`, `&&`, `||`. */
export function judgeWords(words: readonly ShellWord[], questions: TestQuestions): TestSight {
  // Why: nearly every test asks one thing.
  if (!words.some((word) => signs.has(word.raw))) return judgeAll([words], questions);
  if (words.some((word) => /^\\?[()]$/.test(word.raw))) return asks;
  const alternatives = split(words, ["||", "-o"]).map((part) => judgeAll(split(part, ["&&", "-a"]), questions));
  const [first = sure(constant)] = alternatives;
  const strength = alternatives.map((each) => each.strength).reduce(both);
  const why = alternatives.find((each) => each.why !== undefined)?.why;
  return strength === "checks" || why === undefined ? { ...first, strength } : { strength, why };
}

function judgeAll(parts: readonly (readonly ShellWord[])[], questions: TestQuestions): TestSight {
  const seen = parts.map((part) => judgePart(part, questions));
  const strength = either(...seen.map((each) => each.strength));
  const why = seen.find((each) => each.why !== undefined)?.why;
  return strength === "checks" || why === undefined ? { strength } : { strength, why };
}

function split(words: readonly ShellWord[], operators: readonly string[]): readonly (readonly ShellWord[])[] {
  const parts: ShellWord[][] = [[]];
  for (const [index, word] of words.entries()) {
    // Why: in front of an operand `-a` and `-o` are no operators.
    if (operators.includes(word.raw) && index > 0) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
}

function judgePart(words: readonly ShellWord[], questions: TestQuestions): TestSight {
  const [first, ...rest] = words;
  if (first === undefined) return { strength: "always" };
  if (first.raw === "!" && rest.length > 0) return negated(judgePart(rest, questions));
  const [second, third] = rest;
  if (second === undefined) return judgeText(first, questions, false);
  if (third === undefined) return judgeUnary(first.raw, second, questions);
  return judgeBinary(first, second.raw, third);
}

function negated(sight: TestSight): TestSight {
  if (sight.strength === "never") return { strength: "always" };
  return sight.strength === "always" ? sure(constant) : sight;
}

/** `[ text ]` and `[ -n text ]`. */
function judgeText(word: ShellWord, questions: TestQuestions, unary: boolean): TestSight {
  if (word.literal !== undefined) return word.literal === "" ? { strength: "always" } : sure(constant);
  if (unary && !questions.isWhole && isUnquoted(word))
    return sure("without quotes `-n` is true of an empty variable too; write it in quotes");
  if (isAlwaysSet(word)) return sure("that variable is always set");
  const [script] = word.substitutions;
  if (script === undefined) return asks;
  const strength = questions.prints(script);
  return strength === "checks" ? asks : { strength, why: "any output passes it, whatever it says" };
}

function isUnquoted(word: ShellWord): boolean {
  return /^\$\{?\w+\}?$/.test(word.raw);
}

const alwaysSet = new Set([
  "HOME",
  "PATH",
  "PWD",
  "SHELL",
  "USER",
  "UID",
  "CI",
  "BASH",
  "BASH_VERSION",
  "BASHPID",
  "RANDOM",
  "SECONDS",
]);

function isAlwaysSet(word: ShellWord): boolean {
  const name = /^"?\$\{?(\w+|\$|0)\}?"?$/.exec(word.raw)?.[1];
  return name !== undefined && (name === "$" || name === "0" || alwaysSet.has(name));
}

/** Places that are there on every machine. */
const everywhere =
  /^(?:\.|\.\/|\/|\/(?:bin|usr|etc|tmp|dev|home|var|usr\/bin|usr\/lib)\/?|\/bin\/(?:sh|ls|true|false|cat)|\/dev\/null|~\/?|\$HOME|\$PWD)$/;

function judgeUnary(operator: string, word: ShellWord, questions: TestQuestions): TestSight {
  if (operator === "-n") return judgeText(word, questions, true);
  if (operator === "-z") return negated(judgeText(word, { ...questions, prints: () => "checks" }, false));
  if (!/^-[abcdefghkLNoOprsStuvwxGR]$/.test(operator)) return asks;
  const path = word.literal ?? word.raw.replace(/^"|"$/g, "");
  if (/^-[abcdefghkLNOprsSuwxG]$/.test(operator)) {
    if (everywhere.test(path)) return sure(`\`${path}\` is there on every machine`);
    if (word.literal !== undefined && questions.isMade(word.literal))
      return sure("the verification itself makes what it then finds");
  }
  return asks;
}

const relations: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "-eq": (a, b) => a === b,
  "-ne": (a, b) => a !== b,
  "-lt": (a, b) => a < b,
  "-le": (a, b) => a <= b,
  "-gt": (a, b) => a > b,
  "-ge": (a, b) => a >= b,
};

/** Numbers of the shell itself, which say nothing of the world. */
const ownNumbers = /^"?\$\{?(?:\$|#|BASHPID|RANDOM|SECONDS|LINENO)\}?"?$/;

function judgeBinary(left: ShellWord, operator: string, right: ShellWord): TestSight {
  const compare = relations[operator];
  if (ownNumbers.test(left.raw) && right.literal !== undefined) return sure("it asks a number of the shell itself");
  if (left.literal !== undefined && right.literal !== undefined) {
    if (operator === "-nt" || operator === "-ot" || operator === "-ef") return asks;
    if (compare !== undefined)
      return compare(Number(left.literal), Number(right.literal)) ? sure(constant) : { strength: "always" };
    if (operator === "=" || operator === "==")
      return left.literal === right.literal ? sure(constant) : { strength: "always" };
    return sure(constant);
  }
  if (left.raw === right.raw && ["=", "==", "-eq", "-le", "-ge", "-ef"].includes(operator))
    return sure("it compares a text with itself");
  if (compare !== undefined) return judgeBound(operator, Number(right.literal ?? Number.NaN));
  const pattern = bareText(right.raw) === right.raw ? right.raw : undefined;
  if ((operator === "=" || operator === "==") && pattern !== undefined && /^\*+$/.test(pattern))
    return sure("every text matches `*`");
  if (operator === "=~" && pattern !== undefined && matchesAll(pattern)) return sure("every text matches this pattern");
  return asks;
}

/** A count is never less than nothing. */
function judgeBound(operator: string, bound: number): TestSight {
  const passes = (operator === "-ge" && bound <= 0) || (operator === "-gt" && bound < 0);
  return passes ? sure("every count is at least that") : asks;
}

/** True for a regular expression that every line matches. */
export function matchesAll(pattern: string): boolean {
  return /^\^?(?:\.\*)?\$?$/.test(pattern.replace(/^(["'])(.*)\1$/, "$2"));
}

/** Judges `(( … ))`: constants, and bounds that nothing can miss. */
export function judgeArithmetic(words: readonly ShellWord[]): TestSight {
  const text = words
    .map((word) => word.raw)
    .join(" ")
    .trim();
  if (/^[\d\s+*/%<>=!&|()-]*$/.test(text)) return sure(constant);
  const bound = /(>=?)\s*(-?\d+)$/.exec(text);
  if (bound === null || /&&|\|\||<|==/.test(text)) return asks;
  return judgeBound(bound[1] === ">=" ? "-ge" : "-gt", Number(bound[2]));
}
