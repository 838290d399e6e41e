import type { Profile } from "./profile.ts";

/** True for a file named as test runners look for tests: `test_a.py`, `a.test.ts`, `ATest.java`. */
export function isNamedAsTest({ trace }: Profile, path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const stem = name.slice(0, name.lastIndexOf("."));
  const { testStarts, testEnds } = trace.code;
  return (
    testStarts.some((start) => stem.startsWith(start)) || testEnds.some((end) => stem.endsWith(end) && stem !== end)
  );
}
