import {
  type DocumentTrace,
  definitionColumn,
  definitionWidth,
  mentionColumn,
  mentionWidth,
  tagColumn,
  tagWidth,
} from "#model/trace";
import { hasSameNames } from "./same-names.ts";
import { tagOwners } from "./tag-owners.ts";

/** True when nothing but places differs between two readings of a document, so that no other document has to do with the change. */
export function hasSameMeaning(one: DocumentTrace, other: DocumentTrace): boolean {
  if (one.id !== other.id || one.template !== other.template || one.title !== other.title) return false;
  if (!hasSameNames(one, other)) return false;
  if (!haveSameRows(one, other, "tags", tagWidth, tagTexts) || !haveSameFlags(one, other)) return false;
  if (!haveSameRows(one, other, "mentions", mentionWidth, mentionTexts)) return false;
  const [owners, others] = [tagOwners(one), tagOwners(other)];
  return owners.every((owner, row) => owner === others[row]) && haveSameOrder(one, other);
}

const tagTexts = [tagColumn.type, tagColumn.document, tagColumn.element, tagColumn.raw];
const mentionTexts = [mentionColumn.document, mentionColumn.element, mentionColumn.target];

function haveSameRows(
  one: DocumentTrace,
  other: DocumentTrace,
  rows: "tags" | "mentions",
  width: number,
  texts: readonly number[],
): boolean {
  if (one[rows].length !== other[rows].length) return false;
  for (let at = 0; at < one[rows].length; at += width) {
    for (const column of texts) {
      if (one.strings[one[rows][at + column] ?? -1] !== other.strings[other[rows][at + column] ?? -1]) return false;
    }
    if (rows === "mentions" && one[rows][at + mentionColumn.kind] !== other[rows][at + mentionColumn.kind])
      return false;
  }
  return true;
}

function haveSameFlags(one: DocumentTrace, other: DocumentTrace): boolean {
  for (let at = tagColumn.flags; at < one.tags.length; at += tagWidth) {
    if (one.tags[at] !== other.tags[at]) return false;
  }
  return true;
}

/** Why: which element holds which tells, among others, whose tags hold for it. */
function haveSameOrder(one: DocumentTrace, other: DocumentTrace): boolean {
  const { scopeStart, scopeEnd } = definitionColumn;
  const nested = ({ definitions }: DocumentTrace, at: number): boolean =>
    (definitions[at + definitionWidth + scopeStart] ?? 0) < (definitions[at + scopeEnd] ?? 0);
  for (let at = 0; at + definitionWidth < one.definitions.length; at += definitionWidth) {
    if (nested(one, at) !== nested(other, at)) return false;
  }
  return true;
}
