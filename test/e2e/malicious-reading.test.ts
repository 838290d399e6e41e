import { describe, test } from "vitest";
import { createMaliciousWorld, expectHarmless } from "./malicious-world.ts";
import { type Trick, tricks } from "./malicious-tricks.ts";

describe("a repository that means harm, read by every command that reads", () => {
  test.each(Object.keys(tricks))("starts nothing and changes nothing: %s", { timeout: 120_000 }, (name) => {
    const world = createMaliciousWorld();
    const { lay, environment } = tricks[name] as Trick;
    lay(world);
    expectHarmless(world, environment?.(world) ?? {});
  });
});
