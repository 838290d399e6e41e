/** One argument of a command. */
export interface ArgumentSpec {
  readonly name: string;
  readonly required: boolean;
  readonly many?: boolean;
  /** The command itself says what an empty one means; elsewhere it is refused. */
  readonly mayBeEmpty?: boolean;
  readonly summary: string;
}

/** One option of a command. An option with `value` takes one. */
export interface OptionSpec {
  readonly name: string;
  readonly value?: string;
  readonly summary: string;
  /** May be given more than once. */
  readonly many?: boolean;
}

/** One example that really works. */
export interface ExampleSpec {
  readonly line: string;
  readonly does: string;
}

/** A command as help, completion, the reference page and the assistants' tools know it. */
export interface CommandSpec {
  readonly name: string;
  readonly alias?: string;
  readonly group: "set up" | "read" | "trace" | "run" | "record" | "finish" | "faces";
  readonly summary: string;
  /** A paragraph for `--help`. */
  readonly description: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly ExampleSpec[];
}

/** The argument that names a plan. */
export const plan = (required: boolean): ArgumentSpec => ({
  name: "plan",
  required,
  summary: "id (IPLAN-001) or path of a plan",
});
