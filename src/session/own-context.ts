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

/** Why: a class, as there is one for each document, and properties defined on each object take ten times as long. */
class OwnContext {
  readonly source: Source;
  readonly document: DocumentFacts;
  readonly profile: Profile;
  readonly faults: readonly TraceFault[] | undefined;
  readonly receipt: ReceiptFacts | undefined;
  readonly there: readonly Fact[];
  readonly #ground: ReadingGround;
  readonly #kind: DocumentKind;
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
    this.receipt = receiptOf(ground, document);
    this.there = (faults === undefined ? unread : read)[this.#kind];
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
