import type { VersionBound } from "#model/plan";
import type { Claim } from "#model/understanding";
import { isLinearPattern } from "./linear-pattern.ts";

/** What a `claim=` text says: claims, or what is wrong with it. */
export type ClaimReading =
  | { readonly claims: readonly Claim[]; readonly problem?: undefined }
  | { readonly claims: readonly []; readonly problem: string };

type ClaimReader = (rest: string) => Claim | string;

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

function path(expect: Extract<Claim, { kind: "path" }>["expect"]): ClaimReader {
  return (rest) => {
    const found = unquoted(rest);
    return found === "" || (/\s/.test(found) && found === rest)
      ? "a path is missing, or one with blanks wants quotes"
      : { kind: "path", path: found, expect };
  };
}

const readers: Readonly<Record<string, ClaimReader>> = {
  exists: path("exists"),
  created: path("created"),
  absent: path("absent"),
  file: path("file"),
  directory: path("directory"),
  executable: path("executable"),
  "not-empty": path("not-empty"),
  count: readCount,
  output: readOutput,
  clean: (rest) => (rest === "" ? "clean wants the name of a tool" : { kind: "clean", tool: unquoted(rest) }),
  version: readVersion,
  number: readNumber,
};

/** The form of the little language, for messages. */
export const claimForms =
  'exists PATH, absent PATH, file PATH, directory PATH, count N files in DIR, output contains "TEXT", output matches /PATTERN/, clean TOOL, version COMMAND >=X, number SUBJECT >= X';

/** Reads the text of a `claim=` annotation; several claims are joined by `;` or ` and `. */
export function readClaimText(text: string): ClaimReading {
  const claims: Claim[] = [];
  for (const part of splitClaims(text)) {
    const [, word = "", rest = ""] = /^(\S+)\s*([^]*)$/.exec(part) ?? [];
    const reader = Object.hasOwn(readers, word) ? readers[word] : undefined;
    const claim = reader === undefined ? `a claim is one of: ${claimForms}` : reader(rest.trim());
    if (typeof claim === "string") return { claims: [], problem: claim };
    claims.push(claim);
  }
  return claims.length === 0 ? { claims: [], problem: `a claim is one of: ${claimForms}` } : { claims };
}

function splitClaims(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let quote = "";
  for (let index = 0; index < text.length; index++) {
    const sign = text[index] ?? "";
    if (quote !== "") quote = sign === quote ? "" : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === ";") {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)].flatMap((part) => part.trim() || []);
}

function unquoted(text: string): string {
  return /^(["'])([^]*)\1$/.exec(text)?.[2] ?? text;
}

function readCount(rest: string): Claim | string {
  const match =
    /^(>=|≥|<=|≤|>|<|==?)?\s*(\d{1,7})\s+(\S+\s+)?(files?|director(?:y|ies)|entr(?:y|ies))\s+(in|below)\s+(\S+)$/.exec(
      rest,
    );
  if (match === null) return "count is written: count 4 files in src/, count >= 2 *.py files below src/";
  const [, operator = "=", count = "0", pattern, noun = "", where, directory = ""] = match;
  const of = noun.startsWith("file") ? "file" : noun.startsWith("dir") ? "directory" : "entry";
  const claim = {
    kind: "count",
    directory: unquoted(directory),
    of,
    operator: operators[operator] ?? "=",
    count: Number(count),
    recursive: where === "below",
  } as const;
  return pattern === undefined ? claim : { ...claim, pattern: pattern.trim() };
}

function readOutput(rest: string): Claim | string {
  const match = /^(?:of\s+(?:"([^"]+)"|'([^']+)')\s+)?(contains|lacks|matches)\s+([^]+)$/.exec(rest);
  if (match === null)
    return 'output is written: output contains "TEXT", output lacks "TEXT" or output matches /PATTERN/';
  const [, double, single, verb, value = ""] = match;
  const command = double ?? single;
  const own = command === undefined ? {} : { command };
  if (verb !== "matches")
    return {
      kind: "output",
      text: unquoted(value),
      form: "literal",
      expect: verb === "lacks" ? "absent" : "present",
      ...own,
    };
  const pattern = /^\/([^]+)\/$/.exec(value)?.[1];
  if (pattern === undefined) return "a pattern stands between slashes: output matches /[0-9]+ passed/";
  if (!isLinearPattern(pattern))
    return "the pattern uses what cannot be matched in linear time (look-around, back references, nested repetition) or is broken";
  return { kind: "output", text: pattern, form: "regex", expect: "present", ...own };
}

function readVersion(rest: string): Claim | string {
  const match =
    /^([^<>=≥≤]+?)\s*((?:>=|≥|<=|≤|>|<|==?)\s*v?\d[\d.]*(?:\s*,\s*(?:>=|≥|<=|≤|>|<|==?)\s*v?\d[\d.]*)*)$/.exec(rest);
  if (match === null) return 'version is written: version "node --version" >=20';
  const bounds = [...(match[2] ?? "").matchAll(/(>=|≥|<=|≤|>|<|==?)\s*v?(\d[\d.]*)/g)].map((each) => ({
    operator: operators[each[1] ?? ""] ?? ("=" as const),
    version: each[2] ?? "",
  }));
  return { kind: "version", command: unquoted(match[1] ?? ""), bounds };
}

function readNumber(rest: string): Claim | string {
  const match = /^([^<>=≥≤]+?)\s*(>=|≥|<=|≤|>|<|==?)\s*(-?\d+(?:\.\d+)?)\s*(%|[A-Za-zµ]+)?$/.exec(rest);
  if (match === null) return "number is written: number coverage >= 85 %";
  const claim = {
    kind: "number",
    subject: unquoted(match[1] ?? ""),
    operator: operators[match[2] ?? ""] ?? "=",
    value: Number(match[3]),
  } as const;
  return match[4] === undefined ? claim : { ...claim, unit: match[4] };
}

/** Writes a claim in the little language, so that reading it gives the claim again. */
export function writeClaim(claim: Claim): string {
  switch (claim.kind) {
    case "path":
      return `${claim.expect} ${quotedIfNeeded(claim.path)}`;
    case "count":
      return writeCount(claim);
    case "output":
      return writeOutput(claim);
    case "version":
      return `version ${quotedIfNeeded(claim.command)} ${claim.bounds.map((bound) => `${bound.operator}${bound.version}`).join(", ")}`;
    case "clean":
      return `clean ${quotedIfNeeded(claim.tool)}`;
    case "number":
      return `number ${claim.subject} ${claim.operator} ${claim.value}${claim.unit === undefined ? "" : ` ${claim.unit}`}`;
  }
}

function writeCount(claim: Extract<Claim, { kind: "count" }>): string {
  const noun = { file: "files", directory: "directories", entry: "entries" }[claim.of];
  const sign = claim.operator === "=" ? "" : `${claim.operator} `;
  const pattern = claim.pattern === undefined ? "" : `${claim.pattern} `;
  return `count ${sign}${claim.count} ${pattern}${noun} ${claim.recursive ? "below" : "in"} ${claim.directory}`;
}

function writeOutput(claim: Extract<Claim, { kind: "output" }>): string {
  const of = claim.command === undefined ? "" : `of '${claim.command}' `;
  if (claim.form === "regex") return `output ${of}matches /${claim.text}/`;
  const quote = claim.text.includes('"') ? "'" : '"';
  return `output ${of}${claim.expect === "absent" ? "lacks" : "contains"} ${quote}${claim.text}${quote}`;
}

function quotedIfNeeded(text: string): string {
  return /\s/.test(text) ? `"${text}"` : text;
}
