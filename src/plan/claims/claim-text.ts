import type { Claim } from "#model/claim";
import type { ClaimForm } from "./forms/claim-form.ts";
import { forms } from "./forms/registry.ts";

/** What a `claim=` text says: claims, or what is wrong with it. */
export type ClaimReading =
  | { readonly claims: readonly Claim[]; readonly problem?: undefined }
  | { readonly claims: readonly []; readonly problem: string };

type AnyForm = ClaimForm<Claim["kind"]>;

const byWord: ReadonlyMap<string, AnyForm> = new Map(
  Object.values(forms).flatMap((form) => form.words.map((word) => [word, form as unknown as AnyForm] as const)),
);

/** The form of the little language, for messages. */
export const claimForms: string = Object.values(forms)
  .map((form) => form.example)
  .join(", ");

/** Reads the text of a `claim=` annotation; several claims are joined by `;`. */
export function readClaimText(text: string): ClaimReading {
  const claims: Claim[] = [];
  for (const part of splitClaims(text)) {
    const [, word = "", rest = ""] = /^(\S+)\s*([^]*)$/.exec(part) ?? [];
    const claim = byWord.get(word)?.read(rest.trim(), word) ?? `a claim is one of: ${claimForms}`;
    if (typeof claim === "string") return { claims: [], problem: claim };
    claims.push(claim);
  }
  return claims.length === 0 ? { claims: [], problem: `a claim is one of: ${claimForms}` } : { claims };
}

function splitClaims(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let quote = "";
  for (let index = 0; index < text.length; index++) {
    const sign = text[index] ?? "";
    if (quote !== "") quote = sign === quote ? "" : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === ";") {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)].flatMap((part) => part.trim() || []);
}

/** Writes a claim in the little language, so that reading it gives the claim again. */
export function writeClaim(claim: Claim): string {
  return (forms[claim.kind] as unknown as AnyForm).write(claim);
}
