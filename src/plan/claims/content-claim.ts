import { isMarkdownPath } from "#model/source";
import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";
import { namedPath } from "./path-resolve.ts";
import { readPath } from "./path-text.ts";
import { firstOf, pathForm, quotedForm } from "./sentence.ts";

const noun = "(?:the )?(?:(?:text|line|word|string|entry|phrase|tag) )?";
const token = String.raw`([@#$][\w-]{2,40}|--[a-z][\w-]{1,40})`;

const holding = new RegExp(
  `^(?:the )?(?:file )?${pathForm} (?:contains|includes|mentions|lists|references|has (?:the |a )?(?:text|line|word|entry)) ${noun}(?:${quotedForm}|${token})$`,
  "i",
);
const standing = new RegExp(
  `^${quotedForm} (?:stands|appears|is (?:present|listed|mentioned|included|found)) in (?:the )?(?:file )?${pathForm}$`,
  "i",
);
const lacking = new RegExp(
  `^(?:the )?(?:file )?${pathForm} (?:(?:does not|doesn't|no longer) (?:contains?|includes?|mentions?|lists?|references?)|contains no|has no) ${noun}${quotedForm}$`,
  "i",
);
const none = new RegExp(
  `^no (?:more )?(?:(?:references? to|mentions? of|occurrences? of|use of|uses of) )?${quotedForm} (?:(?:is |are )?(?:left|remains?|found|exists?|present|stands?) )?(?:anywhere )?in ${pathForm}$`,
  "i",
);
const heading = new RegExp(
  `^(?:the )?(?:file )?${pathForm} (?:has|contains|includes) (?:a |an |the )?${quotedForm} (?:section|heading)$`,
  "i",
);
const numbered = new RegExp(
  `^(?:the )?(?:file )?${pathForm} (?:has (?:a )?|contains (?:a )?)?section (\\d{1,3}(?:\\.\\d{1,3}){0,4})(?: (?:is |was )?(?:added|present|exists|there))?$`,
  "i",
);

/** ``README.md contains "Usage"``, ``no `console.log` in `src/` ``, ``README.md has a "License" section``. */
export const contentClaim: ClaimPattern = {
  name: "content",
  isCued: (text) => /contain|includ|mention|list|reference|text|line|word|entry|\bin\b|section|heading/i.test(text),
  fit(text, scene) {
    const held = holding.exec(text);
    if (held !== null) return ofHolding(held, scene);
    const found = standing.exec(text);
    if (found !== null) return said(found[5], firstOf(found.slice(1, 5)), "present", scene);
    const absent = lacking.exec(text);
    if (absent !== null) return said(absent[1], firstOf(absent.slice(2)), "absent", scene);
    const gone = none.exec(text);
    if (gone !== null) return said(gone[5], firstOf(gone.slice(1, 5)), "absent", scene);
    return ofHeading(text, scene);
  },
};

/** Why: what a directory contains are files. */
function ofHolding(match: RegExpExecArray, scene: ClaimScene): ClaimFit | undefined {
  const text = firstOf(match.slice(2));
  const directory = readPath(match[1] ?? "");
  if (directory?.endsWith("/") !== true) return said(match[1], text, "present", scene);
  const inner = readPath(text);
  if (inner === undefined) return undefined;
  return {
    claims: [{ kind: "path", path: `${directory}${inner}`, expect: "exists" }],
    why: "it names a path in a directory",
  };
}

function ofHeading(text: string, scene: ClaimScene): ClaimFit | undefined {
  const titled = heading.exec(text);
  if (titled !== null) {
    const title = escaped(firstOf(titled.slice(2)));
    return pattern(titled[1], `^#{1,6} +([0-9.]+ +)?${title} *#*$`, scene);
  }
  const found = numbered.exec(text);
  return found === null ? undefined : pattern(found[1], `^#{1,6} +${escaped(found[2] ?? "")}[. ]`, scene);
}

function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N}\s]/gu, "\\$&");
}

function said(
  word: string | undefined,
  text: string,
  expect: "present" | "absent",
  scene: ClaimScene,
): ClaimFit | undefined {
  const file = namedPath(word, scene);
  // Why: a key with its value in a file of settings is looked up, not searched for.
  if (file === undefined || text === "") return undefined;
  const claim = { kind: "content", path: file.path, text, form: "literal", expect } as const;
  return { claims: [claim], why: "it names a file and a text in it", ...(file.ambiguous ? { near: true } : {}) };
}

function pattern(word: string | undefined, text: string, scene: ClaimScene): ClaimFit | undefined {
  const file = namedPath(word, scene);
  if (file === undefined || !isMarkdownPath(file.path)) return undefined;
  const claim = { kind: "content", path: file.path, text, form: "regex", expect: "present" } as const;
  return { claims: [claim], why: "it names a document and a heading in it", ...(file.ambiguous ? { near: true } : {}) };
}
