import type { Annotation, Box } from "#model/plan";
import type { Hash } from "#model/ports";
import type { Range } from "#model/source";
import type { UnderstoodOutcome } from "#model/understanding";
import { claimTexts } from "./annotation.ts";
import type { ClaimScene } from "./claims/claim-scene.ts";
import { readClaimText } from "./claims/claim-text.ts";
import { claimsOf } from "./claims/registry.ts";
import { digestOfAll } from "./digest.ts";

/** An outcome, deliverable, checklist item or criterion as it stands in the document. */
export interface WrittenOutcome {
  readonly key: string;
  readonly kind: UnderstoodOutcome["kind"];
  readonly text: string;
  readonly range: Range;
  readonly box?: Box | undefined;
  readonly phase?: string | undefined;
  readonly annotation?: Annotation | undefined;
  /** The text without what the program itself writes into it; absent: the text. */
  readonly lasting?: string;
}

/** Makes claims of what a plan promises: those an annotation gives, else those of a pattern that fits exactly. */
export function understandOutcome(written: WrittenOutcome, scene: () => ClaimScene, hash: Hash): UnderstoodOutcome {
  return new PromisedOutcome(written, scene, hash);
}

type Claimed = Pick<UnderstoodOutcome, "claims" | "why" | "suggestion">;

/** Why: what was proved once is known by its record; its claims are asked for only where there is none. */
class PromisedOutcome implements UnderstoodOutcome {
  readonly key: string;
  readonly kind: UnderstoodOutcome["kind"];
  readonly text: string;
  readonly range: Range;
  declare readonly box?: Box;
  declare readonly phase?: string;
  readonly #written: WrittenOutcome;
  readonly #scene: () => ClaimScene;
  readonly #hash: Hash;
  #digest: string | undefined;
  #claimed: Claimed | undefined;

  constructor(written: WrittenOutcome, scene: () => ClaimScene, hash: Hash) {
    const { key, kind, text, range, box, phase } = written;
    this.key = key;
    this.kind = kind;
    this.text = text;
    this.range = range;
    if (box !== undefined) this.box = box;
    if (phase !== undefined) this.phase = phase;
    this.#written = written;
    this.#scene = scene;
    this.#hash = hash;
  }

  get digest(): string {
    const { lasting = this.text, annotation } = this.#written;
    this.#digest ??= digestOfAll(this.#hash, [lasting, ...claimTexts(annotation)]);
    return this.#digest;
  }

  get claims(): UnderstoodOutcome["claims"] {
    return this.#told.claims;
  }

  get why(): string {
    return this.#told.why;
  }

  get suggestion(): string | undefined {
    return this.#told.suggestion;
  }

  get #told(): Claimed {
    if (this.#claimed === undefined) {
      const given = claimTexts(this.#written.annotation);
      this.#claimed = given.length > 0 ? annotated(given) : claimsOf(this.text, this.#scene());
    }
    return this.#claimed;
  }
}

function annotated(texts: readonly string[]): Pick<UnderstoodOutcome, "claims" | "why"> {
  const readings = texts.map(readClaimText);
  const problem = readings.find((reading) => reading.problem !== undefined)?.problem;
  if (problem !== undefined) return { claims: [], why: `its annotation is not understood: ${problem}` };
  return { claims: readings.flatMap((reading) => reading.claims), why: "its annotation says so" };
}
