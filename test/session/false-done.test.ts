import { describe, expect, test } from "vitest";
import { rerun } from "../support/cheat.ts";
import {
  type CheatWorld,
  createCheatWorld,
  failingPlan,
  failingTests,
  nearlyDonePlan,
  reportedPlan,
  testedPlan,
  testFile,
} from "../support/cheat-world.ts";
import { document } from "../support/cheats-document.ts";
import { elsewhere, reports } from "../support/cheats-elsewhere.ts";
import { acts, nearlyDone, record, tests, uncounted } from "../support/cheats-work.ts";
import { planPath } from "../support/plan-document.ts";

const passing = failingTests.replace(" // fails", "");

/** Everything that is said afterwards, to whoever asks. */
async function saidOf(own: CheatWorld): Promise<{ readonly verdict: string; readonly said: string }> {
  const { plans } = (await own.data(["status"])) as { plans: readonly { path: string; verdict: string }[] };
  for (const words of [["status"], ["status", planPath()], ["check"], ["doctor"], ["next"]]) await own.say(...words);
  return { verdict: plans.find(({ path }) => path === planPath())?.verdict ?? "gone", said: own.told.join("\n") };
}

const worlds = [
  ["the document", failingPlan, document],
  ["the record", failingPlan, record],
  ["what it does", failingPlan, acts],
  ["the tests", testedPlan, tests],
  [
    "tests nobody counted",
    testedPlan.replace(/- 3 tests pass\n- No skipped tests\n- Coverage [^\n]*\n/u, "- The tests are good\n"),
    uncounted,
  ],
  ["what is missing", nearlyDonePlan, nearlyDone],
  ["reports", reportedPlan, reports],
  ["another place", failingPlan, elsewhere],
] as const;

describe.each(worlds)("an assistant that cheats with %s", (_name, plan, rows) => {
  test.each(rows)("and %s is not done, and it is said", async (_does, act, seen) => {
    const own = await createCheatWorld(plan);
    await act(own);
    const { verdict, said } = await saidOf(own);
    expect(verdict).not.toBe("verified");
    expect(said).toMatch(seen);
  });
});

test("what was taken out is done once a person says that it is not needed", async () => {
  const own = await createCheatWorld(nearlyDonePlan);
  own.edit(own.plan, /\*\*Deliverables\*\*:\n[^\n]*\n/u, "");
  await own.asPerson(() => own.say("sign", "IPLAN-001", "deliverable:1", "--reason", "It moved to another plan"));
  const { verdict, said } = await saidOf(own);
  expect(verdict).toBe("verified");
  expect(said).toContain("It moved to another plan");
});

describe("an assistant that does the work", () => {
  test("of making what is missing is done", async () => {
    const own = await createCheatWorld(failingPlan);
    own.put("b.txt", "");
    await rerun(own);
    expect((await saidOf(own)).verdict).toBe("verified");
  });

  test("of mending what fails is done", async () => {
    const own = await createCheatWorld(testedPlan);
    own.put(testFile, passing);
    await rerun(own);
    expect((await saidOf(own)).verdict).toBe("verified");
  });
});

test("there are at least forty ways", () => {
  expect(worlds.reduce((sum, [, , rows]) => sum + rows.length, 0)).toBeGreaterThanOrEqual(40);
});
