import type { VersionBound } from "#model/plan";

/** The first version in a text: two or more numbers joined by dots, else a number behind a `v` or alone; undefined for none. */
export function findVersion(text: string): string | undefined {
  const dotted = /(?<![\d.])\d{1,9}(?:\.\d{1,9}){1,5}/.exec(text);
  return dotted?.[0] ?? /(?<![\w.])v?(\d{1,9})(?![\w.])/.exec(text)?.[1];
}

/**
 * True when a version lies within all bounds. Numbers that a bound does not name do not count for `=`, `<=` and `>`:
 * 3.11.4 is `= 3.11`.
 */
export function isWithin(version: string, bounds: readonly VersionBound[]): boolean {
  return bounds.every(({ operator, version: bound }) => {
    const named = bound.split(".").length;
    const cut = operator === "=" || operator === "<=" || operator === ">" ? cutTo(version, named) : version;
    return holds(compareVersions(cut, bound), operator);
  });
}

/** Less than, equal to or greater than 0 as the first version is older, the same or newer. */
export function compareVersions(a: string, b: string): number {
  const left = a.split(".");
  const right = b.split(".");
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = Number(left[index] ?? 0) - Number(right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True when a difference stands as the operator asks. */
export function holds(difference: number, operator: VersionBound["operator"]): boolean {
  return operators[operator](difference);
}

const operators: Readonly<Record<VersionBound["operator"], (difference: number) => boolean>> = {
  ">=": (difference) => difference >= 0,
  ">": (difference) => difference > 0,
  "<=": (difference) => difference <= 0,
  "<": (difference) => difference < 0,
  "=": (difference) => difference === 0,
};

function cutTo(version: string, length: number): string {
  return version.split(".").slice(0, length).join(".");
}
