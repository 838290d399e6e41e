import type { Span } from "./source.ts";

/** A word as written, quotes included, with what is known of its value. */
export interface ShellWord extends Span {
  readonly raw: string;
  /** The value with quotes removed when it holds no expansion; patterns, `~` and braces stay as written. Absent when only bash can know it. */
  readonly literal?: string;
  /** Commands inside `$(…)`, backquotes or `<(…)` of this word. */
  readonly substitutions: readonly ShellScript[];
  /** Names of variables the word expands. */
  readonly variables: readonly string[];
}

/** One redirection, such as `>file`, `2>&1` or `<<EOF`. */
export interface ShellRedirect extends Span {
  readonly operator: string;
  readonly descriptor?: number;
  readonly target?: ShellWord;
  /** Here-document: its body's place, and whether its delimiter was found. */
  readonly heredoc?: {
    readonly delimiter: string;
    readonly quoted: boolean;
    readonly body: Span;
    readonly terminated: boolean;
    /** Commands and variables that bash expands in the body; none when the delimiter is quoted. */
    readonly substitutions: readonly ShellScript[];
    readonly variables: readonly string[];
  };
}

/** `name=value` before a command or alone. */
export interface ShellAssignment extends Span {
  readonly name: string;
  readonly value?: ShellWord;
  readonly append: boolean;
  /** Elements of `name=(a b c)`. */
  readonly elements?: readonly ShellWord[];
}

interface CommandBase extends Span {
  readonly redirects: readonly ShellRedirect[];
}

/** A simple command: `NAME=x prog arg…`; without words it only assigns. */
export interface SimpleCommand extends CommandBase {
  readonly kind: "simple";
  readonly assignments: readonly ShellAssignment[];
  /** Command name first. `declare`, `export`, `test`, `[`, `local` are simple commands too. */
  readonly words: readonly ShellWord[];
}

/** `[[ … ]]` or `(( … ))`. */
export interface TestCommand extends CommandBase {
  readonly kind: "test" | "arithmetic";
  readonly raw: string;
  readonly words: readonly ShellWord[];
}

/** `a | b`, possibly negated with `!`. A negated single command is a pipeline of one. */
export interface PipelineCommand extends CommandBase {
  readonly kind: "pipeline";
  readonly negated: boolean;
  readonly commands: readonly ShellCommand[];
}

/** `left && right` or `left || right`. */
export interface AndOrCommand extends CommandBase {
  readonly kind: "and" | "or";
  readonly left: ShellCommand;
  readonly right: ShellCommand;
}

/** `( … )` or `{ …; }`. */
export interface GroupCommand extends CommandBase {
  readonly kind: "subshell" | "group";
  readonly body: ShellScript;
}

/** `if`, with one branch per condition and an optional else. */
export interface IfCommand extends CommandBase {
  readonly kind: "if";
  readonly branches: readonly { readonly condition: ShellScript; readonly body: ShellScript }[];
  readonly otherwise?: ShellScript;
}

/** `while`, `until`, `for`, `select` and C-style `for`. */
export interface LoopCommand extends CommandBase {
  readonly kind: "while" | "until" | "for" | "select";
  readonly condition?: ShellScript;
  readonly variable?: string;
  readonly words: readonly ShellWord[];
  readonly body: ShellScript;
}

/** `case WORD in …`. */
export interface CaseCommand extends CommandBase {
  readonly kind: "case";
  readonly subject?: ShellWord;
  readonly branches: readonly { readonly patterns: readonly string[]; readonly body: ShellScript }[];
}

/** A function definition. */
export interface FunctionCommand extends CommandBase {
  readonly kind: "function";
  readonly name: string;
  readonly body: ShellCommand;
}

/** Any command of the shell. */
export type ShellCommand =
  | SimpleCommand
  | TestCommand
  | PipelineCommand
  | AndOrCommand
  | GroupCommand
  | IfCommand
  | LoopCommand
  | CaseCommand
  | FunctionCommand;

/** A command as it stands in a list, with what ends it. */
export interface ShellStatement extends Span {
  readonly command: ShellCommand;
  readonly background: boolean;
}

/** Statements in order, with the comments between them. */
export interface ShellScript extends Span {
  readonly statements: readonly ShellStatement[];
}

/** A comment, without its `#`. */
export interface ShellComment extends Span {
  readonly text: string;
}

/** A place where the text is not bash. */
export interface ShellSyntaxError extends Span {
  readonly message: string;
}

/** A parsed block: offsets count UTF-16 units from the start of the block's text. */
export interface ShellSyntax extends ShellScript {
  readonly comments: readonly ShellComment[];
  /** Errors that bash too would report. */
  readonly errors: readonly ShellSyntaxError[];
  /** True when the parser gave up (too long, too deep): nothing is known about the block. */
  readonly incomplete: boolean;
}
