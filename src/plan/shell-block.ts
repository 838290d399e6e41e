import type { PlanBlock, TextAt } from "#model/plan";
import type { Hash, ShellParser } from "#model/ports";
import type { ShellSyntax } from "#model/shell-syntax";
import type { BlockSettings, RiskClass, RiskNote, Role, UnderstoodBlock, Vacuity } from "#model/understanding";
import { digestOf } from "./digest.ts";
import { placeholdersOf } from "./placeholders.ts";
import { type BlockRisk, riskOf } from "./risk/risk.ts";
import type { ShellFacts } from "./vacuity/shell-facts.ts";
import { vacuityOf } from "./vacuity/vacuity.ts";

/** What a block of a shell is judged with. */
export interface BlockGround {
  /** Where the block's own text starts, behind the commands of its `init`. */
  readonly from: number;
  /** What the shell knows when the block begins. */
  readonly facts: () => ShellFacts;
  readonly tools: { readonly parser: ShellParser; readonly hash: Hash };
}

/**
 * A block of a shell with its meaning. Why: only some commands ask what a block may touch and what it proves, and telling takes longer
 * than all the rest; it is told when it is asked for.
 */
export class ShellBlock implements UnderstoodBlock {
  readonly block: PlanBlock;
  readonly role: Role;
  readonly why: string;
  readonly settings: BlockSettings;
  readonly syntax: ShellSyntax;
  declare readonly leaves?: string;
  readonly #ground: BlockGround;
  #digest: string | undefined;
  #risk: BlockRisk | undefined;
  #vacuity: Vacuity | undefined;
  #placeholders: readonly TextAt[] | undefined;

  constructor(
    read: Pick<ShellBlock, "block" | "role" | "why" | "settings" | "syntax">,
    leaves: string | undefined,
    ground: BlockGround,
  ) {
    this.block = read.block;
    this.role = read.role;
    this.why = read.why;
    this.settings = read.settings;
    this.syntax = read.syntax;
    if (leaves !== undefined) this.leaves = leaves;
    this.#ground = ground;
  }

  get digest(): string {
    this.#digest ??= digestOf(this.#ground.tools.hash, this.block.text);
    return this.#digest;
  }

  get risk(): RiskClass {
    return this.#surveyed.risk;
  }

  get risks(): readonly RiskNote[] {
    return this.#surveyed.notes;
  }

  get vacuity(): Vacuity {
    if (this.#vacuity !== undefined) return this.#vacuity;
    const { block, syntax } = this;
    const { from, facts, tools } = this.#ground;
    const role = this.role === "verification" ? "verification" : "action";
    const changesState = this.#surveyed.writes;
    this.#vacuity = vacuityOf({ block, syntax, role, changesState, from, facts: facts() }, tools.parser);
    return this.#vacuity;
  }

  get placeholders(): readonly TextAt[] {
    this.#placeholders ??= placeholdersOf(this.block, this.syntax);
    return this.#placeholders;
  }

  get #surveyed(): BlockRisk {
    this.#risk ??= riskOf(this.block, this.syntax, this.#ground.tools.parser);
    return this.#risk;
  }
}
