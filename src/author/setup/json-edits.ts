import type { Edit } from "#model/edit";
import { type JsonArray, type JsonNode, type JsonObject, type JsonValue, skipRemarks } from "./json-tree.ts";
import { lineEndOf } from "./marked-block.ts";

/** A JSON text as it is edited: only what is named changes; order, blanks and remarks of everything else stay. */
export interface JsonText {
  readonly text: string;
  readonly root: JsonNode;
}

/** The member of that name; of several the last, which is the one that counts. */
export function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === "object" ? node.members.findLast((member) => member.name === name)?.value : undefined;
}

/** The edits that write a member behind the others of an object. */
export function memberInsertion(json: JsonText, object: JsonObject, name: string, value: JsonValue): readonly Edit[] {
  const last = object.members.at(-1)?.value;
  return insertion(json, object, last, (indent) => `${JSON.stringify(name)}: ${valueText(json, value, indent)}`);
}

/** The edits that write an item behind the others of an array. */
export function itemInsertion(json: JsonText, array: JsonArray, value: JsonValue): readonly Edit[] {
  return insertion(json, array, array.items.at(-1), (indent) => valueText(json, value, indent));
}

/** The edit that writes another value in the place of one. */
export function replacement(json: JsonText, node: JsonNode, value: JsonValue): Edit {
  return { start: node.start, end: node.end, text: valueText(json, value, indentAt(json.text, node.start)) };
}

/** The edits that take entries away from an object or array, each by its place, with the commas that held them. */
export function entryRemovals(
  json: JsonText,
  parent: JsonObject | JsonArray,
  gone: readonly number[],
): readonly Edit[] {
  const entries = entriesOf(parent);
  if (entries.length > 0 && gone.length === entries.length) {
    return [{ start: parent.start + 1, end: parent.end - 1, text: "" }];
  }
  const lastKept = entries.findLastIndex((_, index) => !gone.includes(index));
  const inner = gone.filter((index) => index < lastKept).map((index) => removeWithNext(json, entries, index));
  return gone.some((index) => index > lastKept) ? [...inner, ...removeTail(json, entries, lastKept)] : inner;
}

interface Entry {
  readonly start: number;
  readonly end: number;
}

function entriesOf(parent: JsonObject | JsonArray): readonly Entry[] {
  if (parent.kind === "array") return parent.items;
  return parent.members.map(({ nameSpan, value }) => ({ start: nameSpan.start, end: value.end }));
}

/** From the entry to the next one, so that remarks before it stay with what is above. */
function removeWithNext({ text }: JsonText, entries: readonly Entry[], index: number): Edit {
  const entry = entries[index] ?? { start: 0, end: 0 };
  const comma = skipRemarks(text, entry.end) + 1;
  const next = entries[index + 1]?.start ?? comma;
  const between = text.slice(comma, next);
  // Why: a remark behind the comma belongs to what follows.
  return { start: entry.start, end: between.trim() === "" ? next : comma, text: "" };
}

/** All entries behind the last that is kept; where no comma stands at the end, none stays behind that one. */
function removeTail({ text }: JsonText, entries: readonly Entry[], lastKept: number): readonly Edit[] {
  const kept = entries[lastKept]?.end ?? 0;
  const first = entries[lastKept + 1]?.start ?? 0;
  const last = entries.at(-1)?.end ?? 0;
  const start = text.slice(0, first).trimEnd().length;
  const behind = skipRemarks(text, last);
  if (text[behind] === ",") return [{ start, end: behind + 1, text: "" }];
  const comma = skipRemarks(text, kept);
  if (comma + 1 >= start) return [{ start: comma, end: last, text: "" }];
  return [
    { start: comma, end: comma + 1, text: "" },
    { start, end: last, text: "" },
  ];
}

/** Writes an entry behind the last one, or as the only one of an empty pair of brackets. */
function insertion(
  json: JsonText,
  parent: JsonNode,
  last: JsonNode | undefined,
  write: (indent: string) => string,
): readonly Edit[] {
  const { text } = json;
  const eol = lineEndOf(text);
  const outer = indentAt(text, parent.start);
  const inner = outer + unitOf(json);
  if (last === undefined) {
    const remarks = text.slice(parent.start + 1, parent.end - 1).trimEnd();
    return [
      { start: parent.start + 1, end: parent.end - 1, text: `${remarks}${eol}${inner}${write(inner)}${eol}${outer}` },
    ];
  }
  const isOneLine = !text.slice(parent.start, parent.end).includes("\n");
  if (isOneLine) return [{ start: last.end, end: last.end, text: `, ${oneLine(write(""))}` }];
  const next = skipRemarks(text, last.end);
  const indent = indentAt(text, last.end, parent.start) || inner;
  const behind = next < parent.end - 1 && text[next] === "," ? next + 1 : last.end;
  const entry = `${eol}${indent}${write(indent)}`;
  const lineRemark = /^[ \t]*\/\/[^\n\r]*/u.exec(text.slice(behind, parent.end))?.[0] ?? "";
  if (behind > last.end)
    return [{ start: behind + lineRemark.length, end: behind + lineRemark.length, text: `${entry},` }];
  if (lineRemark === "") return [{ start: last.end, end: last.end, text: `,${entry}` }];
  const end = behind + lineRemark.length;
  return [
    { start: last.end, end: last.end, text: "," },
    { start: end, end, text: entry },
  ];
}

function valueText(json: JsonText, value: JsonValue, indent: string): string {
  const lines = JSON.stringify(value, undefined, unitOf(json)).split("\n");
  return lines.map((line, index) => (index === 0 ? line : indent + line)).join(lineEndOf(json.text));
}

/** Why: what stands in one line stays in one line; texts hold no line ends, as JSON writes them as escapes. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+[ \t]*/gu, " ");
}

/** The blanks at the beginning of the line a place is on; none where that line begins before `floor`. */
function indentAt(text: string, at: number, floor = -1): string {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  if (start <= floor) return "";
  return /^[ \t]*/u.exec(text.slice(start, at))?.[0] ?? "";
}

/** One step of indentation: that of the first member that stands on a line of its own. */
function unitOf({ text, root }: JsonText): string {
  const first = root.kind === "object" ? root.members[0]?.nameSpan.start : undefined;
  if (first === undefined) return "  ";
  const line = text.slice(text.lastIndexOf("\n", first - 1) + 1, first);
  return line !== "" && line.trim() === "" ? line : "  ";
}
