import type { Verdict } from "#model/run";
import { verdictGlyphs } from "../paint.ts";
import { type Markup, markup } from "./markup.ts";

/** How a verdict is toned; sign and word carry the meaning, the tone only repeats it. */
export const verdictTones: Readonly<Record<Verdict, "good" | "bad" | "warn" | "calm" | "idle">> = {
  failed: "bad",
  unknown: "bad",
  suspect: "bad",
  stale: "warn",
  unverifiable: "warn",
  handoff: "calm",
  manual: "calm",
  pending: "idle",
  skipped: "idle",
  verified: "good",
};

/** What each verdict says, in one line. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  failed: "a check ran and did not pass",
  unknown: "it was interrupted, and nobody knows how far it came",
  suspect: "exit status 0, but the output says otherwise",
  stale: "it was verified, and its text or files changed since",
  unverifiable: "it ran, and nothing that could have failed was checked",
  handoff: "the machine's part is done; a person or an assistant is next",
  manual: "it needs a person's judgement, and a signature",
  pending: "it was not run yet",
  skipped: "it was left out, with a reason",
  verified: "a check that could have failed ran and passed",
};

/** A verdict: its sign and its word. */
export function verdictMarkup(verdict: Verdict): Markup {
  return markup`<span class="v ${verdictTones[verdict]}"><span class="sign" aria-hidden="true">${verdictGlyphs[verdict]}</span>${verdict}</span>`;
}

/** Whether something ended well: its sign and its words. */
export function endMarkup(passed: boolean, words: string): Markup {
  const [tone, sign] = passed ? ["idle", "✓"] : ["bad", "✗"];
  return markup`<span class="v ${tone}"><span class="sign" aria-hidden="true">${sign}</span>${words}</span>`;
}
