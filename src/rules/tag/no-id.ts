import { onceFor } from "#model/lazily";
import { tagFlag } from "#model/trace";
import type { Profile } from "#profile/profile";
import { defineRule, type Draft, type Rule } from "../rule.ts";
import { liveTags, type TagRow } from "../tag-rows.ts";
import { normalIds } from "../trace-links.ts";
import { surveyTags } from "../tag-survey.ts";

/** The value of a tag is an id of the profile's form. */
export const noId: Rule = defineRule({
  code: "tag/no-id",
  severity: "error",
  title: "Tag value that is no id",
  summary: "The value of a tag is an id in the form of the profile, or says that there is none.",
  needs: ["trace"],
  check({ trace, profile, source }, report) {
    const { live, plain } = surveyTags(trace);
    if (live === 0) return "not-applicable";
    if (plain) return undefined;
    const others = namesWithoutId(profile);
    for (const tag of liveTags(trace)) {
      if (tag.document !== undefined || (tag.flags & tagFlag.none) !== 0 || others.has(tag.type)) continue;
      const meant = otherSigns(tag.raw);
      const isThere = meant !== tag.raw && trace.graph.find(meant) !== undefined;
      const near = isThere ? [meant] : trace.graph.nearMisses(trace.path, tag.row);
      const isOpen = profile.ids.placeholders.some((word) => tag.raw.split(/[-_.:]/).includes(word));
      const [none] = profile.tags.none;
      const cure =
        near.length > 0
          ? `Did you mean ${near.join(" or ")}?`
          : isOpen
            ? "Put in the number of the document that is meant."
            : `Write an id such as ${exampleId(profile.ids.documents[0], tag.type)}${none === undefined ? "" : `, or ${none} when the project has none`}.`;
      const message = `@${tag.type} says ${tag.raw}, which is no id. ${cure}`;
      report({ message, at: tag, cause: `no-id:${tag.raw}`, ...healing(tag, source.text, near, isThere) });
    }
    return undefined;
  },
});

/** The value with a hyphen for another dash, and a colon for what else may part a document from its element. */
function otherSigns(raw: string): string {
  return raw
    .replace(/[\u2010-\u2015\u2212]/gu, "-")
    .replace(/^([A-Za-z]+-\d+(?:-\d+)?)(?:[/#.]|::|->)(?=[A-Za-z])/u, "$1:");
}

/**
 * The edit that makes `brd_009:FR-015` `BRD-009:FR-015`, where that document is the one that was meant. Why: another padding or digit may
 * be another document, and what is wrong with the element is said when its document is known.
 */
function healing(
  { start, end, raw }: TagRow,
  text: string,
  near: readonly string[],
  isThere: boolean,
): Pick<Draft, "fix"> {
  if (isThere && text.slice(start, end) === raw)
    return { fix: { title: normalIds, edits: [{ start, end, text: near[0] ?? "", expected: raw }] } };
  const [written = ""] = raw.split(":");
  const [document = ""] = near[0]?.split(":") ?? [];
  const isSame = written.replace(/^([A-Za-z]+)[_ ]?(?=\d)/u, "$1-").toUpperCase() === document.toUpperCase();
  if (near.length !== 1 || !isSame || text.slice(start, end) !== raw) return {};
  const edit = { start, end: start + written.length, text: document, expected: written };
  return { fix: { title: normalIds, edits: [edit] } };
}

/** Names of the tags that carry a fact, or the path of a file. */
const namesWithoutId = onceFor(({ tags, layers }: Profile): ReadonlySet<string> => {
  const ofPaths = layers.flatMap((layer) => (layer.reference === "path" ? (layer.tag ?? []) : []));
  return new Set([...tags.facts.map((fact) => fact.name), ...ofPaths]);
});

/** An id as the profile's first pattern writes it. */
function exampleId(pattern: string | undefined, tag: string): string {
  return (pattern ?? "{TYPE}-{NNN}")
    .replace(/\[[^\]]*\]/g, "")
    .replace("{TYPE}", tag.toUpperCase())
    .replace(/\{N+\}/, (digits) => "1".padStart(digits.length - 2, "0"));
}
