import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("../../dist/iplan.js", import.meta.url));
const campaign = new URL("../../campaign/kill.mjs", import.meta.url).href;

interface CampaignResult {
  readonly kills: number;
  readonly lost: number;
  readonly repeated: number;
  readonly falsely: number;
  readonly damaged: number;
  readonly unfinished: number;
  readonly cases: readonly string[];
}

describe.skipIf(!existsSync(program))("the built program, killed at random moments", () => {
  it("loses, repeats and damages nothing, and ends as it must", { timeout: 120_000 }, async () => {
    const { killCampaign } = (await import(campaign)) as {
      killCampaign(options: { kind: string; kills: number; seed: number }): Promise<CampaignResult>;
    };
    const result = await killCampaign({ kind: "synthetic", kills: 8, seed: 20_261_122 });
    expect(result.cases).toEqual([]);
    expect(result).toMatchObject({ kills: 8, lost: 0, repeated: 0, falsely: 0, damaged: 0, unfinished: 0 });
  });
});
