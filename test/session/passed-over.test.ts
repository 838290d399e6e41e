import { describe, expect, it, vi } from "vitest";
import { renderPassedOver } from "#render/passed-over";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

const brd = "# BRD-001: Needs\n\n### FR-001: Told\n";
const config = "docs: docs\nsources: ['src/**']\nignore: ['docs/ignored']\n";
const files = { "docs/BRD/BRD-001_needs.md": brd, "src/a.py": "x = 1\n", "iplan.config.yaml": config };

function worldWith(links: readonly (readonly [path: string, target: string])[]): SessionWorld {
  const world = createSessionWorld(files);
  world.host.files.put("/elsewhere/BRD-007_foreign.md", brd.replaceAll("001", "007"));
  world.host.files.put("/elsewhere/b.py", "");
  for (const [path, target] of links) world.host.files.link(`${root}/${path}`, target);
  return world;
}

describe("what check passes over", () => {
  it.each([
    ["a folder outside", "docs/out", "/elsewhere", "outside"],
    ["a document outside", "docs/BRD/BRD-007_foreign.md", "/elsewhere/BRD-007_foreign.md", "outside"],
    ["a folder above", "docs/up", "..", "loop"],
    ["itself", "docs/self", "self", "loop"],
    ["a document that is not there", "docs/BRD/BRD-009_gone.md", "nothing.md", "nowhere"],
    ["a folder that is not there", "docs/gone", "nothing", "nowhere"],
    ["a folder of the workspace that is not read", "docs/code", "../src", "elsewhere"],
    ["a folder of source outside", "src/out", "/elsewhere", "outside"],
    ["source outside", "src/b.py", "/elsewhere/b.py", "outside"],
  ])("tells a link to %s once, and reads no more than without it", async (_, path, target, reason) => {
    const world = worldWith([[path, target]]);
    const { passedOver, summary } = await world.data(["check"]);
    expect(passedOver).toEqual([{ path, reason }]);
    expect(summary).toEqual((await createSessionWorld(files).data(["check"]))["summary"]);
    const { code, stdout } = await world.call(["check"]);
    expect(code).toBe((await createSessionWorld(files).call(["check"])).code);
    expect(stdout.split(`${path}: a link`)).toHaveLength(2);
  });

  it.each([
    ["is read under its own name", "docs/again", "BRD"],
    ["is no document", "docs/picture.png", "/elsewhere/b.py"],
    ["is ignored", "docs/ignored", "/elsewhere"],
    ["is no source", "src/notes.txt", "/elsewhere/b.py"],
    ["is source under another name", "src/c.py", "a.py"],
    ["lies where nothing is looked for", "other/out", "/elsewhere"],
  ])("tells nothing of a link to what %s", async (_, path, target) => {
    expect(await worldWith([[path, target]]).data(["check"])).not.toHaveProperty("passedOver");
  });

  it("is told for the whole workspace, and again when nothing changed", async () => {
    const world = worldWith([["docs/out", "/elsewhere"]]);
    expect((await world.call(["check", "BRD-001"])).stdout).not.toContain("passed over");
    const first = await world.call(["check"]);
    expect(first.stdout).toContain("1 path was passed over:\n  docs/out: a link out of the workspace\n");
    expect(await world.call(["check"])).toEqual(first);
  });

  it("names source that cannot be read or is too large, whose tags would count", async () => {
    const world = createSessionWorld({ ...files, "src/big.py": `#${"x".repeat(4 * 1024 * 1024)}\n` });
    world.host.files.put(`${root}/src/a.py`, "x = 1\n", 0o000);
    expect((await world.data(["check"]))["passedOver"]).toEqual([
      { path: "src/a.py", reason: "unreadable" },
      { path: "src/big.py", reason: "too-large" },
    ]);
  });

  it("is the reason where nothing else is there", async () => {
    const world = createSessionWorld({ "iplan.config.yaml": "docs: elsewhere\n" });
    world.host.files.put("/elsewhere/BRD-007_foreign.md", brd);
    world.host.files.link(`${root}/elsewhere`, "/elsewhere");
    const { code, stderr } = await world.call(["check"]);
    expect(code).toBe(3);
    expect(stderr).toContain("Links are not followed: elsewhere: a link out of the workspace.");
    expect((await world.call(["trace", "BRD-007"])).stderr).toContain(
      "No document at all was found below /ws/elsewhere;",
    );
  });

  it("names a few and counts the others", () => {
    const passed = Array.from({ length: 7 }, (_, index) => ({ path: `docs/${index}`, reason: "nowhere" as const }));
    const lines = renderPassedOver(passed).split("\n");
    expect(lines).toHaveLength(8);
    expect(lines.at(-2)).toBe("  and 2 more: iplan check --json");
    expect(renderPassedOver([])).toBe("");
  });
});

describe("check --fix --dry-run", () => {
  it("reads the documents no more often than check does, when there is nothing to heal", async () => {
    const counts = await Promise.all(
      [["check"], ["check", "--fix", "--dry-run"]].map(async (words) => {
        const world = createSessionWorld(files);
        const read = vi.spyOn(world.host.files, "readText");
        await world.call(words);
        return read.mock.calls.filter(([path]) => path.endsWith("BRD-001_needs.md")).length;
      }),
    );
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[1]).toBe(counts[0]);
  });
});
