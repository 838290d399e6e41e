import type { Edit } from "#model/edit";
import { type Wound, findWounds } from "#parse/encoding";
import { type Replacement, findReplacements } from "#profile/blind-replacements";

/** The edits that heal wounds. */
export function woundEdits(text: string, wounds: readonly Wound[]): readonly Edit[] {
  return wounds.map(({ start, end, healed }) => ({ start, end, text: healed, expected: text.slice(start, end) }));
}

/** The edits that put damaged words right. */
export function replacementEdits(replacements: readonly Replacement[]): readonly Edit[] {
  return replacements.map(({ start, end, meant, written }) => ({ start, end, text: meant, expected: written }));
}

/** All edits that heal a document's text: wrongly decoded runs and blindly replaced words. Healing the result changes nothing. */
export function healingEdits(text: string): readonly Edit[] {
  const edits = [...woundEdits(text, findWounds(text)), ...replacementEdits(findReplacements(text))];
  return edits.sort((a, b) => a.start - b.start);
}
