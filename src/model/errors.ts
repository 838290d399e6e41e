/** Exit codes of every command, as `CONTRACT` fixes them. */
export const exitCodes: {
  readonly done: 0;
  readonly findings: 1;
  readonly couldNot: 2;
  readonly nothingChecked: 3;
  readonly handoff: 4;
  readonly approvalNeeded: 5;
  readonly locked: 6;
  readonly decisionNeeded: 7;
  readonly interrupted: 130;
} = {
  done: 0,
  findings: 1,
  couldNot: 2,
  nothingChecked: 3,
  handoff: 4,
  approvalNeeded: 5,
  locked: 6,
  decisionNeeded: 7,
  interrupted: 130,
};

/** One of the exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Where several outcomes hold, the first of this order is the exit code. */
export const exitOrder: readonly ExitCode[] = [2, 130, 6, 5, 7, 1, 4, 3, 0];

/** The worst of several exit codes by `exitOrder`; 0 for none. */
export function worstExitCode(codes: Iterable<ExitCode>): ExitCode {
  const seen = new Set(codes);
  return exitOrder.find((code) => seen.has(code)) ?? 0;
}

/** The closed list of error codes. */
export type ErrorCode =
  | "usage/arguments"
  | "usage/no-such-plan"
  | "usage/ambiguous-plan"
  | "usage/no-such-document"
  | "usage/ambiguous-document"
  | "usage/unfit-parent"
  | "usage/no-such-step"
  | "usage/not-a-plan"
  | "usage/no-plans"
  | "usage/nothing-to-check"
  | "usage/assistant-refused"
  | "usage/exists"
  | "usage/baseline"
  | "usage/revision"
  | "usage/key"
  | "usage/not-a-bundle"
  | "config/invalid"
  | "config/unknown-profile"
  | "host/unreadable"
  | "host/not-writable"
  | "host/outside-workspace"
  | "host/changed"
  | "host/no-bash"
  | "host/unsupported"
  | "host/state-unusable"
  | "host/unexpected"
  | "journal/damaged"
  | "journal/newer-format"
  | "journal/locked"
  | "run/template"
  | "run/placeholders"
  | "run/syntax"
  | "run/nothing-to-run"
  | "run/not-approved"
  | "run/not-allowed"
  | "run/prerequisites"
  | "run/undecided"
  | "run/leased"
  | "run/no-repository"
  | "run/unfinished-git"
  | "run/interrupted";

/** The exit code each error leads to. */
export const errorCodes: Readonly<Record<ErrorCode, ExitCode>> = {
  "usage/arguments": 2,
  "usage/no-such-plan": 2,
  "usage/ambiguous-plan": 2,
  "usage/no-such-document": 2,
  "usage/ambiguous-document": 2,
  "usage/unfit-parent": 2,
  "usage/no-such-step": 2,
  "usage/not-a-plan": 2,
  "usage/no-plans": 3,
  "usage/nothing-to-check": 3,
  "usage/assistant-refused": 2,
  "usage/exists": 2,
  "usage/baseline": 2,
  "usage/revision": 2,
  "usage/key": 2,
  "usage/not-a-bundle": 2,
  "config/invalid": 2,
  "config/unknown-profile": 2,
  "host/unreadable": 2,
  "host/not-writable": 2,
  "host/outside-workspace": 2,
  "host/changed": 2,
  "host/no-bash": 2,
  "host/unsupported": 2,
  "host/state-unusable": 2,
  "host/unexpected": 2,
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
  "run/leased": 6,
  "run/no-repository": 2,
  "run/unfinished-git": 2,
  "run/interrupted": 130,
};

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
