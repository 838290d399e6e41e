import { withLazily } from "#model/lazily";
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
  const { key, kind, text, range, box, phase, lasting = text } = written;
  const given = claimTexts(written.annotation);
  const outcome = {
    key,
    kind,
    text,
    range,
    ...(box === undefined ? {} : { box }),
    ...(phase === undefined ? {} : { phase }),
    digest: digestOfAll(hash, [lasting, ...given]),
  };
  // Why: what was proved once is known by its record; its claims are asked for only where there is none.
  return withLazily(
    outcome,
    ["claims", "why", "suggestion"],
    (): Pick<UnderstoodOutcome, "claims" | "why" | "suggestion"> =>
      given.length > 0 ? annotated(given) : claimsOf(text, scene()),
  );
}

function annotated(texts: readonly string[]): Pick<UnderstoodOutcome, "claims" | "why"> {
  const readings = texts.map(readClaimText);
  const problem = readings.find((reading) => reading.problem !== undefined)?.problem;
  if (problem !== undefined) return { claims: [], why: `its annotation is not understood: ${problem}` };
  return { claims: readings.flatMap((reading) => reading.claims), why: "its annotation says so" };
}
