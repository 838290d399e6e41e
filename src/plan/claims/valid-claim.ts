import type { ValidClaim } from "#model/claim";
import type { ClaimPattern } from "./claim-scene.ts";
import { namedPath } from "./path-resolve.ts";
import { pathForm } from "./sentence.ts";

const told = new RegExp(
  `^(?:the )?(?:file )?${pathForm} (?:(?:is|has|contains|remains|stays) (?:valid|well-formed|syntactically valid)|parses as|can be parsed as) (json|yaml)(?: syntax| file)?( front ?matter)?$`,
  "i",
);

/** `config.json is valid JSON`, `docs/a.md has valid YAML front matter`. */
export const validClaim: ClaimPattern = {
  name: "valid",
  isCued: (text) => /json|yaml/i.test(text),
  fit(text, scene) {
    const match = told.exec(text);
    const file = namedPath(match?.[1], scene);
    if (match === null || file === undefined) return undefined;
    const language = (match[2] ?? "").toUpperCase() === "JSON" ? "JSON" : "YAML";
    if (match[3] !== undefined && language === "JSON") return undefined;
    const format: ValidClaim["format"] = match[3] === undefined ? language : "front matter";
    return {
      claims: [{ kind: "valid", path: file.path, format }],
      why: "it names a file and what it can be read as",
      ...(file.ambiguous ? { near: true } : {}),
    };
  },
};
