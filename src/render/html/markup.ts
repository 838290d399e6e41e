import { escapeControls } from "../escape.ts";

/** HTML that is safe to stand in a page: written by this program, foreign text in it escaped. */
export interface Markup {
  readonly html: string;
}

/** What may stand in a piece of markup. Text is escaped; `undefined` and `false` are nothing. */
export type MarkupPart = Markup | string | number | undefined | false | readonly MarkupPart[];

/** Markup from a template; every text put into it is escaped, whatever it holds. */
export function markup(pieces: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  let html = pieces[0] ?? "";
  for (const [index, part] of parts.entries()) html += htmlOf(part) + (pieces[index + 1] ?? "");
  return { html };
}

function htmlOf(part: MarkupPart): string {
  if (part === undefined || part === false) return "";
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escapeHtml(part);
  return "html" in part ? part.html : part.map(htmlOf).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Foreign text as it may stand between tags and in quoted attributes; control and direction characters are made visible. */
export function escapeHtml(text: string): string {
  return escapeControls(text, { keepLines: true }).replace(/[&<>"']/g, (char) => entities[char] ?? "");
}

/** JSON that may stand in a script element: nothing in it can end the element or begin a comment. */
export function inertJson(value: unknown): Markup {
  const json = JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (char) => {
    const code = char.charCodeAt(0).toString(16).padStart(4, "0");
    return `\\u${code}`;
  });
  return { html: json };
}
