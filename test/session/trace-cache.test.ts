import { describe, expect, it } from "vitest";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

const path = `${root}/.iplan/cache/traces`;
const brd = "# BRD-001: Needs\n\n### FR-001: Alerts\n";
const prd = "# PRD-001: Product\n\n### US-001: Told\n\n@brd: BRD-001:FR-001\n";

/** A workspace that has a key and a folder of the program; its documents were written a minute ago. */
async function createWorld(): Promise<SessionWorld> {
  const world = createSessionWorld({
    "docs/BRD/BRD-001_needs.md": brd,
    "docs/PRD/PRD-001_product.md": prd,
    ".iplan/.gitignore": "*\n",
  });
  world.host.trust(root).key({ create: true });
  await world.host.timer.sleep(60_000);
  return world;
}

/** What `trace` says. */
async function traced(world: SessionWorld): Promise<string> {
  return (await world.call(["trace", "PRD-001:US-001"])).stdout;
}

describe("the cache of traces", () => {
  it("answers as reading does, and is written once", async () => {
    const world = await createWorld();
    const fresh = await traced(world);
    const bytes = world.host.files.read(path);
    expect(bytes).toBeDefined();
    expect(await traced(world)).toBe(fresh);
    expect(world.host.files.read(path)).toEqual(bytes);
  });

  it("gives way to a document that changed", async () => {
    const world = await createWorld();
    await traced(world);
    world.host.files.writeAtomic(`${root}/docs/BRD/BRD-001_needs.md`, new TextEncoder().encode("# BRD-001: Needs\n"));
    expect(await traced(world)).toContain("missing");
  });

  it.each([
    ["damaged", (bytes: Uint8Array) => bytes.map((byte, index) => (index === bytes.length - 5 ? byte ^ 1 : byte))],
    ["cut", (bytes: Uint8Array) => bytes.slice(0, 90)],
    ["empty", () => new Uint8Array()],
    ["without a seal", (bytes: Uint8Array) => bytes.slice(bytes.indexOf(10) + 1)],
  ])("is passed over and written anew when it is %s", async (_, spoil) => {
    const world = await createWorld();
    const fresh = await traced(world);
    const bytes = world.host.files.read(path) ?? new Uint8Array();
    world.host.files.writeAtomic(path, spoil(bytes));
    expect(await traced(world)).toBe(fresh);
    expect(world.host.files.read(path)).toEqual(bytes);
  });

  it("of another machine does not decide", async () => {
    const world = await createWorld();
    world.host.files.writeAtomic(
      `${root}/docs/PRD/PRD-001_product.md`,
      new TextEncoder().encode(prd.replace("FR-001", "FR-002")),
    );
    await world.host.timer.sleep(60_000);
    await traced(world);
    const foreign = createSessionWorld({
      "docs/BRD/BRD-001_needs.md": brd,
      "docs/PRD/PRD-001_product.md": prd,
      ".iplan/.gitignore": "*\n",
    });
    foreign.host.files.writeAtomic(path, world.host.files.read(path) ?? new Uint8Array());
    expect(await traced(foreign)).toContain("BRD-001:FR-001  docs/BRD");
  });

  it("is not written without a key or without a folder of the program", async () => {
    const keyless = createSessionWorld({ "docs/PRD/PRD-001_product.md": prd, ".iplan/.gitignore": "*\n" });
    await traced(keyless);
    expect(keyless.host.files.stat(path)).toBeUndefined();
    const bare = createSessionWorld({ "docs/PRD/PRD-001_product.md": prd });
    bare.host.trust(root).key({ create: true });
    await traced(bare);
    expect(bare.host.files.stat(`${root}/.iplan`)).toBeUndefined();
  });
});
