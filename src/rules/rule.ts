import type { Edit } from "#model/edit";
import type { AcceptedLinks, GitFacts } from "#model/link-facts";
import type { PlanFigures } from "#model/figures";
import type { RelatedPlace, RuleFamily, Severity } from "#model/finding";
import type { Plan } from "#model/plan";
import type { Range, Source, Span } from "#model/source";
import type { TraceFault } from "#model/trace";
import type { PlanRecord, PlanStanding, UnderstoodPlan } from "#model/understanding";
import type { Profile } from "#profile/profile";
import type { AloneResult } from "./alone-result.ts";
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
  /** What the reports of this machine tell: no rule that counts for the score may need it. Absent where there is no report. */
  readonly figures?: PlanFigures;
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
  /** What the rules that look at a document alone have said already; they are not asked again. */
  readonly alone?: AloneResult;
  /** Facts that are there, in a context that tells them itself; of any other, its own properties are. */
  readonly there?: readonly Fact[];
}

/** A fact a rule may need. */
export type Fact = Exclude<keyof RuleContext, "source" | "document" | "profile" | "alone" | "there">;

/** Facts that a document, and the receipt beside it, give by themselves. */
const ownFacts: ReadonlySet<Fact> = new Set(["markdown", "faults", "wounds", "plan", "understood", "receipt"]);

/** True when a fact is there, without making one that is made when it is read. */
export function isThere(context: RuleContext, fact: keyof RuleContext): boolean {
  if (context.there !== undefined) return context.there.includes(fact as Fact);
  const property = Object.getOwnPropertyDescriptor(context, fact);
  return property !== undefined && (property.get !== undefined || property.value !== undefined);
}

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
  /** It looks at nothing but a document and the receipt beside it, so that what it says holds as long as they do. */
  readonly alone: boolean;
  /** Of `needs`, the facts that a document gives by itself. */
  readonly own: readonly Fact[];
  /**
   * False when a document alone tells that the rule is not applicable; asked where the rule's own facts are there. Absent for a rule
   * that no document alone tells it of.
   */
  readonly concerns?: (context: RuleContext) => boolean;
  /** Where a fact that it needs may be absent. */
  check(context: RuleContext, report: Report): RuleResult;
  /** Where all facts that it needs are there. */
  checkKnown(context: RuleContext, report: Report): RuleResult | void;
}

/** The id that a plan states; where the document was read already, it is not read again. */
export function planIdOf(context: RuleContext): string | undefined {
  return context.alone === undefined ? context.plan?.id : context.alone.planId;
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
  /**
   * For a rule that looks further than at one document: a cheap test of the document alone, false when the rule is not applicable.
   * It gets those facts that the rule needs, but none of other documents.
   */
  readonly when?: (context: ContextWith<Needs & OwnFact>) => boolean;
  readonly check: (context: ContextWith<Needs>, report: Report) => RuleResult | void;
}

/** One of the facts of a document by itself. */
type OwnFact = "markdown" | "faults" | "wounds" | "plan" | "understood" | "receipt";

/** Makes a rule; its check sees the facts it needs as present. */
export function defineRule<Needs extends Fact = never>(definition: RuleDefinition<Needs>): Rule {
  const { code, check, needs, when } = definition;
  const own = needs.filter((fact) => ownFacts.has(fact));
  // Why: it is the check itself; a function around each would be called once for each rule and document.
  const checkKnown = check as Rule["checkKnown"];
  return Object.freeze({
    code,
    family: code.slice(0, code.indexOf("/")) as RuleFamily,
    severity: definition.severity,
    title: definition.title,
    summary: definition.summary,
    needs,
    voids: definition.voids ?? false,
    counts: definition.counts ?? true,
    alone: own.length === needs.length,
    own,
    ...(when === undefined
      ? {}
      : { concerns: (context: RuleContext): boolean => when(context as ContextWith<Needs & OwnFact>) }),
    check: (context: RuleContext, report: Report): RuleResult =>
      needs.some((fact) => !isThere(context, fact)) ? "not-applicable" : (checkKnown(context, report) ?? undefined),
    checkKnown,
  });
}
