/**
 * True when the path matches the pattern: `*` is any run within a segment, `?` one character, `**` any number of segments,
 * a trailing `/` everything below. Time grows with the product of both lengths, never faster.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  const whole = pattern.endsWith("/") ? `${pattern}**` : pattern;
  return matchSegments(whole.split("/"), path.split("/"));
}

function matchSegments(patterns: readonly string[], segments: readonly string[]): boolean {
  let reached: readonly boolean[] = segments.map(() => false);
  reached = [true, ...reached];
  for (const pattern of patterns) {
    const next: boolean[] = reached.map(() => false);
    let open = false;
    for (let at = 0; at < reached.length; at++) {
      open ||= reached[at] === true;
      if (pattern === "**") next[at] = open;
      else if (reached[at] === true && at < segments.length && matchSegment(pattern, segments[at] ?? "")) {
        next[at + 1] = true;
      }
    }
    reached = next;
  }
  return reached[segments.length] === true;
}

/** Walks both texts with one remembered star: linear in their product, without recursion. */
function matchSegment(pattern: string, text: string): boolean {
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const expected = pattern[inPattern];
    if (expected === "*") {
      star = inPattern++;
      resume = at;
    } else if (expected === "?" || expected === text[at]) {
      inPattern++;
      at++;
    } else if (star >= 0) {
      inPattern = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[inPattern] === "*") inPattern++;
  return inPattern === pattern.length;
}
