import { type DocumentId, parseDocumentId } from "#profile/dialect";
import type { Profile } from "#profile/profile";

/** The first document id in a text, such as that of a title or file name. */
export function findDocumentId(profile: Profile, text: string): DocumentId | undefined {
  for (const word of text.split(/[^A-Za-z0-9.-]+/)) {
    const id = parseDocumentId(profile, word.replace(/[.-]+$/, ""));
    if (id !== undefined) return id;
  }
  return undefined;
}
