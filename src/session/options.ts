import type { RunOptions } from "#execute/run-options";
import { IplanError } from "#model/errors";
import { riskOrder } from "#model/understanding";
import { type CommandInput, flag, option, optionList } from "./command.ts";
import type { PlanView } from "./plan-view.ts";
import type { Session } from "./session.ts";

/** What the command line asks of a run, completed by the config. Throws `usage/arguments` for a value that means nothing. */
export function runOptions(session: Session, view: PlanView, input: CommandInput): RunOptions {
  const trust = option(input, "trust");
  const timeout = option(input, "timeout");
  const allow = optionList(input, "allow");
  for (const risk of allow) refuseUnknownRisk(risk);
  return {
    ...(flag(input, "new") ? { over: true } : {}),
    ...named(input, ["from", "until", "only", "redo"]),
    ...(flag(input, "keep-going") ? { keepGoing: true } : {}),
    allow,
    policy: session.config.policy,
    ...(trust === undefined ? {} : { trust: trust.toLowerCase().replace(/^sha256:/, "") }),
    timeoutMs: timeout === undefined ? session.config.timeoutMs : parseDuration(timeout),
    secrets: [...session.config.secrets, ...optionList(input, "secret")],
    told: view.receipt?.lines ?? [],
    ...(view.record === undefined || view.record.source === "journal" ? {} : { receipt: view.record }),
  };
}

function named(
  input: CommandInput,
  names: readonly ("from" | "until" | "only" | "redo")[],
): Partial<Record<"from" | "until" | "only" | "redo", string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = option(input, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function refuseUnknownRisk(risk: string): void {
  if ((riskOrder as readonly string[]).includes(risk)) return;
  throw new IplanError("usage/arguments", `--allow knows no risk ${risk}.`, `Risks are ${riskOrder.join(", ")}.`);
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `90s`, `5m`, `1h`, `500ms`. */
function parseDuration(text: string): number {
  const match = /^(\d{1,9})(ms|s|m|h)$/.exec(text);
  const ms = Number(match?.[1] ?? 0) * (units[match?.[2] ?? ""] ?? 0);
  if (ms > 0) return ms;
  throw new IplanError(
    "usage/arguments",
    `--timeout takes a duration such as 90s or 10m, not ${text}.`,
    "Leave it out for ten minutes.",
  );
}
