import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("../../dist/iplan.js", import.meta.url));
const folder = new URL("../../campaign/", import.meta.url).href;

/** What a campaign counted. */
interface Tally {
  readonly faults: number;
  readonly cases: readonly string[];
}

interface KillModule {
  killCampaign(options: { kind: readonly string[]; kills: number; seed: number; perPlan: number }): Promise<Tally>;
}

interface FaultModule {
  canMount(): boolean;
  faultCampaign(options: { kind: string; seed: number; share?: number; rounds?: number }): Promise<Tally>;
}

interface LeaseModule {
  leaseCampaign(options: { races: number }): Promise<unknown>;
}

const never = { lost: 0, repeated: 0, falsely: 0, damaged: 0, unfinished: 0, cases: [] };
const faults = (await import(`${folder}faults.mjs`)) as FaultModule;

describe.skipIf(!existsSync(program))("a seeded sample of the campaigns over the built program", () => {
  it("killed with its bash at random moments, it loses, repeats and damages nothing", {
    timeout: 120_000,
  }, async () => {
    const { killCampaign } = (await import(`${folder}kill.mjs`)) as KillModule;
    const result = await killCampaign({
      kind: ["functions", "service", "split"],
      kills: 8,
      seed: 20_261_122,
      perPlan: 3,
    });
    expect(result).toMatchObject(never);
    expect(result.faults).toBeGreaterThanOrEqual(8);
  });

  it.each([
    ["whichever call fails", { kind: "nth", share: 0.04 }],
    ["where a directory is read-only", { kind: "readonly", rounds: 4 }],
    ["when the clock is set back", { kind: "clock", rounds: 2 }],
  ])("%s, nothing is lost, repeated, falsely verified or damaged", { timeout: 120_000 }, async (_title, options) => {
    const result = await faults.faultCampaign({ seed: 20_261_122, ...options });
    expect(result).toMatchObject(never);
    expect(result.faults).toBeGreaterThan(0);
  });

  it("of processes that take units at the same time, no two hold the same one", { timeout: 60_000 }, async () => {
    const { leaseCampaign } = (await import(`${folder}leases.mjs`)) as LeaseModule;
    expect(await leaseCampaign({ races: 60 })).toMatchObject({ processes: 2, taken: 120, shared: 0 });
  });

  it.skipIf(!faults.canMount())("on a disk that fills up, the same", { timeout: 120_000 }, async () => {
    expect(await faults.faultCampaign({ kind: "full", seed: 20_261_122, rounds: 2 })).toMatchObject(never);
  });
});
