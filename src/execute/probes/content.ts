import type { ClaimOf } from "#model/claim";
import { type FoundInside, filesBelow, findInside, textOf } from "./file-text.ts";
import { createMatcher } from "./line-matcher.ts";
import { type ClaimProbe, type ProbeScene, undecided } from "./probe.ts";

/** Looks for a text or pattern in the lines of a file, or of the files below a directory. */
export const probeContent: ClaimProbe<"content"> = (claim, scene) => {
  const found = findInside(claim.path, scene);
  if (found === undefined) return { holds: false, observed: `${claim.path} does not exist` };
  const files = found.kind === "file" ? [found] : filesBelow(found, scene);
  if (files === undefined) return undecided(`${claim.path} holds too many files to read`);
  const matches = matcherOf(claim);
  if (matches === undefined) return undecided(`${claim.text} is no pattern that can be matched in linear time`);
  const texts = files.map((file) => ({ file, text: textOf(file, scene) }));
  const at = texts.find(({ text }) => text !== undefined && matches(text));
  const unread = texts.find(({ text }) => text === undefined);
  if (at === undefined && unread !== undefined) return undecided(`${nameOf(unread.file, scene)} is too large to read`);
  const where = at === undefined ? claim.path : nameOf(at.file, scene);
  return {
    holds: (at !== undefined) === (claim.expect === "present"),
    observed: `${JSON.stringify(claim.text)} ${at === undefined ? "does not stand" : "stands"} in ${where}`,
  };
};

function matcherOf({ text, form }: ClaimOf<"content">): ((content: string) => boolean) | undefined {
  if (form === "literal") return (content) => content.includes(text);
  const matches = createMatcher(text);
  return matches && ((content) => content.split("\n").some((line) => matches(line.replace(/\r$/, ""))));
}

function nameOf(file: FoundInside, scene: ProbeScene): string {
  const root = scene.files.realPath(scene.root) ?? scene.root;
  return file.path.startsWith(`${root}/`) ? file.path.slice(root.length + 1) : file.path;
}
