import { IplanError } from "#model/errors";
import type { ShellRequest } from "#model/ports";
import { MemoryCrash, createMemoryHost } from "#host/memory";
import { describe, expect, test } from "vitest";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const request = (extra: Partial<ShellRequest> = {}): ShellRequest => ({
  text: "true",
  spool: "/spool/1",
  directory: "/w",
  secrets: [],
  timeoutMs: 1000,
  ...extra,
});

describe("files in memory", () => {
  test("are read, listed and told apart", () => {
    const { files } = createMemoryHost({ files: { "/w/a.md": "a", "/w/b/c.md": "c" } });
    expect(files.text("/w/a.md")).toBe("a");
    expect(files.read("/w/none")).toBeUndefined();
    expect(files.text("/w/none")).toBeUndefined();
    expect(files.stat("/w/none")).toBeUndefined();
    expect(files.digest("/w/none")).toBeUndefined();
    expect(files.realPath("/w/none")).toBeUndefined();
    expect(files.stat("/w/a.md")).toMatchObject({ kind: "file", size: 1 });
    expect(files.stat("/w/b")).toMatchObject({ kind: "directory" });
    expect(files.list("/w")).toEqual([
      { name: "a.md", kind: "file" },
      { name: "b", kind: "directory" },
    ]);
    expect(files.list("/")).toEqual([{ name: "w", kind: "directory" }]);
    expect(files.list("/none")).toEqual([]);
    expect(files.paths()).toEqual(["/w/a.md", "/w/b/c.md"]);
    expect(files.readSlice("/w/a.md", 0, 9)).toEqual(bytes("a"));
    expect(files.digest("/w/a.md")).toBe("sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
  });

  test("follow links when read and not when asked for facts", () => {
    const { files } = createMemoryHost({ files: { "/w/real/a.md": "a" } });
    files.link("/w/alias", "real");
    files.link("/w/loop", "loop");
    expect(files.text("/w/alias/a.md")).toBe("a");
    expect(files.stat("/w/alias")?.kind).toBe("link");
    expect(files.stat("/w/alias/a.md")?.kind).toBe("file");
    expect(files.realPath("/w/alias/a.md")).toBe("/w/real/a.md");
    expect(files.mode("/w/alias")).toBe(0o755);
    expect(() => files.read("/w/loop")).toThrow(IplanError);
  });

  test("refuse to be what they are not", () => {
    const { files } = createMemoryHost({ files: { "/w/a.md": "a" } });
    expect(() => files.read("/w")).toThrow(expect.objectContaining({ code: "host/unreadable" }));
    expect(() => files.list("/w/a.md")).toThrow(expect.objectContaining({ code: "host/unreadable" }));
    for (const attempt of [
      () => files.writeAtomic("/w", bytes("x")),
      () => files.writeAtomic("/w/a.md/x", bytes("x")),
      () => files.makeDirectory("/w/a.md"),
      () => files.openAppend("/w"),
    ]) {
      expect(attempt).toThrow(expect.objectContaining({ code: "host/not-writable" }));
    }
  });

  test("are replaced whole, keep their mode, and are created once", () => {
    const { files } = createMemoryHost();
    files.put("/w/a", "old", 0o600);
    files.writeAtomic("/w/a", bytes("new"), 0o644);
    files.writeAtomic("/w/b", [bytes("b"), bytes("")]);
    expect([files.text("/w/a"), files.mode("/w/a"), files.mode("/w/b")]).toEqual(["new", 0o600, 0o644]);
    expect(files.createExclusive("/w/lock", bytes("1"))).toBe(true);
    expect(files.createExclusive("/w/lock", bytes("2"))).toBe(false);
    files.makeDirectory("/w/d/e", 0o700);
    files.makeDirectory("/w/d/e");
    expect(files.mode("/w/d/e")).toBe(0o700);
    files.remove("/w/d");
    files.remove("/w/lock");
    expect(files.stat("/w/d/e")).toBeUndefined();
    files.remove("/w/none");
    files.rename("/w/b", "/w/sub/c");
    expect(files.text("/w/sub/c")).toBe("b");
    files.rename("/w/sub/c", "/w/b");
    expect(() => files.rename("/w/none", "/w/b")).toThrow(IplanError);
    expect(files.paths()).toEqual(["/w/a", "/w/b"]);
  });

  test.each([1, 2, 3])("step %i of an atomic write may fail and leaves the old text", (nth) => {
    for (const how of ["error", "crash"] as const) {
      const { files } = createMemoryHost({ files: { "/w/a": "old" } });
      files.failAt(nth, how);
      const kind = how === "crash" ? MemoryCrash : IplanError;
      expect(() => files.writeAtomic("/w/a", bytes("new"))).toThrow(kind);
      expect(files.text("/w/a")).toBe("old");
      expect(files.paths().length).toBe(how === "crash" && nth > 1 ? 2 : 1);
      files.writeAtomic("/w/a", bytes("new"));
      expect(files.text("/w/a")).toBe("new");
    }
  });

  test("any error of a hook is a failed write", () => {
    const { files } = createMemoryHost();
    files.onOperation = () => {
      throw "odd";
    };
    expect(() => files.createExclusive("/a", bytes(""))).toThrow("odd");
  });

  test("lose what was not synced when the power goes", () => {
    const { files } = createMemoryHost();
    const log = files.openAppend("/log", 0o600);
    log.append(bytes("one\n"));
    log.sync();
    log.append(bytes("two\n"));
    log.close();
    expect(files.text("/log")).toBe("one\ntwo\n");
    files.losePower(2);
    expect(files.text("/log")).toBe("one\ntw");
    expect(files.openAppend("/log")).toBeDefined();
    expect(files.operations).toBe(3);
  });
});

describe("the shell in memory", () => {
  test("does what the script says and remembers what it was asked", async () => {
    const host = createMemoryHost({
      script: ({ text }) => ({ exit: { status: text === "false" ? 1 : 0 }, output: "hi\n" }),
    });
    const session = await host.shell.open();
    const seen: string[] = [];
    const result = await session.run(
      request({
        text: "false",
        onStart: ({ pid }) => void seen.push(`pid ${pid}`),
        onOutput: (text) => seen.push(text),
      }),
    );
    expect(result).toMatchObject({ exit: { status: 1 }, outputBytes: 3, state: "/spool/1/state", leftovers: [] });
    expect(host.files.text(result.output)).toBe("hi\n");
    expect(seen).toEqual(["pid 1001", "hi\n"]);
    expect(host.shell.requests.map((each) => each.text)).toEqual(["false"]);
    await session.close();
  });

  test("keeps the state before when none could be captured, and drops that of a verification", async () => {
    const host = createMemoryHost({ script: () => ({ state: null, statuses: [0, 3] }) });
    const session = await host.shell.open();
    const lost = await session.run(request({ state: "/old" }));
    expect(lost.state).toBe("/old");
    expect(lost.stateNote).toContain("replaced");
    const statements = [
      { start: 0, end: 1 },
      { start: 2, end: 3 },
    ];
    const verified = await session.run(request({ statements }));
    expect(verified.exit).toEqual({ status: 3 });
    expect(verified.statements?.map((each) => each.status)).toEqual([0, 3]);
    expect(verified.state).toBeUndefined();
  });

  test("leaves a process behind when its owner dies, to be adopted or ended", async () => {
    const host = createMemoryHost({
      script: () => {
        throw new MemoryCrash();
      },
    });
    const session = await host.shell.open();
    await expect(session.run(request())).rejects.toThrow(MemoryCrash);
    const process = { pid: 1001, startTime: "1001" };
    expect(host.shell.isAlive(process)).toBe(true);
    expect(await session.adopt(process, request())).toBeUndefined();
    host.shell.adopting = () => ({ output: "late" });
    expect((await session.adopt(process, request()))?.outputBytes).toBe(4);
    expect(host.shell.isAlive(process)).toBe(false);
    await session.terminate([{ pid: 7, startTime: "7" }]);
    expect(await session.adopt(undefined, request())).toBeDefined();
    expect(host.shell.terminated).toEqual([7]);
    expect(host.shell.self().pid).toBe(1);
  });
});

describe("the rest of the world in memory", () => {
  test("counts ids and time instead of drawing them", async () => {
    const host = createMemoryHost({ now: 5 });
    expect(host.ids.next()).toBe("00000000000000000000000001");
    expect(host.ids.next() < host.ids.next()).toBe(true);
    await host.timer.sleep(10);
    const aborted = AbortSignal.abort();
    await host.timer.sleep(10, aborted);
    expect([host.clock.now(), host.clock.monotonic()]).toEqual([15, 15]);
    expect(host.clock.zone(0)).toEqual({ offsetMinutes: 0, name: "UTC" });
  });

  test("hashes truly", () => {
    const { hash } = createMemoryHost();
    expect(hash.sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(hash.hmacSha256("4a656665", "what do ya want for nothing?")).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  test("remembers approvals per workspace", () => {
    const host = createMemoryHost();
    const trust = host.trust("/w");
    expect(trust.key({ create: false })).toBeUndefined();
    const key = trust.key({ create: true });
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(host.trust("/w").key({ create: false })).toBe(key);
    expect(host.trust("/other").key({ create: true })).not.toBe(key);
    expect([...trust.approvedCommands("P")]).toEqual([]);
    trust.approve("P", "a", ["1"]);
    trust.approve("P", "b", ["2"]);
    expect([trust.isApproved("P", "a"), trust.isApproved("P", "b")]).toEqual([false, true]);
    expect([...trust.approvedCommands("P")]).toEqual(["1", "2"]);
    expect(trust.stateDirectory()).toMatch(/^\/state\//);
  });

  test("answers for machine, git, log and parser what it was told", async () => {
    const parser = { parse: () => ({ start: 0, end: 0, statements: [], comments: [], errors: [] }) };
    const host = createMemoryHost({
      programs: { node: "v20" },
      openPorts: [80],
      head: "abc",
      shellParser: parser as never,
    });
    expect(host.machine.which("node")).toBe("/usr/bin/node");
    expect(host.machine.which("toString")).toBeUndefined();
    expect(await host.machine.version("/usr/bin/node", [])).toBe("v20");
    expect(await host.machine.isPortOpen(80, 1)).toBe(true);
    expect(await createMemoryHost().machine.isPortOpen(80, 1)).toBe(false);
    expect(host.git("/w").head()).toBe("abc");
    host.repository.dirty = true;
    expect(host.git("/w").isDirty()).toBe(true);
    host.log.warn("careful");
    expect(host.warnings).toEqual(["careful"]);
    expect(await host.shellParser()).toBe(parser);
    await expect(createMemoryHost().shellParser()).rejects.toThrow("without a shell parser");
  });
});
