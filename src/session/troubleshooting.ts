import { entriesFor } from "#plan/troubleshooting";
import { recordedOutput } from "./output.ts";
import { memoryOf, type PlanView } from "./plan-view.ts";
import type { Session } from "./session.ts";

/** Most bytes of the end of each block's output that symptoms are looked for in. */
const searchedBytes = 4 * 1024 * 1024;

/** An entry of a plan's Troubleshooting whose symptom a failed step shows. */
export interface KnownTrouble {
  /** Number of the step that failed. */
  readonly step: string;
  readonly title: string;
  readonly symptom: string;
  /** As the document has it: to be read, never run. */
  readonly solution?: string;
  /** Line of the entry in the document. */
  readonly line: number;
}

/** What the plan's Troubleshooting knows of the steps that failed last; nothing where no symptom is literally there. */
export function knownTroubles(
  session: Session,
  view: PlanView,
  failed: readonly { readonly unit: string; readonly reason: string }[],
): readonly KnownTrouble[] {
  const { plan, steps } = view.understood;
  if (failed.length === 0 || plan.troubleshooting.length === 0) return [];
  const memory = memoryOf(session, view.document, view.receipt);
  return failed.flatMap(({ unit, reason }) => {
    const step = steps.find((each) => each.key === unit);
    if (step === undefined) return [];
    const outputs = recordedOutput(session, { ...view, memory }, unit, searchedBytes);
    const failure = {
      output: outputs.map((each) => each.text).join("\n"),
      reason,
      commands: step.blocks.map((block) => block.block.text),
    };
    return entriesFor(plan.troubleshooting, failure).map(({ title, symptom = "", solution, range }) => ({
      step: step.number,
      title,
      symptom,
      ...(solution === undefined ? {} : { solution }),
      line: range.start.line,
    }));
  });
}
