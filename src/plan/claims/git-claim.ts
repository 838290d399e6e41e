import type { Claim } from "#model/claim";
import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";
import { namedPath } from "./path-resolve.ts";
import { pathForm } from "./sentence.ts";

const clean = [
  /^(?:the )?(?:git )?(?:working (?:tree|directory|copy)|repository|git repository|repo) (?:is |stays |remains |left )?clean$/i,
  /^(?:running )?\x60?git status\x60?:?(?: (?:is|shows?|reports?|says?))? (?:a )?(?:clean(?: (?:state|working (?:tree|directory|copy)))?|no (?:uncommitted )?changes|nothing to commit)$/i,
  /^(?:there are )?no uncommitted changes(?: (?:remain|are left|left|exist))?$/i,
  /^all (?:changes|changed files|files) (?:are |were |have been )?committed(?: to (?:the )?(?:repository|git))?$/i,
];
const ref = String.raw`\x60?([\w][\w./-]{0,100}[\w])\x60?`;
const branch = new RegExp(
  `^(?:(?:the )?(?:current |checked-out |git )?branch (?:is|=) ${ref}|(?:git )?branch ${ref} is checked out|(?:we are |repository is )?on (?:the )?branch ${ref})$`,
  "i",
);
const tag = new RegExp(`^(?:the )?(?:git )?tag ${ref} (?:is |was )?(?:created|exists|present|set)$`, "i");
const tracked = new RegExp(
  `^${pathForm} (?:is |are )?(?:tracked(?: by git| in git)?|under version control|in the git index)$`,
  "i",
);
const committed = new RegExp(`^${pathForm} (?:is |was |has been )?committed(?: to (?:git|the repository))?$`, "i");
const unchanged = new RegExp(
  `^(?:${pathForm} has no (?:uncommitted|local|unstaged) changes|${pathForm}(?: has)? (?:un(?:staged|committed) )?changes (?:are |were )?committed|\\x60?git status\\x60? shows no (?:uncommitted |unstaged )?changes (?:to|in) ${pathForm})$`,
  "i",
);

const made = /^(?:the |a )?(?:git )?commit (?:is |was )?(?:created|made|successful)(?: successfully)?$/i;

/** `The working tree is clean`, ``on branch `main` ``, `tag v1.0 exists`, `` `src/x.js` is committed``. */
export const gitClaim: ClaimPattern = {
  name: "git",
  isCued: (text) => /git|commit|working|branch|tag|track|version control|repo/i.test(text),
  fit(text, scene) {
    if (clean.some((form) => form.test(text))) return said([{ kind: "git", expect: "clean" }]);
    const on = branch.exec(text);
    if (on !== null) return named("branch", on[1] ?? on[2] ?? on[3]);
    if (made.test(text)) return ofCommit(scene);
    const tagged = tag.exec(text);
    if (tagged !== null) return named("tag", tagged[1]);
    const known = tracked.exec(text);
    if (known !== null) return ofPath(["tracked"], known[1], scene);
    const done = committed.exec(text);
    if (done !== null) return ofPath(["tracked", "unchanged"], done[1], scene);
    const same = unchanged.exec(text);
    return same === null
      ? undefined
      : ofPath(
          ["unchanged"],
          same[1] ?? same[2] ?? same[3],
          scene,
          /unstaged changes (?:to|in)|no unstaged/i.test(text),
        );
  },
};

function said(claims: readonly Claim[]): ClaimFit {
  return { claims, why: "it names a state of the git repository" };
}

/** Why: that a commit was made is told by the plan's own command that makes it; which other commits there are says nothing. */
function ofCommit({ runs, plan }: ClaimScene): ClaimFit | undefined {
  const all = [...runs, ...plan.runs].filter(({ program, values }) => program === "git" && values[0] === "commit");
  const texts = [...new Set(all.map(({ text }) => text))];
  const [command] = texts;
  if (command === undefined || texts.length > 1 || !all.every(({ alone }) => alone)) return undefined;
  return { claims: [{ kind: "exit", command, status: 0 }], why: "it is the only commit the plan makes" };
}

function named(expect: "branch" | "tag", name: string | undefined): ClaimFit | undefined {
  // Why: `on branch protection` is no name; a name in words has a sign in it or backticks round it.
  return name === undefined ? undefined : said([{ kind: "git", expect, name }]);
}

function ofPath(
  expects: readonly ("tracked" | "unchanged")[],
  word: string | undefined,
  scene: ClaimScene,
  near = false,
): ClaimFit | undefined {
  const file = namedPath(word, scene);
  if (file === undefined) return undefined;
  const fit = said(expects.map((expect) => ({ kind: "git", expect, name: file.path }) as const));
  return near || file.ambiguous ? { ...fit, near: true } : fit;
}
