import { hasOption } from "../shell/invocation.ts";
import type { CheckRule } from "./check-rule.ts";

/** Arguments that are no options. */
function names(values: readonly string[], valued: readonly string[] = []): readonly string[] {
  return values.filter((value, index) => !value.startsWith("-") && !valued.includes(values[index - 1] ?? ""));
}

/** Asks for what it is given by name, and fails when it is not there. */
function asks(table: {
  readonly options?: readonly string[];
  readonly least?: number;
  readonly isIncidental?: true;
}): CheckRule {
  const { options = [], least = 1, isIncidental } = table;
  return (values) => {
    if (options.length > 0 && !hasOption(values, ...options)) return undefined;
    if (names(values).length < least) return undefined;
    return { kind: "presence", strength: "checks", ...(isIncidental && { isIncidental }) };
  };
}

/** The same, and without a name it lists what there is and never fails. */
function asksOrLists(table: Parameters<typeof asks>[0]): CheckRule {
  const rule = asks(table);
  return (values) =>
    rule(values) ?? { kind: "presence", strength: "never", note: "without a name it lists what there is and exits 0" };
}

/** `shopt -q NAME`, `shopt NAME`: fails when one is not on; `-s` and `-u` set it. */
const shopt: CheckRule = (values) =>
  hasOption(values, "-s", "-u") || names(values).length === 0 ? undefined : { kind: "presence", strength: "checks" };

/** `alias NAME`: fails when there is none; `alias NAME=…` makes one. */
const alias: CheckRule = (values) =>
  names(values).length === 0 || names(values).some((name) => name.includes("="))
    ? undefined
    : { kind: "presence", strength: "checks" };

/** Why: bash looks for each of the names, and is content with one. */
const command: CheckRule = (values) => {
  if (!hasOption(values, "-v", "-V")) return undefined;
  return names(values).length > 1
    ? { kind: "presence", strength: "weak", note: "`command -v` passes when one of the names is there; ask for each" }
    : { kind: "presence", strength: "checks" };
};

const declaration = asks({ options: ["-p", "-f", "-F"] });

const valuedByKubectl = ["-n", "--namespace", "-o", "--output", "-l", "--selector", "-f", "--filename", "--context"];

const kubectl: CheckRule = (values) => {
  const [sub, ...rest] = names(values, valuedByKubectl);
  if (sub === "rollout" || sub === "wait") return { kind: "presence", strength: "checks" };
  if (hasOption(values, "--dry-run")) return { kind: "validity", strength: "checks" };
  if (sub !== "get" && sub !== "describe") return undefined;
  const named = rest.length > 1 || rest.some((name) => name.includes("/")) || hasOption(values, "-f", "--filename");
  return named
    ? { kind: "presence", strength: "checks", isIncidental: true }
    : { kind: "presence", strength: "never", note: `\`kubectl ${sub}\` without a name exits 0 when it finds nothing` };
};

const states = new Set(["is-active", "is-enabled", "is-failed", "status", "cat"]);
const systemctl: CheckRule = (values) =>
  states.has(names(values)[0] ?? "") ? { kind: "presence", strength: "checks" } : undefined;

const incidental = { isIncidental: true } as const;

/** Commands that fail when what they ask for by name is absent. */
export const presenceChecks: Readonly<Record<string, CheckRule>> = {
  shopt,
  alias,
  command,
  declare: declaration,
  typeset: declaration,
  complete: asks({ options: ["-p"] }),
  compgen: asks({ options: ["-A", "-a", "-b", "-c", "-d", "-e", "-f", "-k", "-v"] }),
  pgrep: () => ({ kind: "presence", strength: "checks" }),
  pidof: asks({}),
  mountpoint: asks({}),
  systemctl,
  kubectl,
  getent: asksOrLists({ least: 2, ...incidental }),
  id: asks(incidental),
  printenv: asks(incidental),
  readlink: asks({ options: ["-e", "--canonicalize-existing"], ...incidental }),
  realpath: asks({ options: ["-e", "--canonicalize-existing"], ...incidental }),
};
