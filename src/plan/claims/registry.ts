import type { UnderstoodOutcome } from "#model/understanding";
import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";
import { writeClaim } from "./claim-text.ts";
import { cleanClaim } from "./clean-claim.ts";
import { contentClaim } from "./content-claim.ts";
import { countClaim } from "./count-claim.ts";
import { coverageClaim } from "./coverage-claim.ts";
import { definitionClaim } from "./definition-claim.ts";
import { durationClaim } from "./duration-claim.ts";
import { exitClaim } from "./exit-claim.ts";
import { findingsClaim } from "./findings-claim.ts";
import { gitClaim } from "./git-claim.ts";
import { importClaim } from "./import-claim.ts";
import { installedClaim } from "./installed-claim.ts";
import { namedFilesClaim } from "./named-files-claim.ts";
import { numberClaim } from "./number-claim.ts";
import { outputClaim } from "./output-claim.ts";
import { pathClaim } from "./path-claim.ts";
import { portClaim } from "./port-claim.ts";
import { processClaim } from "./process-claim.ts";
import { rowClaim } from "./row-claim.ts";
import { hasBlanks, isHedged } from "./sentence.ts";
import { sizeClaim } from "./size-claim.ts";
import { testsClaim } from "./tests-claim.ts";
import { treeClaim } from "./tree-claim.ts";
import { urlClaim } from "./url-claim.ts";
import { validClaim } from "./valid-claim.ts";
import { valueClaim } from "./value-claim.ts";
import { variableClaim } from "./variable-claim.ts";
import { versionClaim } from "./version-claim.ts";

/** The forms of promise that become claims, in the order they are tried. */
export const claimPatterns: readonly ClaimPattern[] = [
  versionClaim,
  countClaim,
  namedFilesClaim,
  testsClaim,
  coverageClaim,
  findingsClaim,
  cleanClaim,
  exitClaim,
  durationClaim,
  importClaim,
  urlClaim,
  portClaim,
  processClaim,
  variableClaim,
  installedClaim,
  gitClaim,
  valueClaim,
  validClaim,
  sizeClaim,
  definitionClaim,
  contentClaim,
  treeClaim,
  rowClaim,
  numberClaim,
  pathClaim,
  outputClaim,
];

/** Longer texts are prose. */
const longest = 400;
/** More parts are a paragraph. */
const mostParts = 6;

/** What is made of an outcome: claims when a pattern fits all of it, a suggestion when one nearly does, else why it stays for a person. */
export function claimsOf(text: string, scene: ClaimScene): Pick<UnderstoodOutcome, "claims" | "suggestion" | "why"> {
  const statement = plain(text);
  const readable = text.length <= longest && !hasBlanks(statement);
  const fit = readable ? hedged(fitOf(statement, scene), statement) : undefined;
  if (fit === undefined) return { claims: [], why: "no pattern fits it; it stays for a person" };
  if (fit.near !== true) return { claims: fit.claims, why: fit.why };
  return { claims: [], ...suggested(fit.claims.map(writeClaim).join("; ")), why: `${fit.why}; it stays for a person` };
}

/** Why: what holds under conditions, later or perhaps is not promised; one may still want it checked. */
function hedged(fit: ClaimFit | undefined, statement: string): ClaimFit | undefined {
  if (fit === undefined || fit.near === true || !isHedged(statement)) return fit;
  return { ...fit, why: "it says so under a condition, or not for certain", near: true };
}

/** The annotation one may insert; none when the text would end the comment. */
function suggested(written: string): Pick<UnderstoodOutcome, "suggestion"> {
  if (written.includes("--")) return {};
  const single = written.includes('"') && !/['\\]/.test(written);
  const value = single ? `'${written}'` : `"${written.replace(/[\\"]/g, "\\$&")}"`;
  return { suggestion: `<!-- iplan: claim=${value} -->` };
}

/** The statement without its glyph, emphasis and full stop. */
function plain(text: string): string {
  return text
    .trim()
    .replace(/^(?:✅|✓|✔|☑|☐|❌)\uFE0F?\s*/u, "")
    .replaceAll("**", "")
    .replace(/\s*\((?:target(?: achieved)?:? )?(?:✅|❌|⏳|☐|☑)(?:\s*\/\s*(?:✅|❌|⏳|☐|☑))*\)$/u, "")
    .replace(/^(?:verify|confirm|ensure|check|make sure)(?: that)? (?=\S)/i, "")
    .replace(/[.!]$/, "")
    .trim();
}

function fitOf(statement: string, scene: ClaimScene): ClaimFit | undefined {
  const whole = firstFit(statement, scene);
  if (whole !== undefined && whole.near !== true) return whole;
  return ofParts(statement, scene) ?? whole;
}

function firstFit(statement: string, scene: ClaimScene): ClaimFit | undefined {
  let near: ClaimFit | undefined;
  for (const pattern of claimPatterns) {
    const fit = pattern.isCued(statement, scene) ? pattern.fit(statement, scene) : undefined;
    if (fit !== undefined && fit.near !== true) return fit;
    near ??= fit;
  }
  return near;
}

/** A sentence of several parts is a claim only when each part is; else the parts that are can be offered. */
function ofParts(statement: string, scene: ClaimScene): ClaimFit | undefined {
  const parts = statement.split(/;\s+|,\s+(?:and\s+)?|\s+and\s+/).filter((part) => part !== "");
  if (parts.length < 2 || parts.length > mostParts) return undefined;
  const fits = parts.map((part) => firstFit(part, scene));
  const exact = fits.flatMap((fit) => (fit === undefined || fit.near === true ? [] : [fit]));
  const claims = exact.flatMap((fit) => fit.claims);
  if (claims.length === 0) return undefined;
  if (exact.length === parts.length) return { claims, why: "each of its parts is one" };
  // Why: "endpoints and services under 50 ms" has one subject of two words, not two statements.
  if (parts.some((part, index) => fits[index] === undefined && part.split(" ").length < 3)) return undefined;
  return { claims, why: "only a part of it can be checked", near: true };
}
