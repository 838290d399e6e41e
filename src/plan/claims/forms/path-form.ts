import type { PathClaim } from "#model/claim";
import { type ClaimForm, quotedIfNeeded, unquoted } from "./claim-form.ts";

const expectations: Readonly<Record<PathClaim["expect"], true>> = {
  exists: true,
  created: true,
  absent: true,
  file: true,
  directory: true,
  executable: true,
  "not-empty": true,
};

/** `exists dist/x.js`, `absent tmp/`. */
export const pathForm: ClaimForm<"path"> = {
  words: Object.keys(expectations),
  example: "exists PATH, absent PATH, file PATH, directory PATH",
  read(rest, word) {
    const path = unquoted(rest);
    return path === "" || (/\s/.test(path) && path === rest)
      ? "a path is missing, or one with blanks wants quotes"
      : { kind: "path", path, expect: word as PathClaim["expect"] };
  },
  write: ({ path, expect }) => `${expect} ${quotedIfNeeded(path)}`,
};
