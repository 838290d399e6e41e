import type { Finding } from "#model/finding";
import type { Host } from "#model/ports";
import { inOrder } from "#rules/run-rules";
import type { Readiness } from "#rules/score";
import { WholeCheck } from "./whole-check.ts";

/** A check of a workspace that is kept up to date as its documents change. */
export interface OpenCheck {
  /** All findings, in order of path, place and rule; the same that a new check would give. */
  findings(): readonly Finding[];
  readinessOf(path: string): Readiness | undefined;
  /**
   * Reads files again that changed, came or went, by workspace-relative path, and tells what that changes. A changed document takes
   * what its links touch, and so does a changed source file; everything else, the settings among it, is a check of the whole.
   */
  changed(paths: readonly string[]): Promise<CheckChange>;
}

/** What a change made of the findings. */
export interface CheckChange {
  readonly came: readonly Finding[];
  readonly went: readonly Finding[];
  /** Documents to which the rules were applied again. */
  readonly checked: number;
}

/** Checks the workspace that a directory lies in and keeps the check open. */
export async function openCheck(host: Host, cwd: string): Promise<OpenCheck> {
  let check = await WholeCheck.open(host, cwd);
  return {
    findings: () => check.findings(),
    readinessOf: (path) => check.results.get(path)?.readiness,
    async changed(paths) {
      const before = check.findings();
      const again = await check.change(paths);
      if (again !== undefined) return { ...differenceOf(again.before, again.after), checked: again.checked };
      check = await WholeCheck.open(host, cwd);
      return { ...differenceOf(before, check.findings()), checked: check.results.size };
    },
  };
}

/** Findings that only one of two lists has; a finding at another place is another. */
function differenceOf(before: readonly Finding[], after: readonly Finding[]): Pick<CheckChange, "came" | "went"> {
  const keys = (findings: readonly Finding[]): ReadonlySet<string> =>
    new Set(findings.map((one) => JSON.stringify(one)));
  const [known, now] = [keys(before), keys(after)];
  return {
    came: after.filter((one) => !known.has(JSON.stringify(one))).sort(inOrder),
    went: before.filter((one) => !now.has(JSON.stringify(one))).sort(inOrder),
  };
}
