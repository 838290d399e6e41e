import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";
import { namedPath } from "./path-resolve.ts";
import { pathForm } from "./sentence.ts";

const name = String.raw`\x60([A-Za-z_$][\w$]{0,80})(?:\(\))?\x60`;
const noun = "(?:the )?(?:(?:class|function|method|interface|type|enum|struct|constant|trait) )?";
const after = "(?: (?:class|function|method|interface|type|enum|struct|constant|trait))?";

const defining = new RegExp(
  `^(?:the )?(?:module |file )?${pathForm} (defines|declares|exports|implements) ${noun}${name}${after}$`,
  "i",
);
const defined = new RegExp(
  `^${noun}${name}${after} (?:is )?(defined|declared|exported|implemented|exists) (?:in|by|from) (?:the )?(?:module |file )?${pathForm}$`,
  "i",
);
const code = /\.(?:[cm]?[jt]sx?|py|go|rs|java|kts?|cs|rb|php|swift|scala|c|h|cc|cpp|hpp|sh|bash)$/i;

/** `` `src/a.py` defines `greet` ``, ``class `Ledger` is defined in `src/ledger.js` ``. */
export const definitionClaim: ClaimPattern = {
  name: "definition",
  isCued: (text) => text.includes("`") && /defin|declar|export|implement|exist/i.test(text),
  fit(text, scene) {
    // Why: the short forms are held by the long ones, which take a millisecond each to compile.
    const first = / (?:defines|declares|exports|implements) /i.test(text) ? defining.exec(text) : null;
    if (first !== null) return made(first[1], first[3], first[2], scene);
    const last = / (?:in|by|from) /i.test(text) ? defined.exec(text) : null;
    return last === null ? undefined : made(last[3], last[1], last[2], scene);
  },
};

function made(
  word: string | undefined,
  symbol: string | undefined,
  verb: string | undefined,
  scene: ClaimScene,
): ClaimFit | undefined {
  const file = namedPath(word, scene);
  if (file === undefined || symbol === undefined || !code.test(file.path)) return undefined;
  const claims = [{ kind: "definition", path: file.path, name: symbol }] as const;
  // Why: what is exported or implemented is defined, but not the other way round.
  const more = /^(?:export|implement)/i.test(verb ?? "");
  if (more) return { claims, why: "it says more than that a name is defined", near: true };
  return { claims, why: "it names a file and what it defines", ...(file.ambiguous ? { near: true } : {}) };
}
