/** A Markdown table; foreign text in its cells cannot break it. Without rows it says so in words. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return `*${none}*\n`;
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return [line(head), line(head.map(() => "---")), ...rows.map((row) => line(row.map(cell)))].join("");
}

/** What stands in a cell without a value. */
export const noValue = "-";

function cell(text: string): string {
  return text === "" ? noValue : text;
}

/** Foreign text for a cell: one line, nothing in it ends the cell or becomes HTML. */
export function cellText(text: string): string {
  return text
    .replace(/[\u0000-\u001F\u007F-\u009F\s]+/g, " ")
    .trim()
    .replaceAll("\\", "\\\\")
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;")
    .replaceAll("`", "\\`");
}

/** A relative link from one document of the workspace to another. */
export function cellLink(text: string, from: string, to: string): string {
  return `[${cellText(text).replace(/[[\]]/g, "\\$&")}](${relativePath(from, to)})`;
}

function relativePath(from: string, to: string): string {
  const base = from.split("/").slice(0, -1);
  const target = to.split("/");
  let same = 0;
  while (same < base.length && same < target.length - 1 && base[same] === target[same]) same++;
  const steps = [...base.slice(same).map(() => ".."), ...target.slice(same).map(encodePart)];
  return steps[0] === ".." ? steps.join("/") : `./${steps.join("/")}`;
}

function encodePart(part: string): string {
  return encodeURIComponent(part).replace(/[()]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
}
