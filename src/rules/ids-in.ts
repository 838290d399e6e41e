import { isReserved, parseDocumentId } from "#profile/dialect";
import type { Profile } from "#profile/profile";

/** Ids of documents among the words of a text; reserved numbers are left out. */
export function idsIn(profile: Profile, text: string): readonly string[] {
  return text.split(/[^\w.:-]+/u).flatMap((word) => {
    const id = parseDocumentId(profile, word.replace(/[.:-]+$/u, "").replace(/:.*$/u, ""));
    return id === undefined || isReserved(profile, id) ? [] : [id.id];
  });
}

/** What to do about an id that no document has. */
export function cureOf(near: readonly string[], otherwise: string): string {
  return near.length === 0 ? otherwise : `Did you mean ${near.join(" or ")}?`;
}
