import type { ShellWord } from "#model/shell-syntax";

const worldTests = /^-[abcdefghkoprstuvwxLNOGRS]$/;
const relations = new Set(["-nt", "-ot", "-ef"]);

/** True for a condition that holds no expansion and asks nothing of the world: `[ 1 = 1 ]`, `test -n "ok"`. */
export function isConstantTest(words: readonly ShellWord[]): boolean {
  const values = words.map((word) => word.literal);
  if (values.some((value) => value === undefined)) return false;
  return !values.some(
    (value, index) => relations.has(value ?? "") || (worldTests.test(value ?? "") && index < values.length - 1),
  );
}
