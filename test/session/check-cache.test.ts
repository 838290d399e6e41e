import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

const path = `${root}/.iplan/cache/check`;
const brd = "# BRD-001: Needs\n\n### FR-001: Alerts\n";
const prd =
  "# PRD-001: Product\n\n### US-001: Told\n\n@brd: BRD-001:FR-001\n\nSee [needs](../BRD/BRD-001_needs.md#alerts).\n";
const spec = "id: SPEC-001\ntitle: Gate\ncumulative_tags:\n  prd: PRD-001:US-001\n";

const start = {
  "iplan.config.yaml": "docs: docs\n",
  "docs/BRD/BRD-001_needs.md": brd,
  "docs/PRD/PRD-001_product.md": prd,
  "docs/SPEC/SPEC-001_gate.yaml": spec,
  "docs/IPLAN/IPLAN-001_gate.md": "# IPLAN-001: Gate\n\n**Step 1: Make**\n\n```bash\nmkdir -p out\n```\n",
  "src/gate.ts": "// @prd: PRD-001:US-001\n",
  ".iplan/.gitignore": "*\n",
};

/** A workspace with a key; its files were written a minute ago. */
async function createWorld(files: Readonly<Record<string, string>> = start): Promise<SessionWorld> {
  const world = createSessionWorld(files);
  world.host.trust(root).key({ create: true });
  await world.host.timer.sleep(60_000);
  return world;
}

async function checked(world: SessionWorld): Promise<string> {
  const { stdout, stderr } = await world.call(["check", "--json"]);
  return stdout + stderr;
}

/** The same files where nothing was ever kept. */
async function checkedAfresh(files: Readonly<Record<string, string>>): Promise<string> {
  return checked(createSessionWorld(files));
}

function write(world: SessionWorld, name: string, text: string): void {
  world.host.files.writeAtomic(`${root}/${name}`, new TextEncoder().encode(text));
}

describe("the kept check", () => {
  it("answers as checking does, in every form, and is written once", async () => {
    const world = await createWorld();
    const page = (await world.call(["check"])).stdout;
    const bytes = world.host.files.read(path);
    expect(bytes).toBeDefined();
    expect((await world.call(["check"])).stdout).toBe(page);
    expect(await checked(world)).toBe(await checkedAfresh(start));
    expect(world.host.files.read(path)).toEqual(bytes);
  });

  it("is what is shown when nothing changed", async () => {
    const world = await createWorld();
    const first = await checked(world);
    const read: string[] = [];
    const { files } = world.host;
    const { read: reading } = files;
    Object.assign(files, {
      read: (name: string) => {
        read.push(name);
        return reading.call(files, name);
      },
    });
    expect(await checked(world)).toBe(first);
    expect(read.filter((name) => name.includes("/docs/BRD/"))).toEqual([]);
  });

  it("is not kept while a file is so young that an edit could hide", async () => {
    const world = createSessionWorld(start);
    world.host.trust(root).key({ create: true });
    await checked(world);
    expect(world.host.files.stat(path)).toBeUndefined();
  });

  it.each([
    ["a document", "docs/BRD/BRD-001_needs.md", "# BRD-001: Needs\n"],
    ["a new document", "docs/BRD/BRD-002_more.md", "# BRD-002: More\n\n### FR-001: More\n"],
    ["a source file", "src/gate.ts", "// @prd: PRD-009\n"],
    ["a new source file", "src/other.ts", "// @prd: PRD-001:US-001\n"],
    ["the configuration", "iplan.config.yaml", "docs: docs\nrules:\n  trace/tag-missing: 'off'\n"],
    ["the ignored files", ".gitignore", "SPEC/\n"],
    ["a receipt", "docs/IPLAN/IPLAN-001_gate.receipt.ndjson", "no receipt\n"],
  ])("gives way to %s that changed", async (_, name, text) => {
    const world = await createWorld();
    await checked(world);
    write(world, name, text);
    await world.host.timer.sleep(60_000);
    expect(await checked(world)).toBe(await checkedAfresh({ ...start, [name]: text }));
  });

  it("gives way to a document that went away", async () => {
    const world = await createWorld();
    await checked(world);
    world.host.files.remove(`${root}/docs/BRD/BRD-001_needs.md`);
    const { "docs/BRD/BRD-001_needs.md": _, ...rest } = start;
    expect(await checked(world)).toBe(await checkedAfresh(rest));
  });

  it("gives way to the next day, when a waiver ends", async () => {
    const config = (until: string): string =>
      `docs: docs\nwaivers:\n  - rule: trace/tag-missing\n    path: 'docs/**'\n    reason: later\n    expires: ${until}\n`;
    const today = new Date(createSessionWorld().host.clock.now() + 60_000).toISOString().slice(0, 10);
    const world = await createWorld({ ...start, "iplan.config.yaml": config(today) });
    const before = await checked(world);
    expect(before).toContain('"waived": "later"');
    await world.host.timer.sleep(48 * 3_600_000);
    expect(await checked(world)).not.toContain('"waived": "later"');
  });

  it.each([
    ["damaged", (bytes: Uint8Array) => bytes.map((byte, index) => (index === bytes.length - 5 ? byte ^ 1 : byte))],
    ["cut", (bytes: Uint8Array) => bytes.slice(0, 90)],
    ["empty", () => new Uint8Array()],
    ["without a seal", (bytes: Uint8Array) => bytes.slice(bytes.indexOf(10) + 1)],
  ])("is passed over and written anew when it is %s", async (_, spoil) => {
    const world = await createWorld();
    const fresh = await checked(world);
    await checked(world);
    const bytes = world.host.files.read(path) ?? new Uint8Array();
    expect(bytes.length).toBeGreaterThan(100);
    world.host.files.writeAtomic(path, spoil(bytes));
    expect(await checked(world)).toBe(fresh);
    expect(world.host.files.read(path)).toEqual(bytes);
  });

  it("is not written without a key", async () => {
    const world = createSessionWorld(start);
    await world.host.timer.sleep(60_000);
    await checked(world);
    expect(world.host.files.stat(path)).toBeUndefined();
  });

  it("is never another than a fresh one, whatever is edited in whatever order", async () => {
    const names = Object.keys(start).filter((name) => name.startsWith("docs/") || name.startsWith("src/"));
    const texts = [brd, prd, spec, "", "# BRD-001: Needs\n\n### FR-002: Alerts\n", "@brd: BRD-001:FR-002\n"];
    const edit = fc.record({ name: fc.constantFrom(...names), text: fc.constantFrom(...texts), wait: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 5 }), async (edits) => {
        const world = await createWorld();
        let files: Readonly<Record<string, string>> = start;
        for (const { name, text, wait } of edits) {
          await checked(world);
          write(world, name, text);
          files = { ...files, [name]: text };
          if (wait) await world.host.timer.sleep(60_000);
        }
        expect(await checked(world)).toBe(await checkedAfresh(files));
      }),
      { numRuns: 20 },
    );
  });
});
