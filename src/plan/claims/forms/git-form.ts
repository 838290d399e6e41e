import type { GitClaim } from "#model/claim";
import { type ClaimForm, quotedIfNeeded, unquoted } from "./claim-form.ts";

const form = /^(?:(clean)|(branch|tag|tracked|unchanged)\s+([^]+))$/;

/** `git clean`, `git branch main`, `git tag v1.0`, `git tracked src/x.js`, `git unchanged src/x.js`. */
export const gitForm: ClaimForm<"git"> = {
  words: ["git"],
  example: "git clean, git branch NAME, git tag NAME, git tracked PATH, git unchanged PATH",
  read(rest) {
    const match = form.exec(rest);
    if (match === null)
      return "git is written: git clean, git branch main, git tag v1.0, git tracked PATH, git unchanged PATH";
    if (match[1] !== undefined) return { kind: "git", expect: "clean" };
    return { kind: "git", expect: match[2] as GitClaim["expect"], name: unquoted(match[3] ?? "") };
  },
  write: ({ expect, name }) => `git ${expect}${name === undefined ? "" : ` ${quotedIfNeeded(name)}`}`,
};
