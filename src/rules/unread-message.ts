import { distanceWithin } from "#graph/distance";
import type { UnreadTag } from "#model/trace";
import type { Profile } from "#profile/profile";

/** What to say of a tag that is not read, and what to write instead; undefined for what may be another tool's. */
export function unreadMessage(profile: Profile, tag: UnreadTag, written: string): string | undefined {
  const { kind, name, type, normal } = tag;
  const value = /[^\s,;:&+|`*([]\S*$/u.exec(written)?.[0] ?? written;
  const instead = normal === undefined ? `@${type}: and the ids behind it, parted by commas` : `"${bare(normal)}"`;
  const isElement = normal?.startsWith(":") === true;
  // Why: a key of YAML has none.
  const sign = written.startsWith(`@${name}`) ? "@" : "";
  switch (kind) {
    case "at":
      return `"${bare(written)}" has no @ before its name, and is not read as a tag. Write ${instead}.`;
    case "key":
      return `"${name}" is a key here, and no value of @${type}: what it stands for is not read. Write ids as text in a list, such as "${type.toUpperCase()}-001:FR-001".`;
    case "sign":
      if (name === "") return `${written} is an id and no tag that names it. Write @${type}:${written.slice(1)}.`;
      return `"${bare(written)}" looks like a tag, and is not read as one. Write ${instead}.`;
    case "name":
      return isNear(profile, name, type)
        ? `${sign}${name} is no name of a tag. Did you mean ${sign}${type}?`
        : undefined;
    case "value":
      return `@${name} has no value. Write the ids behind it on the same line, parted by commas${noneOf(profile)}.`;
    case "rest":
      return isElement
        ? `${value} is not read as the element that @${type} names: no blank stands around the colon. Write "${normal}".`
        : `${value} is not read as a value of @${type}: values are parted by commas. Write ${normal === undefined ? "a comma before it" : `"${normal.trim()}"`}.`;
    case "range":
      return `${value} is not read: @${type} takes no range. Name each that is meant, parted by commas.`;
    case "hidden":
      return `The value "${normal ?? ""}" of @${type} holds a sign that cannot be seen, and is read otherwise. Take it out.`;
  }
}

/** Without the backticks around it. */
function bare(written: string): string {
  return written.replace(/^`([^`]*)`$/u, "$1");
}

function noneOf({ tags }: Profile): string {
  const [none] = tags.none;
  return none === undefined ? "" : `, or ${none} when the project has none`;
}

/** One letter more, less, other or swapped: another word may be another tool's tag. */
function isNear({ tags }: Profile, name: string, type: string): boolean {
  const names = [type, ...tags.aliases.flatMap((alias) => (alias.means === type ? [alias.name] : []))];
  return names.some((known) => distanceWithin(name.toLowerCase().replace(/^@/u, ""), known, 1) !== undefined);
}
