import type { Finding } from "#model/finding";

/** What rules that look at a document alone made of it: plain values that can be sent to another thread and kept. */
export interface AloneResult {
  /** Id that the text of a plan states. */
  readonly planId?: string;
  /** Findings after which nothing else can be said. */
  readonly voiding: readonly Finding[];
  readonly findings: readonly Finding[];
  /** One letter for each rule, in the order of the rules; see `outcomeLetter`. */
  readonly outcomes: string;
}

/** How a rule came out: `checked`, not applicable to the document, or not asked as it looks further. */
export const outcomeLetter = { checked: "c", notApplicable: "n", unasked: "-" } as const;
