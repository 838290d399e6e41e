import { tokenCues, tokenShapes } from "./token-shapes.ts";

/** What stands where a secret stood. */
export const redacted = "[redacted]";

/** A text without its secrets, and how far it was looked through. */
export interface Cleaned {
  readonly shown: string;
  /** The limit, or the end of a secret across it. */
  readonly end: number;
}

/** Finds secrets in a piece of text. */
export interface SecretFinder {
  /** Replaces the secrets of `text` that begin before `limit`. `before` is what stood in front of it, for shapes that look there. */
  clean(text: string, before?: string, limit?: number): Cleaned;
}

/** A finder of these literal texts and of all known token shapes. */
export function createSecretFinder(literals: readonly string[]): SecretFinder {
  const byLength = [...new Set(literals)].sort((a, b) => b.length - a.length).map(escapeLiteral);
  const pattern = new RegExp([...byLength, ...tokenShapes].join("|"), "g");
  // Why: most output holds no secret, which several small patterns tell many times faster than the one that has to decide which it is.
  const cues = byLength.length === 0 ? tokenCues : [new RegExp(byLength.join("|")), ...tokenCues];
  return {
    clean(text, before = "", limit = text.length) {
      const whole = before + text;
      const stop = before.length + Math.min(limit, text.length);
      if (!cues.some((cue) => cue.test(whole)))
        return { shown: text.slice(0, stop - before.length), end: stop - before.length };
      return replaced(pattern, whole, before.length, stop);
    },
  };
}

function replaced(pattern: RegExp, whole: string, from: number, stop: number): Cleaned {
  let shown = "";
  let at = from;
  pattern.lastIndex = from;
  for (let match = pattern.exec(whole); match !== null && match.index < stop; match = pattern.exec(whole)) {
    shown += whole.slice(at, match.index) + redacted;
    at = match.index + match[0].length;
  }
  const end = Math.max(stop, at);
  return { shown: shown + whole.slice(at, end), end: end - from };
}

function escapeLiteral(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
