import { array, assert, constantFrom, integer, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { GraphState } from "#graph/graph-state";
import { Neighbours } from "#graph/neighbours";
import type { ArtifactEntry } from "#graph/artifact-entry";
import { aidoc16 } from "#profile/aidoc-16";
import { propertyRuns } from "../support/property-runs.ts";

/** Every number that a slip of one key makes of another, written out. */
function slipsOf(digits: string): readonly string[] {
  const slips: string[] = [];
  for (let at = 0; at <= digits.length; at++) {
    const [head, tail] = [digits.slice(0, at), digits.slice(at)];
    if (tail.length > 1) slips.push(`${head}${tail[1]}${tail[0]}${tail.slice(2)}`);
    if (tail !== "") slips.push(head + tail.slice(1));
    for (const digit of "0123456789") {
      slips.push(head + digit + tail);
    }
  }
  return slips;
}

const digits = integer({ min: 1, max: 3 }).chain((length) =>
  array(constantFrom(..."012"), { minLength: length, maxLength: length }).map((one) => one.join("")),
);
const numbered = record({ type: constantFrom("REQ", "SYS"), digits, member: constantFrom("", "-01") });

describe("documents one slip away", () => {
  it("are those whose ids a slip of one key makes, in the order of the slips, until there are enough", () => {
    let most = 0;
    assert(
      property(
        array(numbered, { minLength: 12, maxLength: 60 }),
        numbered,
        integer({ min: 1, max: 3 }),
        (known, wanted, enough) => {
          const { nodes } = new GraphState(aidoc16);
          const neighbours = new Neighbours();
          const there = new Set(known.map((one) => `${one.type}-${one.digits}${one.member}`));
          for (const id of there) neighbours.add(nodes.internArtifact(id));
          const found = new Set<ArtifactEntry>();
          neighbours.addTo(found, wanted, enough);
          const expected = new Set(slipsOf(wanted.digits).map((slip) => `${wanted.type}-${slip}${wanted.member}`));
          const ids = [...expected].filter((id) => there.has(id)).slice(0, enough);
          expect(Array.from(found, ({ id }) => id)).toEqual(ids);
          most = Math.max(most, found.size);
        },
      ),
      { numRuns: propertyRuns(500) },
    );
    expect(most).toBe(3);
  });
  it("are never those of ids in another form", () => {
    const { nodes } = new GraphState(aidoc16);
    const neighbours = new Neighbours();
    for (const id of ["req-013", "REQ_013", "REQ-00000013", "src/REQ-013.ts"]) neighbours.add(nodes.internArtifact(id));
    const found = new Set<ArtifactEntry>();
    neighbours.addTo(found, { type: "REQ", digits: "012", member: "" }, 3);
    expect(found.size).toBe(0);
  });
});
