import type { MarkdownDocument } from "./markdown.ts";

/**
 * The anchors of a document: each heading's slug as GitHub makes it (small letters, signs taken out, blanks as dashes, `-1` for the
 * second of a kind), `{#id}` behind a heading, and explicit `<a id>`, `<a name>` and `id` attributes.
 */
export function documentAnchors(document: MarkdownDocument): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const section of document.sections) {
    const custom = /\{#([\w.:-]+)\}\s*$/u.exec(section.title);
    if (custom?.[1] !== undefined) anchors.add(custom[1]);
    const heading = document.source.text.slice(section.heading.start, section.heading.end);
    addCounted(anchors, headingAnchor(plainHeading(heading)));
  }
  for (const match of document.source.text.matchAll(
    /<[A-Za-z][^<>]{0,200}?\s(?:id|name)\s*=\s*["']([^"'<>\s]{1,200})["']/gu,
  )) {
    anchors.add(match[1] ?? "");
  }
  return anchors;
}

function addCounted(anchors: Set<string>, slug: string): void {
  let anchor = slug;
  for (let count = 1; anchors.has(anchor); count++) anchor = `${slug}-${count}`;
  anchors.add(anchor);
}

/** A heading's words without its marks, links and code signs. */
function plainHeading(text: string): string {
  return text
    .replace(/^\s{0,3}#{1,6}[ \t]+/u, "")
    .replace(/[ \t]+#+[ \t]*$/u, "")
    .replace(/\n[ \t]*(?:=+|-+)[ \t]*$/u, "")
    .replace(/!?\[([^\][]*)\]\([^()]*\)/gu, "$1")
    .replace(/<[^<>]*>/gu, "")
    .trim();
}

function headingAnchor(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}
