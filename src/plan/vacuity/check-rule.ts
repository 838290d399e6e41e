import type { Strength } from "./strength.ts";

/** What kind of thing a known check looks at; outcomes such as "all tests pass" are tied to it. */
export type CheckKind =
  | "tests"
  | "lint"
  | "types"
  | "format"
  | "security"
  | "comparison"
  | "presence"
  | "build"
  | "validity";

/** A known check with what its exit status tells. */
export interface KnownCheck {
  readonly kind: CheckKind;
  readonly strength: Strength;
  /** Why it tells less than it seems. */
  readonly note?: string;
  /** It may as well be there for its output: as a verification it counts, in an action it is no check by itself. */
  readonly isIncidental?: boolean;
}

/** What is known of a call with these arguments; undefined when it is no known check. */
export type CheckRule = (values: readonly string[]) => KnownCheck | undefined;
