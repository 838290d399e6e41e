import type { ClaimPattern } from "./claim-scene.ts";

const form =
  /^(\d{1,2}) (python|javascript|typescript|go|rust|java|ruby|shell) (?:modules|files|scripts) \(((?:[\w-]+)(?:, (?:and )?[\w-]+){0,19})\)(?: (?:created|exist|present))?$/i;

const endings: Readonly<Record<string, readonly string[]>> = {
  python: [".py"],
  javascript: [".js", ".mjs", ".cjs"],
  typescript: [".ts"],
  go: [".go"],
  rust: [".rs"],
  java: [".java"],
  ruby: [".rb"],
  shell: [".sh"],
};

/** `3 Python modules (auth, token, user)`, where the plan names exactly one file for each of them. */
export const namedFilesClaim: ClaimPattern = {
  name: "named-files",
  isCued: (text) => /^\d/.test(text),
  fit(text, { plan }) {
    const [, count, language = "", list = ""] = form.exec(text) ?? [];
    const names = list.split(/, (?:and )?/);
    if (Number(count) !== names.length) return undefined;
    const ends = endings[language.toLowerCase()] ?? [];
    const files = names.map((name) => {
      const wanted = ends.map((end) => `${name}${end}`.toLowerCase());
      return plan.paths.filter((path) => wanted.includes(path.slice(path.lastIndexOf("/") + 1).toLowerCase()));
    });
    if (!files.every((found) => found.length === 1)) return undefined;
    return {
      claims: files.flat().map((path) => ({ kind: "path", path, expect: "file" }) as const),
      why: "the plan names one file for each of them",
    };
  },
};
