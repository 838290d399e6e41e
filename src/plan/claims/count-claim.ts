import type { VersionBound } from "#model/plan";
import type { Claim } from "#model/understanding";
import type { ClaimFit, ClaimPattern, ClaimScene } from "./claim-scene.ts";
import { readPath } from "./path-text.ts";

const number = String.raw`(at least |at most |exactly |more than |fewer than |≥ ?|>= ?|≤ ?|<= ?|> ?|< ?)?(\d{1,6}|no|zero|one|two|three|four|five|six|seven|eight|nine|ten)(\+| or more)?`;
const things = String.raw`(?:(new|Python|JavaScript|TypeScript|Markdown|JSON|SQL|Go|Rust|Java|Ruby|shell|CSS|HTML) )?(files?|modules?|scripts?|directories|director(?:y)|folders?|subdirectories|entries|items)`;

const inside = new RegExp(
  String.raw`^${number} ${things}(?: (?:exist|created|present|are|found|generated))* (in|inside|under|below|within) (\S+)(?: (?:exist|created|present))?$`,
  "i",
);
const holding = new RegExp(
  String.raw`^(?:the )?(?:director(?:y|ies) |folder )?(\S+)(?: (?:directory|folder))? (?:contains|holds|has|shows) ${number} ${things}$`,
  "i",
);
const listed = new RegExp(String.raw`^(?:should )?(?:show|list|be|contain|have)?s? ?${number} ${things}$`, "i");
const listing = /^ls(?: -[A-Za-z1]+)* (\S+)$/;

const words: Readonly<Record<string, number>> = {
  no: 0,
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
};

const comparisons: Readonly<Record<string, VersionBound["operator"]>> = {
  "at least": ">=",
  "≥": ">=",
  ">=": ">=",
  "at most": "<=",
  "≤": "<=",
  "<=": "<=",
  "more than": ">",
  ">": ">",
  "fewer than": "<",
  "<": "<",
};

const patterns: Readonly<Record<string, string>> = {
  python: "*.py",
  javascript: "*.js",
  typescript: "*.ts",
  markdown: "*.md",
  json: "*.json",
  sql: "*.sql",
  go: "*.go",
  rust: "*.rs",
  java: "*.java",
  ruby: "*.rb",
  shell: "*.sh",
  css: "*.css",
  html: "*.html",
};

/** ``6 Python modules in `src/auth/` ``, `src/ contains 4 files`, and `# Should show 4 files` behind an `ls`. */
export const countClaim: ClaimPattern = {
  name: "count",
  isCued: (text) => /\d|\b(?:no|zero|one|two|three|four|five|six|seven|eight|nine|ten)\b/i.test(text),
  fit(text, scene) {
    const found = inside.exec(text);
    if (found !== null) {
      const [, comparison, amount, more, language, thing, where, place] = found;
      return fitted(
        { comparison, amount, more, language, thing, recursive: where === "under" || where === "below" },
        place,
      );
    }
    const held = holding.exec(text);
    if (held !== null) {
      const [, place, comparison, amount, more, language, thing] = held;
      return fitted({ comparison, amount, more, language, thing, recursive: false }, place);
    }
    return ofListing(text, scene);
  },
};

interface Counted {
  readonly comparison: string | undefined;
  readonly amount: string | undefined;
  readonly more: string | undefined;
  readonly language: string | undefined;
  readonly thing: string | undefined;
  readonly recursive: boolean;
}

function ofListing(text: string, { command }: ClaimScene): ClaimFit | undefined {
  const place = listing.exec(command?.trim() ?? "")?.[1];
  const found = place === undefined ? null : listed.exec(text);
  if (found === null) return undefined;
  const [, comparison, amount, more, language, thing] = found;
  return fitted({ comparison, amount, more, language, thing, recursive: false }, place);
}

function fitted(
  { comparison, amount, more, language, thing, recursive }: Counted,
  place: string | undefined,
): ClaimFit | undefined {
  const directory = directoryOf(place ?? "");
  if (directory === undefined) return undefined;
  const count = words[(amount ?? "").toLowerCase()] ?? Number(amount);
  const named = (comparison ?? "").trim().toLowerCase();
  const claim: Claim = {
    kind: "count",
    directory,
    of: kindOf(thing ?? ""),
    operator: more === undefined ? (comparisons[named] ?? "=") : ">=",
    count,
    recursive,
  };
  const pattern = patterns[(language ?? "").toLowerCase()];
  return { claims: [pattern === undefined ? claim : { ...claim, pattern }], why: "it counts what lies in a directory" };
}

/** What stands behind "in" is a directory, with or without its slash. */
function directoryOf(word: string): string | undefined {
  const path = readPath(word) ?? readPath(`${word.replace(/`$/, "")}/${word.endsWith("`") ? "`" : ""}`);
  return path === undefined || /\.[a-z]{1,4}$/i.test(path.replace(/^\.+/, "")) ? undefined : path;
}

function kindOf(thing: string): "file" | "directory" | "entry" {
  if (/^(?:file|module|script)/i.test(thing)) return "file";
  return /^(?:entr|item)/i.test(thing) ? "entry" : "directory";
}
