/** Exit codes of every command, as `CONTRACT` fixes them. */
export const exitCodes = {
  done: 0,
  findings: 1,
  couldNot: 2,
  nothingChecked: 3,
  handoff: 4,
  approvalNeeded: 5,
  locked: 6,
  decisionNeeded: 7,
  interrupted: 130,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Where several outcomes hold, the first of this order is the exit code. */
export const exitOrder: readonly ExitCode[] = [2, 130, 6, 5, 7, 1, 4, 3, 0];

/** The worst of several exit codes by `exitOrder`; 0 for none. */
export function worstExitCode(codes: Iterable<ExitCode>): ExitCode {
  const seen = new Set(codes);
  return exitOrder.find((code) => seen.has(code)) ?? 0;
}

/** The closed list of error codes and the exit code each one leads to. */
export const errorCodes = {
  "usage/arguments": 2,
  "usage/no-such-plan": 2,
  "usage/ambiguous-plan": 2,
  "usage/no-such-document": 2,
  "usage/no-such-step": 2,
  "usage/not-a-plan": 2,
  "usage/no-plans": 3,
  "usage/nothing-to-check": 3,
  "usage/assistant-refused": 2,
  "usage/exists": 2,
  "config/invalid": 2,
  "config/unknown-profile": 2,
  "host/unreadable": 2,
  "host/not-writable": 2,
  "host/outside-workspace": 2,
  "host/changed": 2,
  "host/no-bash": 2,
  "host/unsupported": 2,
  "host/state-unusable": 2,
  "journal/damaged": 2,
  "journal/newer-format": 2,
  "journal/locked": 6,
  "run/template": 2,
  "run/placeholders": 2,
  "run/syntax": 2,
  "run/nothing-to-run": 3,
  "run/not-approved": 5,
  "run/not-allowed": 5,
  "run/prerequisites": 2,
  "run/undecided": 7,
  "run/interrupted": 130,
} as const satisfies Record<string, ExitCode>;

/** A code from the closed list. */
export type ErrorCode = keyof typeof errorCodes;

/** What the program could not do, why, and what the user can do about it. Matched by `code`, never by text. */
export class IplanError extends Error {
  readonly code: ErrorCode;
  readonly cure: string;
  readonly exitCode: ExitCode;

  constructor(code: ErrorCode, message: string, cure: string) {
    super(message);
    this.name = "IplanError";
    this.code = code;
    this.cure = cure;
    this.exitCode = errorCodes[code];
  }
}
