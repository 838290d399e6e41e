import { distanceWithin } from "#graph/distance";
import type { Profile } from "#profile/profile";
import type { UnreadTag } from "#model/trace";
import { defineRule, type Draft, type Rule } from "../rule.ts";

/** What is meant as a tag is written so that it is read. */
export const unread: Rule = defineRule({
  code: "tag/unread",
  severity: "warning",
  title: "Tag that is not read",
  summary: "What looks like a tag, or like a value of one, is written so that it is read as one.",
  needs: ["trace"],
  check({ trace, source, profile }, report) {
    if (!/\.(?:md|feature|ya?ml)$/i.test(trace.path)) return "not-applicable";
    for (const { unread: tag, start, end } of trace.graph.trace(trace.path)?.faults ?? []) {
      const written = source.text.slice(start, end);
      const message = tag === undefined ? undefined : messageOf(profile, tag, written);
      if (tag === undefined || message === undefined) continue;
      report({ message, at: { start, end }, cause: `unread:${written}`, ...fixOf(tag, written, start) });
    }
    return undefined;
  },
});

function fixOf({ normal }: UnreadTag, expected: string, start: number): Pick<Draft, "fix"> {
  if (normal === undefined) return {};
  const edit = { start, end: start + expected.length, text: normal, expected };
  return { fix: { title: "write tags so that they are read", edits: [edit] } };
}

function messageOf(profile: Profile, tag: UnreadTag, written: string): string | undefined {
  const { kind, name, type, normal } = tag;
  const value = /[^\s,;:&+|`*([]\S*$/u.exec(written)?.[0] ?? written;
  const instead = normal === undefined ? `@${type}: and the ids behind it, parted by commas` : `"${bare(normal)}"`;
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
      return `${value} is not read as ${normal?.startsWith(":") === true ? "the element that" : "a value of"} @${type}${normal?.startsWith(":") === true ? " names: no blank stands around the colon" : ": values are parted by commas"}. Write ${normal === undefined ? "a comma before it" : `"${normal.trim()}"`}.`;
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
