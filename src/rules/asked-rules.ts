import { outcomeLetter } from "./alone-result.ts";
import type { Rule } from "./rule.ts";
import type { RuleSelection } from "./select-rules.ts";

/** A rule that is left to ask, and its place among all that are run. */
export interface AskedRule {
  readonly rule: Rule;
  readonly place: number;
}

/** What is left to ask of the documents of a selection that came out the same when they were looked at alone. */
export interface AskedRules {
  readonly voiding: readonly AskedRule[];
  readonly ordinary: readonly AskedRule[];
  readonly scoring: readonly AskedRule[];
  /** How many documents there were. */
  documents: number;
  /** Rules whose findings cost no readiness. */
  readonly uncounted: ReadonlySet<string>;
  /** Places of the rules that were checked on the document alone, and of those that are not applicable to it. */
  readonly checked: readonly number[];
  readonly notApplicable: readonly number[];
}

/** Finds out what is left to ask, once for all documents of which it is the same. */
export class AskedRulesOf {
  readonly #places: ReadonlyMap<Rule, number>;
  readonly #known = new Map<RuleSelection, Map<string, AskedRules>>();

  constructor(rules: readonly Rule[]) {
    this.#places = new Map(rules.map((rule, place) => [rule, place]));
  }

  /** All that was asked for so far. */
  all(): readonly AskedRules[] {
    return [...this.#known.values()].flatMap((ofSelection) => [...ofSelection.values()]);
  }

  /** By a selection, and one letter a rule of how the document alone came out. */
  of(selection: RuleSelection, outcomes: string): AskedRules {
    let ofSelection = this.#known.get(selection);
    if (ofSelection === undefined) this.#known.set(selection, (ofSelection = new Map()));
    let asked = ofSelection.get(outcomes);
    if (asked === undefined) ofSelection.set(outcomes, (asked = this.#make(selection, outcomes)));
    return asked;
  }

  #make({ alone, further, scoring, absent }: RuleSelection, outcomes: string): AskedRules {
    const letterOf = (rule: Rule): string | undefined => outcomes[this.#placeOf(rule)];
    const open = (some: readonly Rule[]): readonly AskedRule[] =>
      some
        .filter((rule) => letterOf(rule) !== outcomeLetter.notApplicable)
        .map((rule) => ({ rule, place: this.#placeOf(rule) }));
    const judged = [...alone.voiding, ...alone.ordinary, ...further.ordinary, ...scoring];
    const placesOf = (letter: string): readonly number[] =>
      judged.filter((rule) => letterOf(rule) === letter).map((rule) => this.#placeOf(rule));
    return {
      voiding: open(further.voiding),
      ordinary: open(further.ordinary),
      scoring: open(scoring),
      documents: 0,
      uncounted: new Set(further.ordinary.flatMap((rule) => (rule.counts ? [] : [rule.code]))),
      checked: placesOf(outcomeLetter.checked),
      notApplicable: [...absent.map((rule) => this.#placeOf(rule)), ...placesOf(outcomeLetter.notApplicable)],
    };
  }

  #placeOf(rule: Rule): number {
    return this.#places.get(rule) ?? -1;
  }
}
