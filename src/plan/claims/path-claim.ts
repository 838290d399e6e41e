import type { Claim } from "#model/understanding";
import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";
import { resolvePath } from "./path-resolve.ts";
import { readPath, readPaths } from "./path-text.ts";

type PathClaim = Extract<Claim, { kind: "path" }>;
type Expectation = PathClaim["expect"];

const noun = String.raw`(?:(?:the |a |an |all )?(?:new |generated |required )?(files?|director(?:y|ies)|folders?|paths?|scripts?|modules?):? )?`;
const behind = String.raw`(?: (files?|director(?:y|ies)|folders?|scripts?))?`;
const verb = String.raw`(?: (?:now|is|are|was|were|has been|have been|gets?|must|should be|should))*`;
const state =
  "exists?|existing|present|there|created|generated|written|in place|absent|missing|removed|deleted|gone|executable|not empty|non-empty";

const stated = new RegExp(`^${noun}(.+?)${behind}${verb} (${state})$`, "i");
const ending = new RegExp(` (?:${state})$`, "i");
const announcing = /^(?:file|director|folder|script|creat|generat|remov|delet|exist|present)/i;
const announced =
  /^(?:(files?|director(?:y|ies)|folders?|scripts?) )?(created|creates|generated|generates|removed|removes|deleted|deletes|exists?|present):? (.+)$/i;
const without =
  /^no (?:more )?(?:(files?|director(?:y|ies)|folders?) )?(.+?) (?:is |are )?(?:left(?: over)?|remains?|exists?|present|there)$/i;
const negated = new RegExp(
  `^${noun}(.+?)${behind} (?:(?:does|do) not exist|no longer exists?|(?:is|are) (?:not|no longer) (?:present|there))(?: any ?more)?$`,
  "i",
);

const expectations: Readonly<Record<string, Expectation>> = {
  created: "created",
  creates: "created",
  generated: "created",
  generates: "created",
  written: "created",
  absent: "absent",
  missing: "absent",
  removed: "absent",
  removes: "absent",
  deleted: "absent",
  deletes: "absent",
  gone: "absent",
  executable: "executable",
  "not empty": "not-empty",
  "non-empty": "not-empty",
};

/** `src/x.js exists`, `` `dist/` created``, `Files created: a.js, b.js`, ``no `tmp/` left``. */
export const pathClaim: ClaimPattern = {
  name: "path",
  isCued: (text) =>
    /exist|present|creat|generat|writ|place|absent|missing|remov|delet|gone|executable|empty|left|remain|there|add|updat|contain/i.test(
      text,
    ),
  fit(text, scene) {
    // Why: the short forms are held by the long ones, which take a millisecond each to compile.
    const none = /^no /i.test(text) ? without.exec(text) : null;
    if (none !== null) return claims(none[2], none[1], "absent", scene);
    const gone = /(?:not|no longer) (?:exist|present|there)/i.test(text) ? negated.exec(text) : null;
    if (gone !== null) return claims(gone[2], gone[1] ?? gone[3], "absent", scene);
    const list = announcing.test(text) ? announced.exec(text) : null;
    if (list !== null) return claims(list[3], list[1], list[2], scene);
    const found = ending.test(text) ? stated.exec(text) : null;
    return found === null ? nearly(text) : (claims(found[2], found[1] ?? found[3], found[4], scene) ?? nearly(text));
  },
};

function claims(
  list: string | undefined,
  what: string | undefined,
  state: string | undefined,
  scene: ClaimScene,
): ClaimFit | undefined {
  const read = readPaths(list ?? "") ?? knownDirectory(list ?? "", what, scene);
  if (read === undefined) return undefined;
  const named = read.map((path) => resolvePath(path, scene));
  const paths = named.map(({ path }) => path);
  const said = expectations[(state ?? "").toLowerCase()] ?? (state === "absent" ? "absent" : "exists");
  return {
    claims: paths.map(
      (path): PathClaim => ({ kind: "path", path, expect: said === "exists" ? kindOf(path, what) : said }),
    ),
    why: paths.length === 1 ? "it names a path and its state" : "it names paths and their state",
    ...(named.some(({ ambiguous }) => ambiguous) ? { near: true } : {}),
  };
}

/** Why: `ICON directory exists` names a directory only where the plan has one of that name. */
function knownDirectory(word: string, what: string | undefined, { plan }: ClaimScene): readonly string[] | undefined {
  const name = word.replace(/^\x60([^\x60]+)\x60$/, "$1");
  if (!/^(?:dir|folder)/i.test(what ?? "") || !/^[\w.-]{1,60}$/.test(name)) return undefined;
  return plan.paths.some((path) => path === name || path.startsWith(`${name}/`)) ? [`${name}/`] : undefined;
}

function kindOf(path: string, what: string | undefined): Expectation {
  const word = (what ?? "").toLowerCase();
  if (word.startsWith("file") || word.startsWith("script")) return "file";
  return word.startsWith("dir") || word.startsWith("folder") || path.endsWith("/") ? "directory" : "exists";
}

/** A sentence about one path in backticks says more than that it exists. */
function nearly(text: string): ClaimFit | undefined {
  // Why: that a file is there says nothing about what it holds, so it is no check of a sentence about its content.
  if (!/\b(?:creat|exist|generat|writ|present)/i.test(text) || /\b(?:contain|includ|updat|hold)/i.test(text))
    return undefined;
  const [path, ...others] = [...text.matchAll(/`[^`]{1,200}`/g)].flatMap((match) => readPath(match[0]) ?? []);
  if (path === undefined || others.length > 0) return undefined;
  return {
    claims: [{ kind: "path", path, expect: "exists" }],
    why: "it says more than that a path exists",
    near: true,
  };
}
