/** How many letters must be changed, added, dropped or swapped with their neighbour; undefined when more than `most`. */
export function distanceWithin(one: string, other: string, most: number): number | undefined {
  if (Math.abs(one.length - other.length) > most) return undefined;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      next.push(cheapest(one, other, row, column, before, last, next));
    }
    if (Math.min(...next) > most) return undefined;
    before = last;
    last = next;
  }
  const distance = last.at(-1) ?? 0;
  return distance <= most ? distance : undefined;
}

function cheapest(
  one: string,
  other: string,
  row: number,
  column: number,
  before: readonly number[],
  last: readonly number[],
  next: readonly number[],
): number {
  const same = one[row - 1] === other[column - 1] ? 0 : 1;
  const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
  return Math.min(
    (last[column] ?? 0) + 1,
    (next[column - 1] ?? 0) + 1,
    (last[column - 1] ?? 0) + same,
    ...(swapped ? [(before[column - 2] ?? 0) + 1] : []),
  );
}
