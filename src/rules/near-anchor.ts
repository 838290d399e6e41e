import { distanceWithin } from "#graph/distance";

/** Why: a hostile document may have a heading on each line, and a link to none of them on as many. */
const mostAnchors = 500;

/** The anchor that was likely meant: a few letters off, with another number before it, or longer or shorter by whole words. */
export function nearAnchor(anchors: ReadonlySet<string>, wanted: string): string | undefined {
  const word = wanted.toLowerCase();
  const name = unnumbered(word);
  const most = Math.min(3, Math.floor(name.length / 4));
  let best: { readonly anchor: string; readonly rank: number } | undefined;
  let left = mostAnchors;
  for (const anchor of anchors) {
    if (left-- === 0) break;
    const rank = rankOf(unnumbered(anchor), name, most);
    if (rank !== undefined && rank < (best?.rank ?? Infinity)) best = { anchor, rank };
  }
  return best?.anchor;
}

/** How far from what was wanted, from 0; undefined for what is another name. */
function rankOf(anchor: string, name: string, most: number): number | undefined {
  const distance = distanceWithin(anchor, name, most);
  if (distance !== undefined) return distance;
  const [short, long] = anchor.length < name.length ? [anchor, name] : [name, anchor];
  return short.length > 3 && long.startsWith(`${short}-`) ? most + long.length - short.length : undefined;
}

/** `7-quality-gates` without its number, which changes when a section comes or goes. */
function unnumbered(anchor: string): string {
  return anchor.replace(/^\d+(?:-|(?=[a-z]))/u, "");
}
