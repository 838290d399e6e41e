import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";

const where = "(?:the )?(?:output|table|report|summary|list)";
const cell = String.raw`(?:"[^"]{1,80}"|\x60[^\x60|]{1,80}\x60|'[^']{1,80}')`;
const cells = String.raw`(${cell}(?:(?:, and |, | and | with |: ?| = )${cell}){1,9})`;
const having = new RegExp(
  `^${where} (?:has|contains|shows|lists|includes) (?:a |the )?(?:table )?(?:row|line) (?:with|for|of) ${cells}$`,
  "i",
);
const drawn = new RegExp(
  String.raw`^(?:${where} (?:has|contains|shows|lists|includes) (?:a |the )?(?:table )?row:? \x60(\|[^\x60]{3,200}\|)\x60|row \x60(\|[^\x60]{3,200}\|)\x60 (?:is )?(?:in|stands in|appears in) ${where})$`,
  "i",
);

/** ``Output has a row with `orders` and `12` ``, ``the table has a row `| orders | 12 |` ``, and rows behind `# Expected:`. */
export const rowClaim: ClaimPattern = {
  name: "row",
  isCued: (text, { command }) => command !== undefined || /\b(?:row|line)\b/i.test(text),
  fit(text, scene) {
    const listed = having.exec(text)?.[1];
    if (listed !== undefined) {
      const all = [...listed.matchAll(/"([^"]+)"|\x60([^\x60]+)\x60|'([^']+)'/g)];
      return made(
        all.map((match) => match[1] ?? match[2] ?? match[3] ?? ""),
        scene,
      );
    }
    const row = drawn.exec(text);
    if (row !== null) return made(split(row[1] ?? row[2] ?? "", /\|/), scene);
    if (scene.command === undefined || scene.form !== "expected") return undefined;
    return made(split(text.replace(/\s*(?:\.{2,3}|…)\s*$/, ""), / {2,}|\t|\s*[|│]\s*/), scene);
  },
};

function split(text: string, between: RegExp): readonly string[] {
  return text.split(between).flatMap((part) => part.trim() || []);
}

function made(found: readonly string[], { command }: ClaimScene): ClaimFit | undefined {
  if (found.length < 2 || found.length > 20 || found.some((each) => each === "" || each.includes('"')))
    return undefined;
  return {
    claims: [{ kind: "row", cells: found, ...(command === undefined ? {} : { command: command.trim() }) }],
    why: "it names cells of a row in the output",
  };
}
