import { describe, expect, it } from "vitest";
import { createMemoryHost } from "#host/memory";
import { archiveRoot } from "#session/bundle/archive-files";
import { archiveHost } from "#session/bundle/archive-host";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const event = { v: 1, type: "note", run: "a", seq: 1, hash: "sealed" };
const world = archiveHost(createMemoryHost(), {
  files: new Map([
    ["docs/a.md", bytesOf("# A")],
    ["docs/deep/b.md", bytesOf("# B")],
    [".iplan/runs/a.ndjson", bytesOf(`${JSON.stringify(event)}\nnot JSON\n[]\n`)],
  ]),
  declared: { "src/x.ts": "sha256:abc" },
});
const { files } = world;

describe("the world in which a bundle is read", () => {
  it("has its files, and of declared files the digests", () => {
    const path = `${archiveRoot}/docs/a.md`;
    expect(new TextDecoder().decode(files.read(path))).toBe("# A");
    expect(files.readBinary(path, 2, 1)).toBe("A");
    expect(files.readBinary(`${archiveRoot}/none`, 0, 1)).toBeUndefined();
    expect(files.readText(path)).toBeUndefined();
    expect(new TextDecoder().decode(files.readSlice(path, 0, 1))).toBe("#");
    expect(files.digest(path)).toMatch(/^sha256:[0-9a-f]{64}$/u);
    expect(files.digest(`${archiveRoot}/src/x.ts`)).toBe("sha256:abc");
    expect(files.digest(`${archiveRoot}/src/y.ts`)).toBeUndefined();
    expect(files.list(`${archiveRoot}/docs`)).toEqual([
      { name: "a.md", kind: "file" },
      { name: "deep", kind: "directory" },
    ]);
    expect(files.list(`${archiveRoot}/none`)).toEqual([]);
  });

  it.each([
    [archiveRoot, "directory"],
    [`${archiveRoot}/docs/deep`, "directory"],
    [`${archiveRoot}/docs/a.md`, "file"],
    [`${archiveRoot}/src/x.ts`, "file"],
    [`${archiveRoot}/src/y.ts`, undefined],
    ["/", "directory"],
    ["/etc/passwd", undefined],
  ])("%s is %s", (path, kind) => {
    expect(files.stat(path)?.kind).toBe(kind);
    expect(files.realPath(path)).toBe(kind === undefined ? undefined : path);
    expect(files.allows(path, "read")).toBe(kind !== undefined);
    expect(files.allows(path, "write")).toBe(false);
  });

  it("lets nothing be written, made or removed", () => {
    const path = `${archiveRoot}/new`;
    for (const act of [
      () => files.writeAtomic(path, new Uint8Array()),
      () => files.createExclusive(path, new Uint8Array()),
      () => files.remove(path),
      () => files.rename(path, path),
      () => files.makeDirectory(path),
      () => files.openAppend(path),
    ])
      expect(act).toThrow("A bundle is only read.");
  });

  it("runs nothing, approves nothing, and knows nothing of git", async () => {
    await expect(world.shell.open({})).rejects.toThrow("Nothing of a bundle is run.");
    expect(world.shell.isAlive({ pid: 1, startTime: "1" })).toBe(false);
    expect(world.shell.self()).toEqual({ pid: 0, startTime: "" });
    const git = world.git(archiveRoot);
    const answers = [git.head(), git.isDirty(), git.tree("x"), git.branch(), git.changes(), git.hasTag("x")];
    expect([...answers, git.isTracked("x"), git.history()]).toEqual(Array.from({ length: 8 }));
    const trust = world.trust(archiveRoot);
    trust.approve("IPLAN-001", "abc", []);
    expect(trust.isApproved("IPLAN-001", "abc")).toBe(false);
    expect(trust.approvedCommands("IPLAN-001").size).toBe(0);
    expect(trust.stateDirectory()).toContain(archiveRoot);
  });

  it("looks seals up in the journals, and makes none", () => {
    const { hash: _hash, ...rest } = event;
    const text = '{"run":"a","seq":1,"type":"note","v":1}';
    expect(JSON.parse(text)).toEqual(rest);
    expect(world.hash.hmacSha256("any", text)).toBe("sealed");
    expect(world.hash.hmacSha256("any", "{}")).toBe("");
    expect(world.hash.sha256("")).toMatch(/^e3b0c442/u);
  });
});
