import { bareText, type SourceLine, type SourceLines } from "./source-lines.ts";

/** A list item or paragraph of a document, with what is wrapped onto further lines. */
export interface TextItem {
  readonly text: string;
  readonly indent: number;
  /** `-`, `1.`, or empty for a paragraph. */
  readonly marker: string;
  /** Mark of its box: a blank, `x` or another; absent without a box. */
  readonly box?: string;
  readonly lines: readonly SourceLine[];
}

const itemForm = /^[ \t]*([-*+]|\d{1,9}[.)])[ \t]+(.*)$/u;
const boxForm = /^\[(.)\](\*?)(?:[ \t]+|$)(.*)$/u;

/** List items and paragraphs among lines; headings and fences end them and are none. */
export function itemsOf(lines: readonly SourceLine[]): readonly TextItem[] {
  const items: { text: string; indent: number; marker: string; box?: string; lines: SourceLine[] }[] = [];
  let open: (typeof items)[number] | undefined;
  for (const line of lines) {
    const text = line.text.trim();
    if (text === "" || line.isFenced || line.heading !== undefined || isRemark(text)) {
      open = undefined;
      continue;
    }
    const item = itemForm.exec(line.text);
    if (item === null && open !== undefined && (open.marker === "" || line.indent > open.indent)) {
      open.text += ` ${text}`;
      open.lines.push(line);
      continue;
    }
    const [, marker = "", rest = text] = item ?? [];
    const [, box, star, behind] = (marker === "" ? null : boxForm.exec(rest)) ?? [];
    open = {
      text: box === undefined ? rest : `${star === "*" ? "(optional) " : ""}${behind ?? ""}`,
      indent: line.indent,
      marker,
      ...(box === undefined ? {} : { box }),
      lines: [line],
    };
    items.push(open);
  }
  return items;
}

/** Tables, quotes, rules and comments are no text of a list. */
function isRemark(text: string): boolean {
  return text.startsWith("|") || text.startsWith("<!--") || /^(?:-{3,}|\*{3,}|_{3,})$/u.test(text);
}

/** The texts of items, which are taken over; a ticked box is told, as what is done is computed. */
export function takeTexts(source: SourceLines, items: readonly TextItem[]): readonly string[] {
  return items.map((item) => {
    source.take(...item.lines);
    tellTick(source, item);
    return bareText(item.text).replace(/^> ?/u, "");
  });
}

/** Tells a box that is ticked, or whose mark says something else than open. */
export function tellTick(source: SourceLines, { box, lines }: TextItem): void {
  const [line] = lines;
  if (box === undefined || box === " " || line === undefined) return;
  const isTick = box === "x" || box === "X";
  source.remark(
    line,
    isTick ? "was ticked there; here it counts when a check proves it" : `had the mark [${box}] there; here it is open`,
  );
}

/** Paths that a text names: what has a slash and an ending, or stands in backticks and has an ending. */
export function pathsIn(text: string): readonly string[] {
  const quoted = (text.match(/`[\w@.()[\]/-]{1,200}`/gu) ?? []).filter(
    (word) => /[([]/u.test(word) && /\/.*\.\w{1,8}`$/u.test(word),
  );
  const words = text.split(/[\s()[\],;"'<>]+/u);
  const found = words.flatMap((word) => {
    const bare = word.replace(/^`+|[`.:]+$/gu, "");
    const isQuoted = word.startsWith("`");
    const isPath = /^[\w@.-]+(?:\/[\w@.{}-]+)*\.\w{1,8}$/u.test(bare) && (bare.includes("/") || isQuoted);
    return isPath && !/^\d/u.test(bare) && !bare.includes("{") && !bare.startsWith("..") ? [bare] : [];
  });
  return [...new Set([...quoted.map((word) => word.slice(1, -1)), ...found])];
}
