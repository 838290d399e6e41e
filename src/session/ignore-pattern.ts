/** One pattern of an ignore file, ready to be asked. */
export interface IgnorePattern {
  /** True for `!pattern`: what it matches is taken back. */
  readonly negated: boolean;
  /** True for `pattern/`. */
  readonly directoriesOnly: boolean;
  /** Pattern of each segment; one without a slash of its own is looked for at every depth. */
  readonly segments: readonly (readonly Piece[] | "**")[];
}

/** What one place of a segment's pattern takes: any run, any one character, or one of a set. */
type Piece = "*" | "?" | ((character: string) => boolean);

/** Longest pattern that is understood, in characters; git patterns name paths, which are shorter. */
const longest = 4096;

/** The patterns of an ignore file in the grammar of gitignore(5); what is no pattern is left out. */
export function parseIgnorePatterns(text: string): readonly IgnorePattern[] {
  return text.split(/\r?\n/u).flatMap((line) => parseIgnorePattern(line) ?? []);
}

function parseIgnorePattern(line: string): IgnorePattern | undefined {
  if (line.startsWith("#") || line.length > longest) return undefined;
  const negated = line.startsWith("!");
  const written = withoutTrailingBlanks(negated ? line.slice(1) : line);
  const directoriesOnly = written.endsWith("/");
  const path = written.replace(/\/$/u, "");
  if (path === "") return undefined;
  const anchored = path.includes("/");
  const parts = path.replace(/^\//u, "").split("/");
  const segments = parts.map((part) => (/^\*{2,}$/u.test(part) ? "**" : piecesOf(part)));
  if (segments.some((segment) => segment === undefined)) return undefined;
  const known = segments as readonly (readonly Piece[] | "**")[];
  return { negated, directoriesOnly, segments: anchored ? known : ["**", ...known] };
}

/** Why: blanks at the end do not count unless a backslash stands before them. */
function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === " " && text[end - 2] !== "\\") end--;
  return text.slice(0, end);
}

/** The pieces of one segment; undefined for one that git matches nothing with (`[` without end, a backslash at the end). */
function piecesOf(text: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  const characters = [...text];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    if (character === "[") {
      const set = readSet(characters, at + 1);
      if (set === undefined) return undefined;
      pieces.push(set.holds);
      at = set.end;
    } else if (character === "*") {
      if (pieces.at(-1) !== "*") pieces.push("*");
    } else if (character === "?") pieces.push("?");
    else if (character === "\\") {
      const literal = characters[++at];
      if (literal === undefined) return undefined;
      pieces.push((other) => other === literal);
    } else pieces.push((other) => other === character);
  }
  return pieces;
}

/** A set `[a-z]`, `[!a]`, `[[:digit:]]` whose content begins at `start`; `end` is the place of its bracket. */
function readSet(
  characters: readonly string[],
  start: number,
): { readonly holds: (character: string) => boolean; readonly end: number } | undefined {
  const inverted = characters[start] === "!" || characters[start] === "^";
  const members: ((character: string) => boolean)[] = [];
  const first = inverted ? start + 1 : start;
  for (let at = first; at < characters.length; at++) {
    if (characters[at] === "]" && at > first) {
      return { holds: (character) => members.some((member) => member(character)) !== inverted, end: at };
    }
    const named = readClass(characters, at);
    if (named !== undefined) {
      members.push(named.holds);
      at = named.end;
      continue;
    }
    const low = characters[at] === "\\" ? characters[++at] : characters[at];
    const isRange = characters[at + 1] === "-" && characters[at + 2] !== undefined && characters[at + 2] !== "]";
    if (isRange) at += characters[at + 2] === "\\" ? 3 : 2;
    const high = isRange ? characters[at] : low;
    if (low === undefined || high === undefined) return undefined;
    members.push((character) => character >= low && character <= high);
  }
  return undefined;
}

const classes: Readonly<Record<string, RegExp>> = {
  alnum: /^[0-9A-Za-z]$/,
  alpha: /^[A-Za-z]$/,
  blank: /^[ \t]$/,
  digit: /^\d$/,
  lower: /^[a-z]$/,
  punct: /^[!-/:-@[-`{-~]$/,
  space: /^\s$/,
  upper: /^[A-Z]$/,
  xdigit: /^[0-9A-Fa-f]$/,
};

function readClass(
  characters: readonly string[],
  at: number,
): { readonly holds: (character: string) => boolean; readonly end: number } | undefined {
  if (characters[at] !== "[" || characters[at + 1] !== ":") return undefined;
  const text = characters.slice(at + 2, at + 10).join("");
  const name = text.slice(0, Math.max(0, text.indexOf(":]")));
  const form = Object.hasOwn(classes, name) ? classes[name] : undefined;
  if (form === undefined) return undefined;
  return { holds: (character) => form.test(character), end: at + name.length + 3 };
}

/** True when the pattern names exactly this path, given by its segments. Time grows with the product of both lengths at most. */
export function matchesIgnorePattern({ segments: patterns }: IgnorePattern, segments: readonly string[]): boolean {
  let reached: boolean[] = [true, ...segments.map(() => false)];
  for (const [index, pattern] of patterns.entries()) {
    const next = reached.map(() => false);
    let open = false;
    for (let at = 0; at < reached.length; at++) {
      if (pattern === "**") {
        next[at] = open || (reached[at] === true && index < patterns.length - 1);
        open ||= reached[at] === true;
      } else if (reached[at] === true && at < segments.length && matchesSegment(pattern, segments[at] ?? "")) {
        next[at + 1] = true;
      }
    }
    reached = next;
  }
  return reached[segments.length] === true;
}

/** Walks both with one remembered star, without recursion. */
function matchesSegment(pieces: readonly Piece[], segment: string): boolean {
  const text = [...segment];
  let at = 0;
  let piece = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const expected = pieces[piece];
    if (expected === "*") {
      star = piece++;
      resume = at;
    } else if (expected === "?" || (typeof expected === "function" && expected(text[at] ?? ""))) {
      piece++;
      at++;
    } else if (star >= 0) {
      piece = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pieces[piece] === "*") piece++;
  return piece === pieces.length;
}
