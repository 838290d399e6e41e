import { IplanError } from "#model/errors";
import { parseDocumentId } from "#profile/dialect";
import type { Profile } from "#profile/profile";

/**
 * The id of the next document of a type: the number after the highest that is taken, with as many digits as the profile asks for and the
 * taken ones have. A gap is never filled.
 */
export function nextId(profile: Profile, type: string, taken: Iterable<string>): string {
  let highest = profile.ids.reserved;
  let width = leastDigits(profile);
  for (const id of taken) {
    const parsed = parseDocumentId(profile, id);
    if (parsed?.type !== type) continue;
    highest = Math.max(highest, parsed.number);
    width = Math.max(width, parsed.digits.length);
  }
  const id = `${type}-${String(highest + 1).padStart(width, "0")}`;
  if (parseDocumentId(profile, id) !== undefined) return id;
  throw new IplanError(
    "usage/arguments",
    `There is no id after ${type}-${highest}: ${id} is none of this profile.`,
    "Give the documents of this type longer numbers.",
  );
}

/** How many digits the numbers of a profile's ids have at least. */
export function leastDigits(profile: Profile): number {
  return /\{(N+)\}/.exec(profile.ids.documents[0] ?? "")?.[1]?.length ?? 3;
}
