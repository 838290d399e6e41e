import type { UnderstoodOutcome } from "#model/understanding";
import { writeClaim } from "./claim-text.ts";
import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";
import { pathClaim } from "./path-claim.ts";

/** The forms of promise that become claims, in the order they are tried. */
export const claimPatterns: readonly ClaimPattern[] = [pathClaim];

/** Longer texts are prose. */
const longest = 400;

/** What is made of an outcome: claims when a pattern fits all of it, a suggestion when one nearly does, else why it stays for a person. */
export function claimsOf(text: string, scene: ClaimScene): Pick<UnderstoodOutcome, "claims" | "suggestion" | "why"> {
  const fit = text.length > longest ? undefined : fitOf(text, scene);
  if (fit === undefined) return { claims: [], why: "no pattern fits it; it stays for a person" };
  if (fit.near !== true) return { claims: fit.claims, why: fit.why };
  const suggestion = `<!-- iplan: claim="${fit.claims.map(writeClaim).join("; ").replaceAll('"', "'")}" -->`;
  return { claims: [], suggestion, why: `${fit.why}; it stays for a person` };
}

function fitOf(text: string, scene: ClaimScene): ClaimFit | undefined {
  const statement = text.trim().replace(/[.!]$/, "");
  for (const pattern of claimPatterns) {
    const fit = pattern.fit(statement, scene);
    if (fit !== undefined) return fit;
  }
  return undefined;
}
