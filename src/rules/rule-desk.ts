import type { StatedDraft } from "./finding-factory.ts";
import type { Report, Rule, RuleContext } from "./rule.ts";

const none: readonly StatedDraft[] = [];

/** Asks rules one after the other. Why: most find nothing, and are asked of each document; a list and a function for each call add up. */
export class RuleDesk {
  #drafts: StatedDraft[] | undefined;
  readonly #report: Report = (draft) => {
    if (this.#drafts === undefined) this.#drafts = [draft];
    else this.#drafts.push(draft);
  };

  /** The drafts of a rule whose facts are all there, or undefined when it is not applicable. */
  ask(rule: Rule, context: RuleContext): readonly StatedDraft[] | undefined {
    this.#drafts = undefined;
    try {
      const result = rule.checkKnown(context, this.#report);
      return this.#drafts ?? (result === "not-applicable" ? undefined : none);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = `The rule ${rule.code} broke off here (${why}), so it says nothing about this document. Report this as a defect of iplan.`;
      return [{ message, at: { start: 0, end: 0 }, severity: "error" }];
    }
  }
}
