import type { Comparison, FindingWord, FindingsClaim } from "#model/claim";
import type { ClaimFit, ClaimPattern } from "./claim-scene.ts";
import { comparisonForm, comparisonOf } from "./comparison.ts";
import { toolMeant } from "./tool-meant.ts";

const nouns = "errors?|warnings?|problems?|issues?|violations?|findings?|vulnerabilit(?:y|ies)";
const severe = String.raw`(?:(high|critical)(?:[ -]severity)?(?:(?: or | and |\/|, )(high|critical)(?:[ -]severity)?)? )?`;
const amount = `(?:(no|zero)|(?:${comparisonForm} )?(\\d{1,6}))`;
const counted = `${amount} ${severe}(?:(?:lint|linting|type|security|known) )?(${nouns})(?: (?:found|reported|left|remain))?`;

const reporting = new RegExp(
  String.raw`^(?:the )?(.{1,40}?):? (?:(?:reports?|shows?|finds?|gives?|has|returns?|counts?|prints?|is clean with|passes with|passes? \(?)(?:[: ]*))?\(?${counted}\)?$`,
  "i",
);

/** What a tool's summary must count for a word of the sentence. */
const words: Readonly<Record<string, FindingWord>> = {
  error: "errors",
  warning: "warnings",
  problem: "problems",
  issue: "problems",
  violation: "problems",
  finding: "problems",
  vulnerability: "vulnerabilities",
};

/** Tools that end with status 0 although they found something of a kind. */
const lenient: ReadonlySet<string> = new Set(["eslint", "stylelint", "oxlint", "biome"]);

/** `ESLint reports 0 warnings`, `npm audit finds no vulnerabilities`, `security scan: 0 high/critical issues`. */
export const findingsClaim: ClaimPattern = {
  name: "findings",
  isCued: (text) => /error|warning|problem|issue|violation|finding|vulnerab/i.test(text),
  fit(text, scene) {
    const match = reporting.exec(text);
    if (match === null) return undefined;
    const [, subject = "", nothing, comparison, number, high, other, noun = ""] = match;
    const operator: Comparison | undefined = nothing === undefined ? comparisonOf(comparison ?? "exactly") : "=";
    const meant = toolMeant(subject.replace(/^(?:all )/i, ""), scene);
    if (meant === undefined || operator === undefined) return undefined;
    const count = nothing === undefined ? Number(number) : 0;
    const singular = noun.toLowerCase().replace(/ies$/, "y").replace(/s$/, "");
    const severities = [high, other].flatMap((each) => (each === undefined ? [] : [each.toLowerCase() as FindingWord]));
    const word = words[singular] ?? "problems";
    if (severities.length === 0 && isToldByStatus(word, count, meant.tool)) return undefined;
    return fit(severities.length > 0 ? severities : [word], { tool: meant.tool, operator, count }, meant.near);
  },
};

/** Why: of most tools a status of 0 says that nothing was found; counts are only needed where it does not. */
function isToldByStatus(word: FindingWord, count: number, tool: string): boolean {
  return count === 0 && (word === "errors" || (word === "problems" && !lenient.has(tool)));
}

function fit(
  of: readonly FindingWord[],
  rest: Pick<FindingsClaim, "tool" | "operator" | "count">,
  near: boolean,
): ClaimFit {
  const claims = of.map((each) => ({ kind: "findings", of: each, ...rest }) as const);
  return near
    ? { claims, why: `it may mean \`${rest.tool}\` of another step`, near }
    : { claims, why: `\`${rest.tool}\` runs in the plan and counts them` };
}
