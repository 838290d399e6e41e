import { once, withEachLazily } from "#model/lazily";
import type { Plan } from "#model/plan";
import type { Source } from "#model/source";
import type { TraceFault } from "#model/trace";
import type { UnderstoodPlan } from "#model/understanding";
import { parsePlan } from "#parse/iplan/plan";
import { Outline } from "#parse/outline";
import type { Profile } from "#profile/profile";
import type { DocumentFacts, MarkdownFacts, ReceiptFacts, WoundFact } from "#rules/facts";
import type { Fact, RuleContext } from "#rules/rule";
import { type DocumentKind, kindOf, type ReadingGround, receiptOf, understoodOf, woundsIn } from "./own-facts.ts";

/** The facts that a document, and the receipt beside it, give by themselves, each made when a rule looks at it. */
export function ownContext(
  ground: ReadingGround,
  document: DocumentFacts,
  source: Source,
  faults: readonly TraceFault[] | undefined,
): RuleContext {
  return new OwnContext(ground, document, source, faults) as RuleContext;
}

/** The same facts, but for the receipt, added to a context that has others, too; the source is read when one of them is looked at. */
export function withOwnFacts<Base extends object>(
  base: Base,
  ground: ReadingGround,
  document: DocumentFacts,
  source: () => Source,
): Base & Later {
  const own = once(() => new OwnContext(ground, document, source(), undefined));
  return withEachLazily(base, later[kindOf(ground.profile, document)], own);
}

type Later = Pick<RuleContext, "source" | "wounds" | "markdown" | "plan" | "understood">;
type Makers = { readonly [Name in keyof Later]: (own: () => OwnContext) => Later[Name] };

const ofText = { source: (own) => own().source, wounds: (own) => own().wounds } satisfies Makers;
const ofMarkdown = { ...ofText, markdown: (own) => own().markdown } satisfies Makers;
const ofPlan = { ...ofMarkdown, plan: (own) => own().plan, understood: (own) => own().understood } satisfies Makers;
const later: Readonly<Record<DocumentKind, Makers>> = { text: ofText, markdown: ofMarkdown, plan: ofPlan };

/** Why: a class, as there is one for each document, and properties defined on each object take ten times as long. */
class OwnContext {
  readonly source: Source;
  readonly document: DocumentFacts;
  readonly profile: Profile;
  readonly faults: readonly TraceFault[] | undefined;
  readonly there: readonly Fact[];
  readonly #ground: ReadingGround;
  readonly #kind: DocumentKind;
  #receipt: ReceiptFacts | undefined;
  #wounds: readonly WoundFact[] | undefined;
  #markdown: MarkdownFacts | undefined;
  #plan: Plan | undefined;
  #understood: UnderstoodPlan | undefined;

  constructor(
    ground: ReadingGround,
    document: DocumentFacts,
    source: Source,
    faults: readonly TraceFault[] | undefined,
  ) {
    this.source = source;
    this.document = document;
    this.profile = ground.profile;
    this.faults = faults;
    this.#ground = ground;
    this.#kind = kindOf(ground.profile, document);
    this.there = (faults === undefined ? unread : read)[this.#kind];
  }

  get receipt(): ReceiptFacts | undefined {
    if (this.#kind !== "plan") return undefined;
    this.#receipt ??= receiptOf(this.#ground, this.document);
    return this.#receipt;
  }

  get wounds(): readonly WoundFact[] {
    this.#wounds ??= woundsIn(this.source);
    return this.#wounds;
  }

  get markdown(): MarkdownFacts | undefined {
    if (this.#kind === "text") return undefined;
    this.#markdown ??= new Outline(this.source);
    return this.#markdown;
  }

  get plan(): Plan | undefined {
    if (this.#kind !== "plan") return undefined;
    this.#plan ??= parsePlan(this.source, this.profile);
    return this.#plan;
  }

  get understood(): UnderstoodPlan | undefined {
    const { plan } = this;
    if (plan === undefined) return undefined;
    this.#understood ??= understoodOf(this.#ground, plan);
    return this.#understood;
  }
}

type FactsByKind = Readonly<Record<DocumentKind, readonly Fact[]>>;

/** Of documents that were not read for the graph. */
const unread: FactsByKind = {
  text: ["wounds"],
  markdown: ["wounds", "markdown"],
  plan: ["receipt", "wounds", "markdown", "plan", "understood"],
};

const read: FactsByKind = {
  text: ["faults", ...unread.text],
  markdown: ["faults", ...unread.markdown],
  plan: ["faults", ...unread.plan],
};
