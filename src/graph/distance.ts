/** How many letters must be changed, added, dropped or swapped with their neighbour; undefined when more than `most`. */
export function distanceWithin(one: string, other: string, most: number): number | undefined {
  if (Math.abs(one.length - other.length) > most) return undefined;
  const least = Math.min(one.length, other.length);
  let first = 0;
  while (first < least && one[first] === other[first]) first++;
  let same = 0;
  while (same < least - first && one.at(-1 - same) === other.at(-1 - same)) same++;
  return innerDistance(one.slice(first, one.length - same), other.slice(first, other.length - same), most);
}

/** The three rows that a cell is made of, used again for every question. */
let rows: readonly [Int32Array, Int32Array, Int32Array] = [new Int32Array(64), new Int32Array(64), new Int32Array(64)];

/** Why: what both begin and end with changes no distance, and cells farther than `most` from the diagonal are too far away. */
function innerDistance(one: string, other: string, most: number): number | undefined {
  const width = other.length + 1;
  if (one === "" || other === "") return one.length + other.length;
  if (rows[0].length < width) rows = [new Int32Array(width * 2), new Int32Array(width * 2), new Int32Array(width * 2)];
  let [before, last, next] = rows;
  for (let column = 0; column < width; column++) last[column] = column;
  for (let row = 1; row <= one.length; row++) {
    const from = Math.max(1, row - most);
    const to = Math.min(other.length, row + most);
    next[from - 1] = from === 1 ? row : most + 1;
    if (to < other.length) next[to + 1] = most + 1;
    let least = next[from - 1] as number;
    for (let column = from; column <= to; column++) {
      const cost = cheapest(one, other, row, column, before, last, next);
      next[column] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return undefined;
    [before, last, next] = [last, next, before];
  }
  const distance = last[other.length] as number;
  return distance <= most ? distance : undefined;
}

function cheapest(
  one: string,
  other: string,
  row: number,
  column: number,
  before: Int32Array,
  last: Int32Array,
  next: Int32Array,
): number {
  const [letter, opposite] = [one.charCodeAt(row - 1), other.charCodeAt(column - 1)];
  let cost = (last[column - 1] as number) + (letter === opposite ? 0 : 1);
  const [dropped, added] = [(last[column] as number) + 1, (next[column - 1] as number) + 1];
  if (dropped < cost) cost = dropped;
  if (added < cost) cost = added;
  if (row < 2 || column < 2 || letter !== other.charCodeAt(column - 2) || one.charCodeAt(row - 2) !== opposite)
    return cost;
  const swapped = (before[column - 2] as number) + 1;
  return swapped < cost ? swapped : cost;
}

/** Which letters a name has, a bit each; letters that are 32 apart share one. */
export function lettersIn(name: string): number {
  let letters = 0;
  for (let place = 0; place < name.length; place++) letters |= 1 << (name.charCodeAt(place) & 31);
  return letters;
}

/** False for letters of names that are farther from each other than `most`: one change makes one letter of a name another. */
export function mayBeWithin(one: number, other: number, most: number): boolean {
  return !hasMoreThan(one & ~other, most) && !hasMoreThan(other & ~one, most);
}

function hasMoreThan(bits: number, most: number): boolean {
  let left = bits;
  for (let count = 0; left !== 0; count++) {
    if (count === most) return true;
    left &= left - 1;
  }
  return false;
}
