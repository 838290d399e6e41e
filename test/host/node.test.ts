import { execFileSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, integer, property } from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createClock, createTimer } from "#host/clock";
import { createFiles } from "#host/files";
import { createGit } from "#host/git";
import { createHash256 } from "#host/hash";
import { createIds } from "#host/ids";
import { createMachine } from "#host/machine";
import { createNodeHost } from "#host/node";
import { createTrust, stateHome } from "#host/trust";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "iplan node-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("ids", () => {
  test("are 26 characters, unique, and sorted by time whatever the clock does", () => {
    assert(
      property(array(integer({ min: 0, max: 2 ** 47 }), { minLength: 2, maxLength: 30 }), (times) => {
        let turn = 0;
        const ids = createIds({ now: () => times[turn++] ?? 0 });
        const made = times.map(() => ids.next());
        expect(made).toEqual([...new Set(made)].sort());
        for (const id of made) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
      }),
    );
  });

  test("carry the time", () => {
    expect(
      createIds({ now: () => 1_469_918_176_385 })
        .next()
        .slice(0, 10),
    ).toBe("01ARYZ6S41");
  });
});

describe("digests", () => {
  const hash = createHash256();
  test("are those of the standards", () => {
    expect(hash.sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(hash.sha256(new Uint8Array([97, 98, 99]))).toBe(hash.sha256("abc"));
    // Test case 2 of RFC 4231.
    const key = Buffer.from("Jefe").toString("hex");
    expect(hash.hmacSha256(key, "what do ya want for nothing?")).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });
});

describe("the clock", () => {
  test("knows the local zone of a time", () => {
    const clock = createClock();
    const before = process.env["TZ"];
    try {
      process.env["TZ"] = "America/New_York";
      expect(clock.zone(Date.UTC(2025, 0, 1))).toEqual({ offsetMinutes: -300, name: "EST" });
      expect(clock.zone(Date.UTC(2025, 6, 1))).toEqual({ offsetMinutes: -240, name: "EDT" });
      process.env["TZ"] = "UTC";
      expect(clock.zone(0)).toEqual({ offsetMinutes: 0, name: "UTC" });
    } finally {
      if (before === undefined) delete process.env["TZ"];
      else process.env["TZ"] = before;
    }
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
    expect(clock.monotonic()).toBeLessThanOrEqual(clock.monotonic());
  });

  test("a sleep ends at its time, or when it is aborted", async () => {
    const timer = createTimer();
    await timer.sleep(30);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    await timer.sleep(60_000, stop.signal);
    await timer.sleep(60_000, stop.signal);
  });
});

describe("git", () => {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
      cwd: root,
      encoding: "utf8",
    });

  test("knows nothing outside a repository, or where there is no directory", () => {
    const facts = createGit(join(root, "none"));
    expect([facts.head(), facts.isDirty(), createGit("/proc").head(), createGit("/proc").isDirty()]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("tells the commit and whether tracked files changed", () => {
    git("init", "-q");
    const facts = createGit(root);
    expect(facts.head()).toBeUndefined();
    writeFileSync(join(root, "a"), "1");
    git("add", "a");
    expect(facts.isDirty()).toBe(true);
    git("commit", "-qm", "one");
    expect(facts.head()).toBe(git("rev-parse", "HEAD").trim());
    expect(facts.isDirty()).toBe(false);
    writeFileSync(join(root, "a"), "2");
    expect(facts.isDirty()).toBe(true);
  });

  test("runs nothing that the repository configures, and does not obey GIT_DIR", () => {
    git("init", "-q");
    writeFileSync(join(root, "a"), "1");
    git("add", "a");
    git("commit", "-qm", "one");
    const trap = join(root, "trap.sh");
    writeFileSync(trap, `#!/bin/sh\ntouch '${join(root, "ran")}'\n`);
    chmodSync(trap, 0o755);
    for (const hook of ["post-index-change", "fsmonitor-watchman"])
      writeFileSync(join(root, ".git/hooks", hook), readFileSync(trap), { mode: 0o755 });
    git("config", "core.fsmonitor", trap);
    git("config", "diff.external", trap);
    writeFileSync(join(root, "a"), "2");
    vi.stubEnv("GIT_DIR", "/nowhere");
    const facts = createGit(root);
    expect(facts.isDirty()).toBe(true);
    expect([facts.changes(), facts.isTracked("a"), facts.hasTag("x")]).toEqual([["a", "trap.sh"], true, false]);
    expect(facts.branch()).not.toBe("");
    expect(facts.head()).toMatch(/^[0-9a-f]{40}$/);
    vi.unstubAllEnvs();
    expect(createFiles().stat(join(root, "ran"))).toBeUndefined();
  });
});

describe("git for claims", () => {
  test("names what changed below the directory that is asked, whatever it is called", () => {
    const inner = join(root, "inner");
    mkdirSync(inner);
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { cwd: root });
    git("init", "-q", "-b", "trunk");
    writeFileSync(join(inner, "a b"), "1");
    writeFileSync(join(root, "outside"), "1");
    git("add", "inner");
    git("commit", "-qm", "one");
    git("tag", "v1.0");
    const facts = createGit(inner);
    expect([facts.changes(), facts.branch(), facts.hasTag("v1.0"), facts.hasTag("v1")]).toEqual([
      [],
      "trunk",
      true,
      false,
    ]);
    writeFileSync(join(inner, "a b"), "2");
    writeFileSync(join(inner, "né"), "1");
    expect(facts.changes()).toEqual(["a b", "né"]);
    expect([facts.isTracked("a b"), facts.isTracked("*"), facts.isTracked("né")]).toEqual([true, false, false]);
    expect(createGit(join(root, "none")).changes()).toBeUndefined();
  });
});

describe("the machine", () => {
  const machine = createMachine();

  test("finds programs on PATH without running them", () => {
    const name = "iplan-test-program";
    writeFileSync(join(root, name), "#!/bin/sh\ntouch ran\n");
    mkdirSync(join(root, "iplan-test-folder"));
    vi.stubEnv("PATH", `relative:${root}:/usr/bin:/bin`);
    expect(machine.which(name)).toBeUndefined();
    chmodSync(join(root, name), 0o755);
    expect(machine.which(name)).toBe(join(root, name));
    expect(machine.which("iplan-test-folder")).toBeUndefined();
    vi.unstubAllEnvs();
    expect(machine.which("iplan-no-such-program")).toBeUndefined();
  });

  test("reads a version from either stream, and nothing from a failure", async () => {
    const say = (text: string) => ["-c", text];
    expect(await machine.version("/bin/sh", say("echo 1.2"))).toBe("1.2\n");
    expect(await machine.version("/bin/sh", say("echo 1.3 >&2"))).toBe("1.3\n");
    expect(await machine.version("/bin/sh", say("echo 1; exit 1"))).toBeUndefined();
    expect(await machine.version("/no/such", [])).toBeUndefined();
  });

  test("tells an open port from a closed one", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await machine.isPortOpen(port, 1000)).toBe(true);
    await new Promise((resolve) => server.close(resolve));
    expect(await machine.isPortOpen(port, 1000)).toBe(false);
  });

  test("asks a server of this machine for a status, and follows it nowhere", async () => {
    const asked: string[] = [];
    const server = createHttpServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      if (request.url === "/silent") return;
      response.writeHead(request.url === "/moved" ? 302 : 200, { location: "/secret" }).end("x");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await machine.answerOf(port, "/ok", 2000)).toBe(200);
    expect(await machine.answerOf(port, "/moved", 2000)).toBe(302);
    expect(await machine.answerOf(port, "/silent", 50)).toBeUndefined();
    expect(asked).toEqual(["GET /ok", "GET /moved", "GET /silent"]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await machine.answerOf(port, "/ok", 2000)).toBeUndefined();
  });

  test("knows its user and name", () => {
    expect(machine.user).not.toBe("");
    expect(machine.host).not.toBe("");
    expect(machine.platform).toBe(process.platform);
    expect(machine.environment).toBe(process.env);
  });
});

describe("trust", () => {
  const files = createFiles();
  const open = (workspace = root) => createTrust(workspace, files, join(root, "home"));

  test("stands where the platform keeps state", () => {
    expect(stateHome({ XDG_STATE_HOME: "/x", HOME: "/h" }, "linux")).toBe("/x/iplan");
    expect(stateHome({ XDG_STATE_HOME: "relative", HOME: "/h" }, "linux")).toBe("/h/.local/state/iplan");
    expect(stateHome({ HOME: "/h" }, "darwin")).toBe("/h/Library/Application Support/iplan");
  });

  test("makes a key once, and only when asked to", () => {
    expect(open().key({ create: false })).toBeUndefined();
    const key = open().key({ create: true });
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(open().key({ create: true })).toBe(key);
    expect(open().key({ create: false })).toBe(key);
  });

  test("is private, and one for each workspace", () => {
    mkdirSync(join(root, "other"));
    const directory = open().stateDirectory();
    expect(open(join(root, "other")).stateDirectory()).not.toBe(directory);
    expect(open(`${root}/other/..`).stateDirectory()).toBe(directory);
    open().key({ create: true });
    open().approve("IPLAN-001", "hash", []);
    for (const path of [directory, join(directory, "..")]) expect(lstatSync(path).mode & 0o777).toBe(0o700);
    for (const name of ["key", "approvals.json"])
      expect(lstatSync(join(directory, "..", name)).mode & 0o777).toBe(0o600);
  });

  test("remembers what was approved, for its plan alone", () => {
    open().approve("IPLAN-001", "set1", ["a", "b"]);
    open().approve("IPLAN-002", "set2", ["c"]);
    expect(open().isApproved("IPLAN-001", "set1")).toBe(true);
    expect(open().isApproved("IPLAN-001", "set2")).toBe(false);
    expect(open().isApproved("__proto__", "set1")).toBe(false);
    expect([...open().approvedCommands("IPLAN-001")]).toEqual(["a", "b"]);
    open().approve("IPLAN-001", "set3", ["d"]);
    expect(open().isApproved("IPLAN-001", "set1")).toBe(false);
    expect([...open().approvedCommands("IPLAN-001")]).toEqual(["a", "b", "d"]);
    expect([...open().approvedCommands("IPLAN-003")]).toEqual([]);
  });

  test.for([
    "",
    "{",
    "[]",
    "null",
    '{"plans":1}',
    '{"plans":{"IPLAN-001":{"sha256":1,"commands":[]}}}',
  ])("approves nothing from a damaged file: %s", (text) => {
    const trust = open();
    writeFileSync(join(trust.stateDirectory(), "..", "approvals.json"), text);
    expect(trust.isApproved("IPLAN-001", "x")).toBe(false);
    expect([...trust.approvedCommands("IPLAN-001")]).toEqual([]);
  });

  test("does not take a damaged key for one", () => {
    const trust = open();
    writeFileSync(join(trust.stateDirectory(), "..", "key"), "short");
    expect(trust.key({ create: false })).toBeUndefined();
    expect(() => trust.key({ create: true })).toThrow(expect.objectContaining({ code: "host/state-unusable" }));
  });
});

test("the host puts it all in one hand", async () => {
  const host = createNodeHost("1.2.3");
  expect(host.version).toBe("1.2.3");
  expect((await host.shellParser()).parse("echo a").statements).toHaveLength(1);
  expect(await host.shellParser()).toBe(await host.shellParser());
  expect(host.ids.next()).toHaveLength(26);
  vi.stubEnv("XDG_STATE_HOME", join(root, "state"));
  expect(
    host
      .trust(root)
      .stateDirectory()
      .startsWith(join(root, "state", "iplan")),
  ).toBe(true);
  vi.unstubAllEnvs();
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  host.log.warn("careful");
  expect(written).toHaveBeenCalledWith("careful\n");
  written.mockRestore();
});
