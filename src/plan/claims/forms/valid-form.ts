import type { ValidClaim } from "#model/claim";
import { type ClaimForm, quotedIfNeeded } from "./claim-form.ts";

const formats: Readonly<Record<string, ValidClaim["format"]>> = {
  json: "JSON",
  yaml: "YAML",
  "front matter": "front matter",
};
const form = /^(?:"([^"]+)"|'([^']+)'|(\S+))\s+as\s+(json|yaml|front matter)$/i;

/** `valid config.json as JSON`. */
export const validForm: ClaimForm<"valid"> = {
  words: ["valid"],
  example: "valid PATH as JSON",
  read(rest) {
    const match = form.exec(rest);
    const format = formats[(match?.[4] ?? "").toLowerCase()];
    if (match === null || format === undefined)
      return "valid is written: valid config.json as JSON, with JSON, YAML or front matter";
    return { kind: "valid", path: match[1] ?? match[2] ?? match[3] ?? "", format };
  },
  write: ({ path, format }) => `valid ${quotedIfNeeded(path)} as ${format}`,
};
