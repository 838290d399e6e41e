import { letters } from "../letters.ts";
import type { Passage } from "../passage.ts";

/** The line that names a step or phase: its number as written, and what follows. */
export interface NumberedHead {
  readonly number: string;
  readonly rest: Passage;
}

const before = String.raw`^[\s*_]*(?:\d+(?:\.\d+)*\.?\s+)?(?:[^${letters}\s\x60\[(]{1,4}\s*)?(?:\*\*|__)?\s*`;
const after = String.raw`(?![${letters}])[*_]*\s*`;
const stepForm = new RegExp(String.raw`${before}Step\s+#?(\d+(?:\.\d+)*[a-z]?)${after}`, "i");
const phaseForm = new RegExp(String.raw`${before}Phase\s+#?(\d+(?:\.\d+)*(?:\s?[-–]\s?\d+(?:\.\d+)*)?)${after}`, "i");
const longestHead = 400;
// Why: most texts name neither, and the forms take a millisecond each to be compiled.
const stepWord = /step/i;
const phaseWord = /phase/i;

/** Reads `Step 3: Title`, with glyphs, section numbers and bold signs around it; undefined for anything else. */
export function readStepHead(passage: Passage): NumberedHead | undefined {
  return readHead(passage, stepWord, stepForm);
}

/** Reads `Phase 2.1: Name`, with glyphs, section numbers and bold signs around it; undefined for anything else. */
export function readPhaseHead(passage: Passage): NumberedHead | undefined {
  return readHead(passage, phaseWord, phaseForm);
}

function readHead(passage: Passage, word: RegExp, form: RegExp): NumberedHead | undefined {
  if (!word.test(passage.text)) return undefined;
  const match = form.exec(passage.text.slice(0, longestHead));
  if (match === null) return undefined;
  return { number: (match[1] ?? "").replace(/\s/gu, ""), rest: passage.sub(match[0].length) };
}

/** What follows a head's number, without the sign between them: `: Title`, `- Title`, `. Title`. */
export function afterSign(rest: Passage): Passage {
  const sign = /^\s*[:.–—-]?[*_]*\s*/u.exec(rest.text)?.[0].length ?? 0;
  return rest.sub(sign);
}
