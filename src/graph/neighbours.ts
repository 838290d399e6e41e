import type { ArtifactEntry } from "./artifact-entry.ts";

/** An id of a type word, a number and, for a member of a group, another number. */
export interface NumberedId {
  readonly type: string;
  readonly digits: string;
  /** `-02` of a member of a group. */
  readonly member: string;
}

const powers: readonly number[] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000];
/** Digits of the longest number that is looked for, and one more that a slip may add. */
const mostDigits = 7;

/** Documents by what their numbers are, padding included, so that the numbers near one are looked up without writing them. */
export class Neighbours {
  /** By type word and member, then by number. */
  readonly #documents = new Map<string, Map<number, ArtifactEntry>>();

  clear(): void {
    this.#documents.clear();
  }

  /** Takes a document in; one whose id is not in the plain form is nobody's neighbour. */
  add(artifact: ArtifactEntry): void {
    const match = /^([A-Z]{2,16})-(\d{1,7})(-\d{1,3})?$/u.exec(artifact.id);
    if (match === null) return;
    const digits = match[2] ?? "";
    const group = `${match[1] ?? ""}${match[3] ?? ""}`;
    let ofGroup = this.#documents.get(group);
    if (ofGroup === undefined) this.#documents.set(group, (ofGroup = new Map()));
    ofGroup.set(keyOf(Number(digits), digits.length), artifact);
  }

  /**
   * Adds documents one slip away, until there are enough: two digits swapped, one left out, one too many. Why not a wrong one: where
   * REQ-003 is missing, REQ-001 is another document, and whoever took the advice would tie a link to what it never meant.
   */
  addTo(found: Set<ArtifactEntry>, { type, digits, member }: NumberedId, enough: number): void {
    const documents = this.#documents.get(`${type}${member}`);
    if (documents === undefined) return;
    const add = (value: number, length: number): void => {
      const artifact = length > 0 && found.size < enough ? documents.get(keyOf(value, length)) : undefined;
      if (artifact !== undefined) found.add(artifact);
    };
    eachSlip(Number(digits), digits.length, add);
  }
}

/** Visits the numbers that a slip of one key makes of one, from its first digit to behind its last. */
function eachSlip(whole: number, length: number, visit: (value: number, length: number) => void): void {
  for (let left = length; left >= 0; left--) {
    const power = powers[left] ?? 1;
    const [head, tail] = [Math.floor(whole / power), whole % power];
    // Why: what stands behind the first digit of the tail.
    const below = powers[left - 1] ?? 1;
    const rest = tail % below;
    if (left > 1) visit(head * power + swapped(tail, below), length);
    if (left > 0) visit(head * below + rest, length - 1);
    for (let digit = 0; digit < 10; digit++) visit((head * 10 + digit) * power + tail, length + 1);
  }
}

/** A number with its first two digits swapped; `below`: the power of ten of the first. */
function swapped(tail: number, below: number): number {
  const second = below / 10;
  const [first, next] = [Math.floor(tail / below), Math.floor(tail / second) % 10];
  return next * below + first * second + (tail % second);
}

function keyOf(value: number, length: number): number {
  return value * (mostDigits + 1) + length;
}
