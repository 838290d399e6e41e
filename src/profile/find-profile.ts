import { aidoc16 } from "./aidoc-16.ts";
import { aidocDotted } from "./aidoc-dotted.ts";
import type { Profile } from "./profile.ts";

/** The profiles the program brings along, by name. */
export const builtInProfiles: Readonly<Record<string, Profile>> = {
  [aidoc16.name]: aidoc16,
  [aidocDotted.name]: aidocDotted,
};

/** The profile of a workspace that names none. */
export const defaultProfile: Profile = aidoc16;

/** The built-in profile of that name. */
export function findProfile(name: string): Profile | undefined {
  return Object.hasOwn(builtInProfiles, name) ? builtInProfiles[name] : undefined;
}
