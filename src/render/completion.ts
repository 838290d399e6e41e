import { oneLine } from "./escape.ts";
import type { Paint } from "./paint.ts";

/** How far a plan is from its end, as `status --json` has it. */
export interface ShownCompletion {
  /** Every step was run. */
  readonly finished: boolean;
  /** Everything a machine can prove is proved. */
  readonly verified: boolean;
  /** The commit that holds its files. */
  readonly committed?: {
    readonly commit: string;
    readonly at: string;
    readonly actor: string;
    readonly title?: string;
    /** It was committed although it was not verified, with this reason. */
    readonly override: boolean;
    readonly reason?: string;
  };
  /** What only people can judge. */
  readonly accepted: { readonly signed: number; readonly waiting: number };
}

/** `finished ✓  verified ✓  committed 1a2b3c4d5e  accepted 1 of 3` and, for a commit of what was not verified, who said why. */
export function completionText(
  { finished, verified, committed, accepted }: ShownCompletion,
  paint: Paint,
  width: number,
): string {
  const mark = (word: string, holds: boolean): string => `${word} ${holds ? paint.green("✓") : paint.dim("–")}`;
  const { signed, waiting } = accepted;
  const commit =
    committed === undefined ? `committed ${paint.dim("–")}` : `committed ${oneLine(committed.commit.slice(0, 10))}`;
  const total = signed + waiting;
  const judged =
    total === 0
      ? `accepted ${paint.dim("(nothing to judge)")}`
      : `accepted ${waiting === 0 ? `${paint.green("✓")} ` : ""}${signed} of ${total}`;
  const line = [mark("finished", finished), mark("verified", verified), commit, judged].join("  ");
  const why =
    committed?.override === true
      ? `  ${paint.yellow("override")}: committed by ${oneLine(committed.actor, 40)}: ${oneLine(committed.reason ?? "", width - 20)}\n`
      : "";
  return `  ${line}\n${why}`;
}
