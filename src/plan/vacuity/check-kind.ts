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

/** Kinds that judge the work itself, where `test` and `grep` only look at a part of it. */
const verdictKinds: ReadonlySet<CheckKind> = new Set(["tests", "lint", "types", "format", "security", "build"]);

/** True for test runners, linters and their like: who drops their verdict cannot mean it as a detail. */
export function givesVerdict(kind: CheckKind | undefined): boolean {
  return kind !== undefined && verdictKinds.has(kind);
}
