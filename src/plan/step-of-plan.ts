import type { Step } from "#model/plan";
import type { Hash } from "#model/ports";
import type { RiskClass, StepUnit, Tie, UnderstoodBlock, UnderstoodOutcome } from "#model/understanding";
import { digestOfAll } from "./digest.ts";
import { worstRisk } from "./risk/risk.ts";

/** What of a step is told at once. */
type ToldStep = Omit<StepUnit, "subject" | "risk" | "handoff">;

/** A step as a unit of work. What a verdict of it rests on, and what it may touch, is told when it is asked for. */
export class StepOfPlan implements StepUnit {
  readonly key: string;
  readonly number: string;
  readonly title: string;
  readonly step: Step;
  readonly blocks: readonly UnderstoodBlock[];
  readonly others: readonly UnderstoodBlock[];
  readonly outcomes: readonly UnderstoodOutcome[];
  readonly ties: readonly Tie[];
  readonly needs: readonly string[];
  readonly files: readonly string[];
  declare readonly handoff?: string;
  readonly #hash: Hash;
  #subject: string | undefined;
  #risk: RiskClass | undefined;

  constructor(told: ToldStep, handoff: string | undefined, hash: Hash) {
    this.key = told.key;
    this.number = told.number;
    this.title = told.title;
    this.step = told.step;
    this.blocks = told.blocks;
    this.others = told.others;
    this.outcomes = told.outcomes;
    this.ties = told.ties;
    this.needs = told.needs;
    this.files = told.files;
    if (handoff !== undefined) this.handoff = handoff;
    this.#hash = hash;
  }

  get subject(): string {
    this.#subject ??= digestOfAll(this.#hash, [
      ...this.blocks.flatMap(({ role, digest }) => [role, digest]),
      ...this.outcomes.map(({ digest }) => digest),
    ]);
    return this.#subject;
  }

  get risk(): RiskClass {
    this.#risk ??= worstRisk(this.blocks.map(({ risk }) => risk));
    return this.#risk;
  }
}
