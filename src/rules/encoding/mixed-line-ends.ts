import { defineRule, type Rule } from "../rule.ts";

interface LineEnd {
  readonly name: string;
  readonly places: number[];
}

/** All lines end the same way. */
export const mixedLineEnds: Rule = defineRule({
  code: "encoding/mixed-line-ends",
  severity: "info",
  title: "Mixed line ends",
  summary: "All lines of a document end the same way.",
  needs: [],
  check({ source }, report) {
    if (!source.text.includes("\r")) return;
    const kinds = lineEnds(source.text)
      .filter((kind) => kind.places.length > 0)
      .sort((a, b) => b.places.length - a.places.length);
    const rarest = kinds.at(-1);
    const first = rarest?.places[0];
    if (kinds.length < 2 || first === undefined) return;
    const counts = kinds.map((kind) => `${kind.places.length} with ${kind.name}`).join(", ");
    report({
      message: `Lines end in different ways (${counts}). Write ${kinds[0]?.name ?? "LF"} throughout.`,
      at: { start: first, end: first + 1 },
    });
  },
});

function lineEnds(text: string): readonly LineEnd[] {
  const lf: LineEnd = { name: "LF", places: [] };
  const crlf: LineEnd = { name: "CRLF", places: [] };
  const cr: LineEnd = { name: "CR", places: [] };
  for (const match of text.matchAll(/\r\n|\n|\r/g)) {
    const kind = match[0] === "\n" ? lf : match[0] === "\r" ? cr : crlf;
    kind.places.push(match.index);
  }
  return [lf, crlf, cr];
}
