/** A declared readiness in percent from `✅ 95% (Target: ≥90%)`, `95/100`, `95%` or `95`; undefined for anything else. */
export function parseScore(text: string): number | undefined {
  const match = /^[^\p{L}\d[<{]*(\d{1,3}(?:\.\d+)?)\s*(%|\/\s*100\b)?\s*(?:\(.*\))?\s*$/u.exec(text.trim());
  const score = match === null ? Number.NaN : Number(match[1]);
  return score >= 0 && score <= 100 ? score : undefined;
}

/** A complexity from `4`, `4/5 (High)` or `3 (moderate)`; undefined for anything else and for what is out of bounds. */
export function parseComplexity(text: string, least: number, greatest: number): number | undefined {
  const match = /^(\d+)(?:\s*\/\s*(\d+))?(?:\s*[(:–—-].*)?$/u.exec(text.trim());
  if (match === null) return undefined;
  if (match[2] !== undefined && Number(match[2]) !== greatest) return undefined;
  const value = Number(match[1]);
  return value >= least && value <= greatest ? value : undefined;
}
