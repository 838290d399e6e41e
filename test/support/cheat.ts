import type { CheatWorld } from "./cheat-world.ts";

/** A way to end wrongly: what the assistant does, and what is said of it. */
export type Cheat = readonly [does: string, act: (own: CheatWorld) => Promise<unknown> | void, seen: RegExp];

/** Runs the plan again, as the assistant. */
export const rerun = async (own: CheatWorld, ...more: string[]): Promise<void> => {
  await own.say("run", "IPLAN-001", ...more);
};
