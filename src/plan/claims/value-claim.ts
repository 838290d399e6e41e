import type { PlainValue, ValueClaim } from "#model/claim";
import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";
import { plainValue } from "./forms/value-form.ts";
import { structuredPath } from "./path-resolve.ts";
import { pathForm } from "./sentence.ts";

const key = String.raw`(?:\x60([\w@./[\]-]{1,100})\x60|"([\w@./[\]-]{1,100})"|([A-Za-z_][\w-]*(?:\.[\w-]+)+))`;
const value = String.raw`(\x60[^\x60]{1,100}\x60|"[^"]{0,100}"|'[^']{0,100}'|-?\d{1,15}(?:\.\d{1,9})?|true|false|null)`;
const kinds = "(key|field|script|entry|property|setting|value|option)";

const inside = new RegExp(`^${key} in ${pathForm} (?:is|equals|is set to|set to|has the value|==?) ${value}$`, "i");
const setting = new RegExp(
  `^${pathForm} (?:sets|has|defines|declares) ${kinds}? ?${key} ?(?:to|=|==|set to|of|as|with value|is) ?${value}$`,
  "i",
);
const pair = new RegExp(`^${pathForm} (?:has|contains|sets|defines|declares|includes) ${key}\\s?:\\s?${value}$`, "i");
const quotedPair = new RegExp(
  String.raw`^${pathForm} (?:has|contains|sets|defines|declares|includes) \x60"?([\w@./-]{1,100})"?\s?:\s?("[^"\x60]{0,100}"|[^\s\x60"]{1,100})\x60$`,
  "i",
);
const having = new RegExp(`^${pathForm} (?:has|defines|declares|contains) (?:a |an |the )?${key} ${kinds}$`, "i");
const lacking = new RegExp(`^${pathForm} (?:has|defines|declares|contains) no ${key} ${kinds}$`, "i");

/** ``config.json has "port": 8080``, `` `version` in `package.json` is `1.2.0` ``, ``package.json has a `test` script``. */
export const valueClaim: ClaimPattern = {
  name: "value",
  isCued: (text) => /\.(?:json|ya?ml)\b/i.test(text),
  fit(text, scene) {
    const at = inside.exec(text);
    if (at !== null) return equal(at[4], at[1] ?? at[2] ?? at[3], at[5], scene);
    const set = setting.exec(text);
    if (set !== null) return equal(set[1], prefixed(set[2], set[3] ?? set[4] ?? set[5]), set[6], scene);
    const told = pair.exec(text);
    if (told !== null) return equal(told[1], told[2] ?? told[3] ?? told[4], told[5], scene);
    const quoted = quotedPair.exec(text);
    if (quoted !== null) return equal(quoted[1], quoted[2], quoted[3], scene);
    const held = having.exec(text);
    if (held !== null)
      return made(held[1], prefixed(held[5], held[2] ?? held[3] ?? held[4]), { expect: "present" }, scene);
    const lacked = lacking.exec(text);
    if (lacked === null) return undefined;
    return made(lacked[1], prefixed(lacked[5], lacked[2] ?? lacked[3] ?? lacked[4]), { expect: "absent" }, scene);
  },
};

/** Why: scripts of a package are told by their own names. */
function prefixed(noun: string | undefined, name: string | undefined): string | undefined {
  return noun?.toLowerCase() === "script" ? `scripts.${name}` : name;
}

function equal(
  word: string | undefined,
  name: string | undefined,
  written: string | undefined,
  scene: ClaimScene,
): ClaimFit | undefined {
  const inner = /^\x60([^]*)\x60$/.exec(written ?? "")?.[1] ?? written ?? "";
  return made(word, name, { expect: "equal", value: plainValue(inner) }, scene);
}

function made(
  word: string | undefined,
  name: string | undefined,
  said: { readonly expect: ValueClaim["expect"]; readonly value?: PlainValue },
  scene: ClaimScene,
): ClaimFit | undefined {
  const file = structuredPath(word, scene);
  if (file === undefined || name === undefined) return undefined;
  const claim = { kind: "value", path: file.path, key: name, ...said } as const;
  return { claims: [claim], why: "it names a key of a file", ...(file.ambiguous ? { near: true } : {}) };
}
