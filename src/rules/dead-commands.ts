import type { Span } from "#model/source";

/** A command of the framework's scripts in a document. */
export interface ScriptCommand extends Span {
  /** The command as written, on one line. */
  readonly text: string;
  /** Path of the script as written. */
  readonly script: string;
  /** What does the same here; absent where nothing is needed any more. */
  readonly instead?: string;
  /** False where more is written than the command and its arguments, so that its end is not certain. */
  readonly whole: boolean;
}

/** The framework's scripts by name, and the command that does what they were meant to do. */
const scripts: readonly { readonly names: RegExp; readonly instead?: string }[] = [
  {
    names:
      /^(?:validate_(?:tags_against_docs|requirement_ids|metadata|traceability|traceability_matrix|traceability_matrix_enforcement|req_spec_readiness|links|iplan_naming|documentation_paths|tasks|(?:brd|prd|ears|bdd|adr|sys|req|impl|ctr|spec|tasks|iplan)_template(?:_v\d)?)|check_broken_references|check_traceability_coverage|contract_change_validator)$/,
    instead: "iplan check",
  },
  {
    names: /^(?:generate_traceability_matri(?:x|ces)|update_traceability_matrix|complete_traceability_matrix)$/,
    instead: "iplan registry",
  },
  { names: /^(?:extract_tags|generate_tag_coverage_report)$/ },
];

/** An interpreter or a path that is run itself, and the script in a folder of scripts. */
const command =
  /(?<![\w./~\\-])(?:(?:python3?|bash|sh)[ \t]+)?((?:\.{1,2}\/|\/)?(?:[\w.-]+\/)*)([a-z]\w*)\.(?:py|sh)(?![\w./])/g;
/** Arguments up to the end of a simple command; the next line only after a backslash. */
const argumentsOf = /(?:\\\r?\n|[^\r\n;&|<>()`#\\])*/y;
/** What stands before a command on its line. */
const commandStart = /(?:^[ \t]*(?:\$ +|- +)?|(?:&&|\|\||;|\bdo|\bthen)[ \t]+)$/;

/** Commands of the framework's scripts in a stretch of text that holds commands, in order. */
export function findScriptCommands(text: string, { start, end }: Span): readonly ScriptCommand[] {
  const found: ScriptCommand[] = [];
  const stretch = text.slice(start, end);
  for (const match of stretch.matchAll(command)) {
    const [head, folder = "", name = ""] = match;
    const known = scripts.find(({ names }) => names.test(name));
    const isRun = /^(?:python|bash|sh)/.test(head) || folder.startsWith(".") || folder.startsWith("/");
    if (known === undefined || !folder.endsWith("scripts/") || !isRun) continue;
    const lineStart = stretch.lastIndexOf("\n", match.index - 1) + 1;
    if (!commandStart.test(stretch.slice(Math.max(lineStart, match.index - 80), match.index))) continue;
    found.push(commandAt(stretch, start, match.index, head, known.instead));
  }
  return found;
}

function commandAt(
  stretch: string,
  start: number,
  at: number,
  head: string,
  instead: string | undefined,
): ScriptCommand {
  argumentsOf.lastIndex = at + head.length;
  const rest = argumentsOf.exec(stretch)?.[0] ?? "";
  const written = `${head}${rest}`.trimEnd();
  const follows = stretch[at + head.length + rest.length] ?? "\n";
  return {
    start: start + at,
    end: start + at + written.length,
    text: written.replace(/\s*\\?\r?\n\s*/g, " "),
    script: head.replace(/^\w+[ \t]+/, ""),
    ...(instead === undefined ? {} : { instead }),
    whole: /[\r\n;&|#`]/.test(follows) && balanced(written),
  };
}

/** Why: a quote that is open takes more with it than can be seen here. */
function balanced(text: string): boolean {
  return [`"`, "'"].every((quote) => text.split(quote).length % 2 === 1) && !text.includes("$(");
}
