import type { SimpleCommand } from "#model/shell-syntax";
import type { Invocation } from "#plan/shell/invocation";
import { assistantVariables } from "../actor.ts";

/** What only people may ask of the program, and what an assistant does instead. */
const forPeople: Readonly<
  Record<string, { readonly when: (values: readonly string[]) => boolean; readonly why: string }>
> = {
  sign: {
    when: () => true,
    why: "A signature is a person's word. Leave it to the person you work for, and say what is to be looked at: iplan note PLAN 'what'",
  },
  trust: {
    when: (values) => values.some((value) => value.startsWith("--approve")) || !values.includes("--json"),
    why: "Approving commands is for people. Ask the person you work for to run it; what would be approved: iplan trust PLAN --json",
  },
  check: {
    when: (values) => values.includes("--accept"),
    why: "Accepting links is for people. Ask the person you work for.",
  },
  init: {
    when: (values) => values.includes("--remove"),
    why: "Taking iplan away is for people. Ask the person you work for.",
  },
};

const override = "A set of commands is approved by people. Ask the person you work for to run: iplan trust PLAN";

/** Programs that give a command a terminal or another user, so that it is taken for a person's. */
const disguises: ReadonlySet<string> = new Set([
  "script",
  "expect",
  "unbuffer",
  "socat",
  "su",
  "runuser",
  "at",
  "batch",
  "ssh",
]);

const names = assistantVariables.map(([name]) => name);
const hides = new RegExp(`(?:-u|--unset[= ]|unset)\\s*(?:${names.join("|")})\\b|\\b(?:${names.join("|")})=`, "u");

/** Why a command of an assistant may not call the program so; undefined where it may, or does not. */
export function refuseIplan(command: SimpleCommand, invocation: Invocation, text: string): string | undefined {
  const isDisguised = disguises.has(invocation.program) || invocation.wrappers.some((name) => disguises.has(name));
  if (isDisguised && /\biplan\b/u.test(text)) return disguised;
  const values = valuesOf(invocation);
  if (values === undefined) return undefined;
  const isHidden =
    hides.test(text) || (invocation.wrappers.includes("env") && /\benv\s+(?:-\S*i\b|-\s|--ignore)/u.test(text));
  if (isHidden || command.assignments.some(({ name }) => names.includes(name))) return disguised;
  if (values.some((value) => /^--trust(?:=|$)/u.test(value))) return override;
  const name = subcommandOf(values);
  const rule = name !== undefined && Object.hasOwn(forPeople, name) ? forPeople[name] : undefined;
  return rule?.when(values) === true ? rule.why : undefined;
}

const disguised =
  "iplan is told who asks. Call it as you are, without changing that; what is for people, ask the person you work for.";

/** The arguments of a call of this program, however it is started; undefined for any other. */
function valuesOf({ program, values, path }: Invocation): readonly string[] | undefined {
  if (/^iplan(?:\.js)?$/u.test(program)) return values;
  // Why: a variable may hold the program's path; what it is then called with tells enough.
  if (program === "" && /iplan/iu.test(path)) return values;
  if (program !== "node" && program !== "nodejs" && program !== "bun") return undefined;
  const at = values.findIndex((value) => /(?:^|\/)iplan(?:\.js)?$/u.test(value));
  return at < 0 ? undefined : values.slice(at + 1);
}

function subcommandOf(values: readonly string[]): string | undefined {
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? "";
    if (value === "--cwd") index += 1;
    else if (!value.startsWith("-")) return value;
  }
  return undefined;
}
