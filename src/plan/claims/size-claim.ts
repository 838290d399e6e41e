import { numberForm, numberOf, sizeForm, sizeOf } from "./amounts.ts";
import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";
import { comparisonForm, comparisonOf } from "./comparison.ts";
import { namedPath } from "./path-resolve.ts";
import { pathForm } from "./sentence.ts";

const verb = "(?:is |are |stays |remains |weighs |has |takes )?";
const bytes = new RegExp(
  `^(?:the )?(?:size of )?(?:file |bundle |directory )?${pathForm}:? (?:bundle |file )?(?:size )?${verb}(?:a size )?${comparisonForm} ?${numberForm} ?${sizeForm}(?: in size| large| big)?$`,
  "i",
);
const lines = new RegExp(
  `^(?:the )?(?:file )?${pathForm} ${verb}(?:${comparisonForm} )?${numberForm}(\\+| or more)? lines(?: long| of (?:code|text|content))?$`,
  "i",
);

/** `dist/app.js is under 200 KB`, `README.md has at least 40 lines`. */
export const sizeClaim: ClaimPattern = {
  name: "size",
  isCued: (text) => /\d/.test(text),
  fit(text, scene) {
    const weighed = bytes.exec(text);
    if (weighed !== null) {
      const [, word, comparison, amount, unit = ""] = weighed;
      const factor = sizeOf(unit);
      return factor === undefined ? undefined : made(word, "bytes", comparison, numberOf(amount) * factor, scene);
    }
    const counted = lines.exec(text);
    if (counted === null) return undefined;
    const [, word, comparison = "exactly", amount, more] = counted;
    return made(word, "lines", more === undefined ? comparison : "at least", numberOf(amount), scene);
  },
};

function made(
  word: string | undefined,
  of: "bytes" | "lines",
  comparison: string | undefined,
  amount: number,
  scene: ClaimScene,
): ClaimFit | undefined {
  const file = namedPath(word, scene);
  const operator = comparisonOf(comparison);
  if (file === undefined || operator === undefined || (of === "lines" && file.path.endsWith("/"))) return undefined;
  const claim = { kind: "size", path: file.path, of, operator, amount } as const;
  return { claims: [claim], why: "it sets a bound to the size of a file", ...(file.ambiguous ? { near: true } : {}) };
}
