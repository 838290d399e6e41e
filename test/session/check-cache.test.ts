import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPaint } from "#render/paint";
import { runCli } from "../../src/interfaces/cli/cli.ts";
import type { Terminal } from "../../src/interfaces/cli/terminal.ts";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

const cache = `${root}/.iplan/cache`;
const path = `${cache}/check`;
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

/** Everything that can be asked of a check which writes nothing. */
const forms: readonly (readonly string[])[] = [
  ["--json"],
  [],
  ["--score"],
  ["--by", "cause"],
  ["--max-warnings", "0"],
  ["--format", "json"],
  ["--format", "sarif"],
  ["--format", "junit"],
  ["--format", "github"],
  ["--format", "markdown"],
  ["--baseline", "baseline.json", "--json"],
  ["PRD-001"],
  ["docs/BRD", "--json"],
  ["docs/PRD/PRD-001_product.md", "--format", "sarif"],
];

/** Width, colour and folder of a terminal. */
const looks = [
  [100, false, `${root}/docs`],
  [50, true, `${root}/docs`],
  [50, true, root],
] as const;

async function checked(world: SessionWorld, words: readonly string[] = ["--json"]): Promise<string> {
  const { code, stdout, stderr } = await world.call(["check", ...words]);
  return `${code} ${stdout}${stderr}`;
}

/** The same files where nothing was ever kept. */
async function checkedAfresh(
  files: Readonly<Record<string, string>>,
  words: readonly string[] = ["--json"],
): Promise<string> {
  return checked(createSessionWorld(files), words);
}

/** Files that are read from here on. */
function watchReading({ host }: SessionWorld): readonly string[] {
  const read: string[] = [];
  const { read: reading, readText } = host.files;
  Object.assign(host.files, {
    read: (name: string) => {
      read.push(name);
      return reading.call(host.files, name);
    },
    readText: (name: string) => {
      read.push(name);
      return readText.call(host.files, name);
    },
  });
  return read;
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
    const read = watchReading(world);
    expect(await checked(world)).toBe(first);
    expect(read.filter((name) => name.includes("/docs/"))).toEqual([]);
  });

  it.each(
    forms.map((words) => [words.join(" "), words] as const),
  )("is printed again as it was: check %s", async (_, words) => {
    const world = await createWorld();
    await world.call(["check", "--write-baseline", "baseline.json"]);
    await world.host.timer.sleep(60_000);
    const first = await checked(world, words);
    const read = watchReading(world);
    expect(await checked(world, words)).toBe(first);
    expect(read.filter((name) => !name.startsWith(`${cache}/check`) && !name.endsWith("/key"))).toEqual([]);
  });

  it("is another for another width, another place to ask from, and with colour", async () => {
    const { host } = await createWorld();
    const printed = async ([width, colour, cwd]: (typeof looks)[number]): Promise<string> => {
      let out = "";
      const print = (text: string | Uint8Array): void =>
        void (out += typeof text === "string" ? text : new TextDecoder().decode(text));
      const paint = createPaint(colour);
      const terminal = { cwd, width, interactive: false, paint, progressPaint: paint, result: print, progress: print };
      await runCli(host, terminal as unknown as Terminal, ["check", "BRD"]);
      return out;
    };
    const first = new Map<unknown, string>();
    for (const look of looks) first.set(look, await printed(look));
    expect(new Set(first.values()).size).toBe(looks.length);
    for (const look of looks.toReversed()) expect(await printed(look)).toBe(first.get(look));
  });

  it("is never kept when something was written or healed", async () => {
    const world = await createWorld();
    await world.call(["check", "--write-baseline", "baseline.json"]);
    await world.call(["check", "--fix"]);
    await world.call(["check", "--fix", "--dry-run"]);
    expect(world.host.files.list(cache).map(({ name }) => name)).not.toContain("check-text");
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
    ["a receipt", "docs/IPLAN/IPLAN-001_gate.md.receipt.ndjson", "no receipt\n"],
    ["a journal", ".iplan/runs/IPLAN-001.01ARZ3NDEKTSV4RRFFQ69G5FAV.ndjson", "no journal\n"],
    ["the links that were accepted", "iplan.lock", "no lock\n"],
    ["an index", "docs/BRD/BRD-000_index.md", "# BRD-000: Index\n\n<!-- iplan:generated -->\n"],
  ])("gives way to %s that changed", async (_, name, text) => {
    const world = await createWorld();
    for (const words of forms.slice(0, 2)) await checked(world, words);
    write(world, name, text);
    await world.host.timer.sleep(60_000);
    for (const words of forms.slice(0, 2)) {
      expect(await checked(world, words)).toBe(await checkedAfresh({ ...start, [name]: text }, words));
    }
  });

  it("gives way to another baseline", async () => {
    const world = await createWorld();
    const words = ["--baseline", "baseline.json", "--json"];
    await world.call(["check", "--write-baseline", "baseline.json"]);
    await world.host.timer.sleep(60_000);
    expect(await checked(world, words)).toContain('"baselined": true');
    write(world, "baseline.json", '{"version":1,"findings":[]}');
    expect(await checked(world, words)).not.toContain('"baselined": true');
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

  describe.each(["check", "check-json"])("in the file %s", (name) => {
    const file = `${cache}/${name}`;

    it.each([
      ["damaged", (bytes: Uint8Array) => bytes.map((byte, index) => (index === bytes.length - 5 ? byte ^ 1 : byte))],
      ["cut", (bytes: Uint8Array) => bytes.slice(0, 90)],
      ["empty", () => new Uint8Array()],
      ["without a seal", (bytes: Uint8Array) => bytes.slice(bytes.indexOf(10) + 1)],
      ["another one's", (_: Uint8Array, world: SessionWorld) => world.host.files.read(`${cache}/check-text`)],
    ])("is passed over and written anew when it is %s", async (_, spoil) => {
      const world = await createWorld();
      const fresh = await checked(world);
      await world.call(["check"]);
      const bytes = world.host.files.read(file) ?? new Uint8Array();
      expect(bytes.length).toBeGreaterThan(100);
      // Why: what is printed is looked for first, and the other is not read when it is there.
      world.host.files.remove(`${cache}/check-json`);
      world.host.files.writeAtomic(file, spoil(bytes, world) ?? new Uint8Array());
      expect(await checked(world)).toBe(fresh);
      expect(world.host.files.read(file)).toEqual(bytes);
    });

    it("is not believed by another version of the program", async () => {
      const world = await createWorld();
      const fresh = await checked(world);
      const bytes = world.host.files.read(file);
      Object.assign(world.host, { version: "0.0.0-other" });
      expect(await checked(world)).toBe(fresh);
      expect(world.host.files.read(file)).not.toEqual(bytes);
    });
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
      fc.asyncProperty(fc.constantFrom(...forms), fc.array(edit, { maxLength: 5 }), async (words, edits) => {
        const world = await createWorld({ ...start, "baseline.json": '{"version":1,"findings":[]}' });
        let files: Readonly<Record<string, string>> = { ...start, "baseline.json": '{"version":1,"findings":[]}' };
        for (const { name, text, wait } of edits) {
          await checked(world, words);
          write(world, name, text);
          files = { ...files, [name]: text };
          if (wait) await world.host.timer.sleep(60_000);
        }
        expect(await checked(world, words)).toBe(await checkedAfresh(files, words));
      }),
      { numRuns: 30 },
    );
  });
});
