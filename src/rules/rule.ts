import type { Edit } from "#model/edit";
import type { AcceptedLinks, GitFacts } from "#model/link-facts";
import type { RelatedPlace, RuleFamily, Severity } from "#model/finding";
import type { Plan } from "#model/plan";
import type { Range, Source, Span } from "#model/source";
import type { TraceFault } from "#model/trace";
import type { PlanRecord, PlanStanding, UnderstoodPlan } from "#model/understanding";
import type { Profile } from "#profile/profile";
import type { RuleName } from "./codes.ts";
import type {
  ConfigFacts,
  DocumentFacts,
  MarkdownFacts,
  ReceiptFacts,
  RegistryFacts,
  TraceFacts,
  WorkspaceFacts,
  WoundFact,
} from "./facts.ts";
import type { Readiness } from "./score.ts";

/** Everything a rule may look at. A fact that nobody could fetch is absent. */
export interface RuleContext {
  readonly source: Source;
  readonly document: DocumentFacts;
  readonly profile: Profile;
  readonly markdown?: MarkdownFacts;
  /** Where Gherkin or YAML cannot be read. */
  readonly faults?: readonly TraceFault[];
  /** Wrongly decoded text, in order. */
  readonly wounds?: readonly WoundFact[];
  readonly plan?: Plan;
  readonly understood?: UnderstoodPlan;
  readonly receipt?: ReceiptFacts;
  /** Journal and receipt together: machine-local, so no rule that counts for the score may need it. */
  readonly record?: PlanRecord;
  readonly standing?: PlanStanding;
  readonly config?: ConfigFacts;
  readonly workspace?: WorkspaceFacts;
  /** The graph of all documents. */
  readonly trace?: TraceFacts;
  /** Of a source or test file alone: the graph. No rule on documents looks at it. */
  readonly code?: TraceFacts;
  /** Of a registry document alone: how it stands. No rule on other documents looks at it. */
  readonly registry?: RegistryFacts;
  /** Links that people accepted; absent where no file of accepted links is committed. */
  readonly accepted?: AcceptedLinks;
  /** What the history says; absent where nobody asked for it. */
  readonly git?: GitFacts;
  /** Computed readiness; present for rules of the family `score` alone. */
  readonly readiness?: Readiness;
}

/** A fact a rule may need. */
export type Fact = Exclude<keyof RuleContext, "source" | "document" | "profile">;

/** A context in which the named facts are present. */
export type ContextWith<Needs extends Fact> = RuleContext & {
  readonly [Key in Needs]-?: NonNullable<RuleContext[Key]>;
};

/** A finding as a rule states it: what is wrong and what to do, and where. */
export interface Draft {
  readonly message: string;
  readonly at: Range | Span;
  /** Only where the profile grades one rule by amount; otherwise the rule's severity holds. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  /** Edits of this document whose result is certain. */
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[] };
  /** Drafts of one rule in one document with the same cause become one finding, at the first place. */
  readonly cause?: string;
}

/** Receives what a rule finds. */
export type Report = (draft: Draft) => void;

/** What a check returns when the document has nothing of the kind the rule is about. */
export type RuleResult = "not-applicable" | undefined;

/** One rule: data and one function. */
export interface Rule {
  readonly code: RuleName;
  readonly family: RuleFamily;
  /** Default severity; a profile or the config may differ. */
  readonly severity: Severity;
  /** A few words, for lists. */
  readonly title: string;
  /** One sentence: what the rule demands. */
  readonly summary: string;
  /** Facts without which the rule is not applicable. */
  readonly needs: readonly Fact[];
  /** A finding of this rule means that nothing else can be said of the document. */
  readonly voids: boolean;
  /** False for a rule that looks at more than the documents: its findings cost no readiness. */
  readonly counts: boolean;
  check(context: RuleContext, report: Report): RuleResult;
}

/** A rule as its file writes it. */
export interface RuleDefinition<Needs extends Fact> {
  readonly code: RuleName;
  readonly severity: Severity;
  readonly title: string;
  readonly summary: string;
  readonly needs: readonly Needs[];
  readonly voids?: boolean;
  readonly counts?: boolean;
  readonly check: (context: ContextWith<Needs>, report: Report) => RuleResult | void;
}

/** Makes a rule; its check sees the facts it needs as present. */
export function defineRule<Needs extends Fact = never>(definition: RuleDefinition<Needs>): Rule {
  const { code, check, needs } = definition;
  return Object.freeze({
    code,
    family: code.slice(0, code.indexOf("/")) as RuleFamily,
    severity: definition.severity,
    title: definition.title,
    summary: definition.summary,
    needs,
    voids: definition.voids ?? false,
    counts: definition.counts ?? true,
    check: (context: RuleContext, report: Report): RuleResult => {
      if (needs.some((fact) => context[fact] === undefined)) return "not-applicable";
      return check(context as ContextWith<Needs>, report) ?? undefined;
    },
  });
}
