/** Source of a pattern for a text in quotes or backticks; four groups, of which one is set. */
export const quotedForm: string = String.raw`(?:"([^"]{1,200})"|'([^']{1,200})'|\x60([^\x60]{1,200})\x60|“([^”]{1,200})”)`;

/** Source of a pattern for a path as one word, in backticks or not. */
export const pathForm: string = String.raw`(\x60[^\x60\s]{1,200}\x60|[^\s\x60"',;:]{1,200})`;

/** The first of some groups that is set. */
export function firstOf(groups: readonly (string | undefined)[]): string {
  return groups.find((group) => group !== undefined) ?? "";
}

const quotes =
  /\x60[^\x60]{0,400}\x60|"[^"]{0,400}"|“[^”]{0,400}”|(?<=^|\s)'[^']{0,400}'(?=\s|$)|(?<=matche?s? )\/.{1,400}\//g;

/** A sentence in which quoted texts are blanked: its own words alone. */
export function ownWords(text: string): string {
  return text.replace(quotes, "\u0000");
}

const hedges =
  /\b(?:if|when|whenever|unless|until|optional(?:ly)?|may|might|could|would|will|shall|either|neither|except|excluding|apart from|ideally|preferably|usually|normally|mostly|partially|approximately|approx|about|around|roughly|nearly|almost|eventually|later on|should not|shouldn't|must not|not yet|such as|for example|e\.g|i\.e|etc)\b|\bor\b(?! (?:later|newer|higher|more|above|greater|less|fewer|better|lower|longer|faster)\b)|~ ?\d|\?$/i;

/** True for sentences that promise something only under conditions, later, perhaps, about, or one of several things. */
export function isHedged(text: string): boolean {
  return hedges.test(ownWords(text));
}

const placeholders = /\[[^\]\n]{1,120}\]|\b(?:NNN|TBD|TODO|YYYY)\b|\bX\.Y(?:\.Z)?\b|<[A-Za-z][\w -]{0,60}>|\{\{/;

/** True for sentences that are not filled in yet. */
export function hasBlanks(text: string): boolean {
  return placeholders.test(ownWords(text)) || /^\[.*\]$/.test(text) || /\bX\.Y(?:\.Z)?\b/.test(text);
}
