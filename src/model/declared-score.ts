import type { Span } from "./source.ts";

/** A readiness that a document declares of itself, in percent; the span is its value. */
export interface DeclaredScore extends Span {
  readonly value: number;
}
