import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type ClaimBullet, bulletsOf, claimDocuments, examplePlans } from "../support/claim-bullets.ts";
import { repository } from "../support/page-reader.ts";
import { hasShared } from "../support/shared.ts";

/** `blank`: a line of a template that is not filled in. */
type Label = "mechanical" | "judgement" | "blank";

/** Labels given by hand, by path, line and hash; the sentences themselves are not kept here. */
function labels(): ReadonlyMap<string, Label> {
  const found = new Map<string, Label>();
  let path = "";
  for (const line of readFileSync(`${repository}/test/fixtures/claims/bullets.txt`, "utf8").split("\n")) {
    if (line.startsWith("# ")) path = line.slice(2);
    const [at, hash, label] = line.split(" ");
    if (label !== undefined && path !== "" && at !== "#") found.set(`${path}:${at} ${hash}`, label as Label);
  }
  return found;
}

const labelled = labels();
const keyOf = ({ path, line, hash }: ClaimBullet): string => `${path}:${line} ${hash}`;
const isClaim = ({ outcome }: ClaimBullet): boolean => outcome.claims.length > 0;

function shareOf(bullets: readonly ClaimBullet[]): { readonly claims: number; readonly all: number } {
  const mechanical = bullets.filter((bullet) => labelled.get(keyOf(bullet)) === "mechanical");
  return { claims: mechanical.filter(isClaim).length, all: mechanical.length };
}

function placesOf(bullets: readonly ClaimBullet[]): readonly string[] {
  return bullets.map(keyOf);
}

describe("bullets of the examples", () => {
  const bullets = examplePlans().flatMap(bulletsOf);

  test("each has a label", () => {
    expect(bullets.length).toBeGreaterThan(50);
    expect(placesOf(bullets).filter((key) => !labelled.has(key))).toEqual([]);
  });

  test("that a machine can decide are claims", () => {
    const { claims, all } = shareOf(bullets);
    expect(claims / all).toBeGreaterThanOrEqual(0.8);
  });

  test("that want judgement are none", () => {
    expect(placesOf(bullets.filter((each) => isClaim(each) && labelled.get(keyOf(each)) !== "mechanical"))).toEqual([]);
  });
});

describe.skipIf(!hasShared)("bullets of the template, the reference documents and the examples", () => {
  const bullets = hasShared ? claimDocuments().flatMap(bulletsOf) : [];

  test("each has a label, and no label is left over", () => {
    expect(bullets.length).toBeGreaterThan(400);
    expect(placesOf(bullets).filter((key) => !labelled.has(key))).toEqual([]);
    const seen = new Set(placesOf(bullets));
    expect([...labelled.keys()].filter((key) => !seen.has(key))).toEqual([]);
  });

  test("at least 80 % of those that a machine can decide are claims", () => {
    const { claims, all } = shareOf(bullets);
    const apart = shareOf(bullets.filter(({ path }) => !path.startsWith("examples/")));
    const percent = (share: typeof apart): string =>
      `${share.claims} of ${share.all} (${((share.claims / share.all) * 100).toFixed(1)} %)`;
    console.info(
      `mechanical bullets that are claims: ${percent({ claims, all })}; without the examples ${percent(apart)}`,
    );
    expect(claims / all).toBeGreaterThanOrEqual(0.8);
    expect(apart.claims / apart.all).toBeGreaterThanOrEqual(0.75);
  });

  test("none of those that want judgement, or are not filled in, is one", () => {
    expect(placesOf(bullets.filter((each) => isClaim(each) && labelled.get(keyOf(each)) !== "mechanical"))).toEqual([]);
  });
});
