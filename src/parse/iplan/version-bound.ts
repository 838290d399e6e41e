import type { VersionBound } from "#model/plan";
import type { Span } from "#model/source";

/** Version bounds with the part of the text that states them. */
export interface StatedBounds extends Span {
  readonly bounds: readonly VersionBound[];
}

const version = String.raw`v?(\d+(?:\.\d+)*)(\.[xX*])?`;
const comparison = new RegExp(String.raw`(>=|<=|==|≥|≤|>|<|=|\^|~)\s*${version}`, "gu");
const least = new RegExp(
  String.raw`\b${version}\s*(?:\+|or (?:later|newer|higher|above|greater)\b|and (?:later|above|up)\b)`,
  "iu",
);
const between = new RegExp(String.raw`\b${version}\s*(?:-|–|—|to|through)\s*${version}(?![\w.])`, "iu");
const plain = new RegExp(
  String.raw`^[\x60*]*\p{L}[\p{L}\p{N}_.+#-]*(?: \p{L}[\p{L}\p{N}_.+#-]*)?[\x60*]* ${version}(?![\w%.:/-])`,
  "u",
);
const unit = /^\s*(?:[KMGT]i?B\b|ms\b|hours?\b|minutes?\b|cores?\b|CPUs?\b|files?\b)/i;

/** The version bounds a prerequisite states: `3.11+`, `>= 20, < 23`, `v20.x or later`, `^18`, `3.10 - 3.12`, or a bare `14` after a name. */
export function findVersionBounds(text: string): StatedBounds | undefined {
  return compared(text) ?? single(text, least, ">=") ?? ranged(text) ?? named(text);
}

function compared(text: string): StatedBounds | undefined {
  const matches = [...text.matchAll(comparison)];
  const first = matches[0];
  const last = matches.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return {
    bounds: matches.flatMap((match) => boundsOf(match[1] ?? "", match[2] ?? "")),
    start: first.index,
    end: last.index + last[0].length,
  };
}

const operators: Readonly<Record<string, VersionBound["operator"]>> = {
  ">=": ">=",
  "≥": ">=",
  "<=": "<=",
  "≤": "<=",
  ">": ">",
  "<": "<",
  "=": "=",
  "==": "=",
};

function boundsOf(sign: string, number: string): VersionBound[] {
  const operator = operators[sign];
  if (operator !== undefined) return [{ operator, version: number }];
  return [
    { operator: ">=", version: number },
    { operator: "<", version: following(number, sign) },
  ];
}

/** The first version that `^1.2` or `~1.2` leaves out. */
function following(number: string, sign: string): string {
  const parts = number.split(".").map(Number);
  const place =
    sign === "^"
      ? Math.max(
          0,
          parts.findIndex((part) => part > 0),
        )
      : Math.min(1, parts.length - 1);
  return [...parts.slice(0, place), (parts[place] ?? 0) + 1].join(".");
}

function single(text: string, form: RegExp, operator: VersionBound["operator"]): StatedBounds | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const span = { start: match.index, end: match.index + match[0].length };
  return { bounds: [{ operator, version: match[1] ?? "" }], ...span };
}

function ranged(text: string): StatedBounds | undefined {
  const match = between.exec(text);
  if (match === null || unit.test(text.slice(match.index + match[0].length))) return undefined;
  const bounds: VersionBound[] = [
    { operator: ">=", version: match[1] ?? "" },
    { operator: "<=", version: match[3] ?? "" },
  ];
  return { bounds, start: match.index, end: match.index + match[0].length };
}

function named(text: string): StatedBounds | undefined {
  const match = / v?\d/.test(text) ? plain.exec(text) : null;
  if (match === null || unit.test(text.slice(match[0].length))) return undefined;
  const start = match[0].lastIndexOf(" ") + 1;
  return { bounds: [{ operator: "=", version: match[1] ?? "" }], start, end: match[0].length };
}
