import type { ClaimPattern, DeclaredPath } from "./claim-scene.ts";

const state = "(?:exists?|(?:is |are |was |were )?(?:created|present|in place|set up)|matches(?: the plan)?)";
const structure = new RegExp(
  `^(?:the )?(?:project |declared |planned )?(directory|folder|file) structure ${state}(?: as declared)?$`,
  "i",
);
const all = new RegExp(
  `^all (?:declared |planned )?(files|directories|modules) (?:of the (?:file structure|plan) )?${state}$`,
  "i",
);

/** `Project directory structure exists`, `all modules created`: by the file tree and the modules that the plan declares. */
export const treeClaim: ClaimPattern = {
  name: "tree",
  isCued: (text) => /structure|^all /i.test(text),
  fit(text, { plan: { tree, modules } }) {
    const what = (structure.exec(text)?.[1] ?? all.exec(text)?.[1])?.toLowerCase();
    if (what === undefined) return undefined;
    const wanted = what.startsWith("dir") || what === "folder" ? tree.filter(({ kind }) => kind === "directory") : tree;
    const paths = what === "modules" ? modules.map((path): DeclaredPath => ({ path, kind: "file" })) : wanted;
    if (paths.length === 0) return undefined;
    return {
      claims: paths.map(({ path, kind }) => ({ kind: "path", path, expect: kind }) as const),
      why: what === "modules" ? "the plan declares the files of its modules" : "the plan declares its file tree",
    };
  },
};
