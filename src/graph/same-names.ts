import { type DocumentTrace, definitionColumn, definitionWidth } from "#model/trace";

/** True when others that name the document or its elements see no difference between the two: only places and tags changed. */
export function hasSameNames(one: DocumentTrace, other: DocumentTrace): boolean {
  if (one.type !== other.type || one.part !== other.part || one.role !== other.role) return false;
  if (one.definitions.length !== other.definitions.length) return false;
  for (let at = 0; at < one.definitions.length; at += definitionWidth) {
    if (!isSameRow(one, other, at)) return false;
  }
  return true;
}

function isSameRow(one: DocumentTrace, other: DocumentTrace, at: number): boolean {
  const { element, kind, title, ordinal } = definitionColumn;
  return (
    one.definitions[at + kind] === other.definitions[at + kind] &&
    one.definitions[at + ordinal] === other.definitions[at + ordinal] &&
    textAt(one, at + element) === textAt(other, at + element) &&
    textAt(one, at + title) === textAt(other, at + title)
  );
}

function textAt({ definitions, strings }: DocumentTrace, at: number): string | undefined {
  return strings[definitions[at] ?? -1];
}
