import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GaugeState, GaugeWorld, type RowVerdict } from "../support/gauge-world.ts";
import { type VerificationRow, verificationRows } from "../support/verification-rows.ts";

const assistants = ["CLAUDECODE", "GEMINI_CLI", "CODEX_SANDBOX", "CURSOR_AGENT", "OPENCODE"];
const former = { ...process.env };

beforeAll(() => {
  for (const name of assistants) delete process.env[name];
});

afterAll(() => {
  process.env = former;
});

/** Why: what the text alone tells is tested for every row beside the judge; here a part of them shows that the program heeds it. */
const share = process.env["IPLAN_ALL_ROWS"] === undefined ? 6 : 1;

/** Verifications of a corpus that are run. */
function rowsOf(corpus: string): readonly VerificationRow[] {
  return verificationRows(corpus).filter((_row, index) => corpus !== "lying" || index % share === 0);
}

/** Runs verifications as steps of a plan, in a project of this state. */
async function verdictsOf(corpus: string, state: GaugeState): Promise<readonly RowVerdict[]> {
  const world = new GaugeWorld(state);
  Object.assign(process.env, world.environment());
  try {
    return await world.verdicts(rowsOf(corpus));
  } finally {
    world.close();
  }
}

/** Those that came out otherwise, so that a failing test names them. */
function except(
  verdicts: readonly RowVerdict[],
  isRight: (verdict: RowVerdict["verdict"]) => boolean,
): readonly string[] {
  return verdicts
    .filter(({ verdict }) => !isRight(verdict))
    .map(({ row, verdict, reason }) => `${row.title}: ${verdict} (${reason})`);
}

const limit = 300_000;

describe("verifications, run by the program in a world of stand-in tools", () => {
  test.each<[string, GaugeState]>([
    ["lying", "healthy"],
    ["no-tests", "healthy"],
    ["empty-handed", "broken"],
    ["empty-handed", "empty"],
  ])(
    "none of those that are %s is verified in a world that is %s",
    async (corpus, state) => {
      const verdicts = await verdictsOf(corpus, state);
      expect(verdicts.length).toBe(rowsOf(corpus).length);
      expect(except(verdicts, (verdict) => verdict !== "verified" && verdict !== "refused")).toEqual([]);
    },
    limit,
  );

  test(
    "every honest one is verified where all is well",
    async () => {
      expect(except(await verdictsOf("honest", "healthy"), (verdict) => verdict === "verified")).toEqual([]);
    },
    limit,
  );

  test(
    "no honest one is verified where nothing is well",
    async () => {
      expect(except(await verdictsOf("honest", "broken"), (verdict) => verdict === "failed")).toEqual([]);
    },
    limit,
  );
});
