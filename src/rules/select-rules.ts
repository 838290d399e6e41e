import type { RuleFamily, Severity } from "#model/finding";
import type { Profile } from "#profile/profile";
import { outcomeLetter } from "./alone-result.ts";
import { type Fact, isThere, type Rule, type RuleContext } from "./rule.ts";

/** The rules for documents of which the same facts are there. */
export interface RuleSelection {
  /** Rules that look at the document alone. */
  readonly alone: RulesByWeight;
  /** Rules that look further. */
  readonly further: RulesByWeight;
  /** Rules on the computed readiness. */
  readonly scoring: readonly Rule[];
  /** Rules that look further, of which the document alone may tell that they do not concern it. */
  readonly conditional: readonly Rule[];
  /** Place of each rule among all. */
  readonly places: ReadonlyMap<Rule, number>;
  /** The code of the letter of what was not asked, once for each rule. */
  readonly unasked: Uint8Array;
  /** Rules that lack a fact. */
  readonly absent: readonly Rule[];
  /** Families whose facts are there, whether or not a document has what they are about. */
  readonly families: ReadonlySet<RuleFamily>;
  severityOf(rule: Rule): Severity;
}

/** Rules of a selection that are asked together. */
export interface RulesByWeight {
  /** Rules after whose finding nothing else can be said. */
  readonly voiding: readonly Rule[];
  readonly ordinary: readonly Rule[];
}

/** Selections made so far, by profile and the facts that are there. */
export type KnownSelections = Map<Profile, Map<string, RuleSelection>>;

/** Chooses the rules for a document; documents of one profile with the same facts share the choice. */
export function selectRules(rules: readonly Rule[], context: RuleContext, known: KnownSelections): RuleSelection {
  const facts = factsOf(context);
  const key = facts.join(" ");
  let ofProfile = known.get(context.profile);
  if (ofProfile === undefined) known.set(context.profile, (ofProfile = new Map<string, RuleSelection>()));
  let selection = ofProfile.get(key);
  if (selection === undefined) ofProfile.set(key, (selection = choose(rules, context, new Set(facts))));
  return selection;
}

function factsOf(context: RuleContext): readonly string[] {
  return context.there ?? (Object.keys(context) as (keyof RuleContext)[]).filter((fact) => isThere(context, fact));
}

/** Why: source is no document, and of registry documents, which are skipped as templates are, only what is generated is looked at. */
const ownFacts: readonly Fact[] = ["registry", "code"];

function choose(rules: readonly Rule[], { profile }: RuleContext, facts: ReadonlySet<string>): RuleSelection {
  const own = ownFacts.find((fact) => facts.has(fact));
  const asked = own === undefined ? rules : rules.filter((rule) => rule.needs.includes(own));
  const live = asked.filter((rule) => profile.severities[rule.code] !== "off");
  // Why: the readiness is computed between the ordinary rules and those of its family.
  const has = (fact: string): boolean => facts.has(fact) || fact === "readiness";
  const present = live.filter((rule) => rule.needs.every(has));
  const unscored = present.filter((rule) => rule.family !== "score");
  return {
    alone: byWeight(unscored.filter((rule) => rule.alone)),
    further: byWeight(unscored.filter((rule) => !rule.alone)),
    conditional: rules.filter((rule) => !rule.alone && rule.concerns !== undefined && rule.own.every(has)),
    places: new Map(rules.map((rule, place) => [rule, place])),
    unasked: new Uint8Array(rules.length).fill(outcomeLetter.unasked.charCodeAt(0)),
    scoring: present.filter((rule) => rule.family === "score"),
    absent: live.filter((rule) => !rule.needs.every(has)),
    families: new Set(present.map((rule) => rule.family)),
    severityOf: (rule) => {
      const severity = profile.severities[rule.code];
      return severity === undefined || severity === "off" ? rule.severity : severity;
    },
  };
}

function byWeight(rules: readonly Rule[]): RulesByWeight {
  return { voiding: rules.filter((rule) => rule.voids), ordinary: rules.filter((rule) => !rule.voids) };
}
