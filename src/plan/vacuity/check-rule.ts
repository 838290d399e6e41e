import { hasOption } from "../shell/invocation.ts";
import type { CheckKind } from "./check-kind.ts";
import type { Strength } from "./strength.ts";

/** A known check with what its exit status tells. */
export interface KnownCheck {
  readonly kind: CheckKind;
  readonly strength: Strength;
  /** Why it tells less than it seems. */
  readonly note?: string;
  /** It may as well be there for its output: as a verification it counts, in an action it is no check by itself. */
  readonly isIncidental?: boolean;
}

/** Tells what a call is as a check; undefined when it is none. */
export type CheckRule = (values: readonly string[]) => KnownCheck | undefined;

interface CheckTable {
  /** It is a check only with one of these as subcommand or option. */
  readonly needs?: readonly string[];
  /** Options that make it pass whatever it finds; `--name=value` stands for `--name value` too. */
  readonly mutedBy?: readonly string[];
  /** Options with which it does not really check. */
  readonly weakenedBy?: readonly string[];
  /** Options or subcommands with which it does something else. */
  readonly not?: readonly string[];
}

/** A check told by a table of its options. */
export function check(kind: CheckKind, table: CheckTable = {}): CheckRule {
  const { needs = [], mutedBy = [], weakenedBy = [], not = [] } = table;
  return (values) => {
    if (needs.length > 0 && !has(values, needs)) return undefined;
    if (not.length > 0 && has(values, not)) return undefined;
    const muted = mutedBy.find((option) => hasSetting(values, option));
    if (muted !== undefined) return { kind, strength: "never", note: `\`${muted}\` makes it pass whatever it finds` };
    const weakened = weakenedBy.find((option) => hasSetting(values, option));
    if (weakened !== undefined)
      return { kind, strength: "weak", note: `with \`${weakened}\` it may pass without checking anything` };
    return { kind, strength: "checks" };
  };
}

/** A check that passes in cases it should not, whatever its options. */
export function weak(kind: CheckKind, note: string, needs: readonly string[] = []): CheckRule {
  return (values) => (needs.length > 0 && !has(values, needs) ? undefined : { kind, strength: "weak", note });
}

/** The first of several rules that knows the call. */
export function oneOf(...rules: readonly CheckRule[]): CheckRule {
  return (values) => {
    for (const rule of rules) {
      const known = rule(values);
      if (known !== undefined) return known;
    }
    return undefined;
  };
}

/** True when one of the names is the subcommand, or an option that is set. */
export function has(values: readonly string[], names: readonly string[]): boolean {
  const sub = values.find((value) => !value.startsWith("-"));
  return names.some((name) => (name.startsWith("-") ? hasOption(values, name) : sub === name));
}

/** True when an option is set; `--name=value` also as two words. */
function hasSetting(values: readonly string[], option: string): boolean {
  const [name = "", value] = option.split("=", 2);
  if (value === undefined || name === "") return hasOption(values, option);
  return values.some((word, index) => word === option || (word === name && values[index + 1] === value));
}

/** The value of an option, as `--name=value` or as two words. */
export function settingOf(values: readonly string[], name: string): string | undefined {
  for (const [index, word] of values.entries()) {
    if (word === name) return values[index + 1];
    if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
  }
  return undefined;
}
