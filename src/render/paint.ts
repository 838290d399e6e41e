import type { Verdict } from "#model/run";

/** Ways to set off text on a terminal. Without colour every way returns its text unchanged. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** A paint for a terminal that shows colour, or one that leaves all text as it is. */
export function createPaint(colour: boolean): Paint {
  const style = (open: number, close: number) => (text: string) =>
    colour && text !== "" ? `\u001B[${open}m${text}\u001B[${close}m` : text;
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    red: style(31, 39),
    yellow: style(33, 39),
    green: style(32, 39),
    cyan: style(36, 39),
  };
}

/** A verdict's glyph: shape and word carry the meaning, colour only repeats it. */
export const verdictGlyphs: Readonly<Record<Verdict, string>> = {
  failed: "✗",
  unknown: "?",
  suspect: "‼",
  stale: "↺",
  unverifiable: "∅",
  handoff: "→",
  manual: "✎",
  pending: "·",
  skipped: "-",
  verified: "✓",
};

const tones: Readonly<Record<Verdict, keyof Paint>> = {
  failed: "red",
  unknown: "red",
  suspect: "red",
  stale: "yellow",
  unverifiable: "yellow",
  handoff: "cyan",
  manual: "cyan",
  pending: "dim",
  skipped: "dim",
  verified: "green",
};

/** A verdict's glyph and word, painted. */
export function paintVerdict(paint: Paint, verdict: Verdict): string {
  return paint[tones[verdict]](`${verdictGlyphs[verdict]} ${verdict}`);
}

/** A verdict's glyph alone, painted. */
export function paintGlyph(paint: Paint, verdict: Verdict): string {
  return paint[tones[verdict]](verdictGlyphs[verdict]);
}
