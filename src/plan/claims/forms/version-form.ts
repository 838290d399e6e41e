import { signs } from "../comparison.ts";
import { type ClaimForm, quotedIfNeeded, unquoted } from "./claim-form.ts";

const form = /^([^<>=≥≤]+?)\s*((?:>=|≥|<=|≤|>|<|==?)\s*v?\d[\d.]*(?:\s*,\s*(?:>=|≥|<=|≤|>|<|==?)\s*v?\d[\d.]*)*)$/;

/** `version "node --version" >=20, <23`. */
export const versionForm: ClaimForm<"version"> = {
  words: ["version"],
  example: "version COMMAND >=X",
  read(rest) {
    const match = form.exec(rest);
    if (match === null) return 'version is written: version "node --version" >=20';
    const bounds = [...(match[2] ?? "").matchAll(/(>=|≥|<=|≤|>|<|==?)\s*v?(\d[\d.]*)/g)].map((each) => ({
      operator: signs[each[1] ?? ""] ?? ("=" as const),
      version: each[2] ?? "",
    }));
    return { kind: "version", command: unquoted(match[1] ?? ""), bounds };
  },
  write: ({ command, bounds }) =>
    `version ${quotedIfNeeded(command)} ${bounds.map((bound) => `${bound.operator}${bound.version}`).join(", ")}`,
};
