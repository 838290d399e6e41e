import type { Claim } from "#model/understanding";
import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";
import { isLinearPattern } from "./linear-pattern.ts";

const quoted = String.raw`(?:"([^"]{1,200})"|'([^']{1,200})'|\x60([^\x60]{1,200})\x60|“([^”]{1,200})”)`;
const subject = String.raw`(?:(?:the )?(?:\w+ )?(?:output|command|script|log|console|result|response|it|stdout|terminal|program) )?`;
const verbs =
  "contains?|prints?|printed|shows?|displays?|displayed|outputs?|includes?|says?|reads?|returns?|should (?:contain|show|print|display|include|output|return|say|read)";

const present = new RegExp(String.raw`^${subject}(?:${verbs}):? (?:the (?:text|line|message|word) )?${quoted}$`, "i");
const edge = new RegExp(`^${subject}(?:(starts|begins)|ends) with:? (?:the (?:text|line|word) )?${quoted}$`, "i");
const standing = new RegExp(
  String.raw`^${quoted} (?:is |gets )?(?:printed|shown|displayed|output|appears|in (?:the )?output|appears in (?:the )?output)$`,
  "i",
);
const missing = new RegExp(
  String.raw`^(?:no ${quoted} (?:in|appears in) (?:the )?output|(?:the )?output (?:does not contain|lacks|contains no) ${quoted})$`,
  "i",
);
const matching = /^(?:the )?output (?:matches|should match) \/(.{1,200})\/$/i;

/** `output contains "ready"`, `prints "5 passed"`, `output matches /[0-9]+ passed/`, `# Expected: PONG`. */
export const outputClaim: ClaimPattern = {
  name: "output",
  isCued: (text, { command }) => command !== undefined || /["'`“/]/.test(text),
  fit(text, scene) {
    const pattern = matching.exec(text)?.[1];
    if (pattern !== undefined) return isLinearPattern(pattern) ? said(pattern, "regex", "present", scene) : undefined;
    const absent = missing.exec(text);
    if (absent !== null) return said(firstGroup(absent), "literal", "absent", scene);
    const part = edge.exec(text);
    if (part !== null) return atEdge(part, scene);
    if (scene.command !== undefined && empty.test(text)) return said(".", "regex", "absent", scene);
    const equal = scene.command === undefined ? null : equalling.exec(text);
    if (equal !== null) return said(`^\\s*${equal[1]}\\s*$`, "regex", "present", scene);
    const found = present.exec(text) ?? standing.exec(text);
    return found === null ? expected(text, scene) : said(firstGroup(found), "literal", "present", scene);
  },
};

/** `# Should return nothing`, `# Expected: 0 matches` behind a search. */
const empty =
  /^(?:should )?(?:(?:return|print|show|give|output|be|have|find|produce)s?:? )?(?:nothing|no output|no (?:matches|results|lines|hits)|0 (?:matches|results|lines|hits)|empty)$/i;
const equalling = /^(?:[\w ]{1,60}, )?should (?:equal|be|return|print|show) (\d{1,9})$/i;

/** Why: what an output begins or ends with is a line of it, for nobody counts prompts and blank lines. */
function atEdge(match: RegExpExecArray, scene: ClaimScene): ClaimFit | undefined {
  const text = firstGroup(match.slice(1));
  const safe = text.replace(/[^\p{L}\p{N}\s]/gu, "\\$&");
  return said(match[1] === undefined ? `${safe}$` : `^${safe}`, "regex", "present", scene, true);
}

function firstGroup(match: readonly (string | undefined)[]): string {
  return match.slice(1).find((group) => group !== undefined) ?? "";
}

function said(
  text: string,
  form: "literal" | "regex",
  expect: "present" | "absent",
  { command }: ClaimScene,
  near = false,
): ClaimFit {
  const claim: Claim = {
    kind: "output",
    text,
    form,
    expect,
    ...(command === undefined ? {} : { command: command.trim() }),
  };
  return {
    claims: [claim],
    why: near ? "it reads like a text in the output" : "it names a text in the output",
    ...(near ? { near } : {}),
  };
}

/** The comment `# Expected: TEXT` or `# Should be TEXT` behind a command: a single word, a number or a quoted text is literal output. */
function expected(text: string, scene: ClaimScene): ClaimFit | undefined {
  if (scene.command === undefined || (scene.form !== "expected" && scene.form !== "should-be")) return undefined;
  const whole = new RegExp(`^${quoted}$`).exec(text);
  if (whole !== null) return said(firstGroup(whole), "literal", "present", scene);
  if (/^-?\d+(?:\.\d+)?$/.test(text))
    return said(`^\\s*${text.replaceAll(".", "\\.")}\\s*$`, "regex", "present", scene);
  // Why: `3.11+` is a bound on a version, whatever command stands before it; no tool prints the plus.
  if (/^v?\d+(?:\.\d+)*\+$/.test(text)) return undefined;
  if (/^[\w./:@+=-]{1,80}$/.test(text) && !judging.test(text)) return said(text, "literal", "present", scene);
  return scene.form === "expected" && /^[^`]{1,80}$/.test(text) && !judging.test(text)
    ? said(text, "literal", "present", scene, true)
    : undefined;
}

/** Words that speak about an output instead of being it. */
const judging =
  /^(?:yes|no|none|nothing|empty|success(?:ful)?|passe?s?|passed|clean|similar|something|present|exists?|installed|done|complete)$|\b(?:or similar|should|all|any|some|each|both|every|no|at least|at most|similar|without|with)\b/i;
