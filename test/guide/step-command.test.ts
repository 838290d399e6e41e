import { createPacket, stepCommand } from "#guide/packet";
import type { Verdict } from "#model/run";
import { describe, expect, it } from "vitest";
import { action, planOf, verification } from "../support/understood.ts";

const plan = planOf([
  { blocks: [action("do one"), verification("check log")] },
  { handoff: "it describes work, but holds no block that runs" },
  { blocks: [action("do [it]", { placeholders: ["[it]"] })] },
]);

describe("what a step's packet says to do", () => {
  it.each<[number, Verdict, string]>([
    [0, "pending", "Step 1 is not run yet. Run it with: iplan run P"],
    [0, "failed", "Step 1 is failed: because. Run it with: iplan run P"],
    [0, "stale", "Step 1 is stale: because. Run it with: iplan run P"],
    [
      0,
      "unverifiable",
      'Step 1 is unverifiable: because. It ran, and a run does not repeat it. Write a verification that can fail, or look and sign: iplan sign P step:1 --reason "…"',
    ],
    [
      1,
      "handoff",
      'Step 2 is work for a person or an assistant: it describes work, but holds no block that runs. When it is done: iplan sign P step:2 --reason "…"',
    ],
    [
      2,
      "pending",
      "Step 3 is not run yet. It cannot run: [it] in line 1 is a placeholder. Write what it stands for, then: iplan check P",
    ],
    [2, "verified", "Step 3 is verified: because. There is nothing to do in it."],
  ])("step %i, %s", (index, verdict, brief) => {
    const step = plan.steps[index];
    if (step === undefined) throw new Error("no such step");
    const packet = createPacket(
      plan,
      { kind: "step", step, standing: { verdict, reason: "because" } },
      { plan: "P" },
      2000,
    );
    expect(packet.brief).toBe(brief);
    if (verdict !== "verified") expect(brief.endsWith(stepCommand(step, verdict, "P"))).toBe(true);
  });
});
