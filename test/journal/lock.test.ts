import { beforeEach, describe, expect, it } from "vitest";
import { type MemoryHost, createMemoryHost } from "#host/memory";
import { lockHolder, takeLock } from "#journal/lock";

const folder = "/ws/.iplan/locks";
const request = { folder, name: "worktree", purpose: "iplan run IPLAN-001", key: "ab".repeat(32) };

let host: MemoryHost;
let self: { pid: number; startTime: string };

beforeEach(() => {
  host = createMemoryHost();
  self = { pid: 10, startTime: "100" };
  host.shell.alive.add(10);
});

const ports = (): Parameters<typeof takeLock>[1] => ({
  files: host.files,
  hash: host.hash,
  shell: { isAlive: (process) => host.shell.isAlive(process), self: () => self },
});

describe("a lock", () => {
  it("is held by one process and names it to the second", () => {
    takeLock(request, ports());
    self = { pid: 11, startTime: "110" };
    expect(() => takeLock(request, ports())).toThrow(
      expect.objectContaining({ code: "journal/locked", exitCode: 6, cure: expect.stringContaining("kill -INT 10") }),
    );
    expect(lockHolder(request, ports())).toMatchObject({ pid: 10 });
  });

  it("is free again once it was released", () => {
    takeLock(request, ports()).release();
    expect(lockHolder(request, ports())).toBeUndefined();
    expect(host.files.paths()).toEqual([]);
    takeLock(request, ports());
  });

  it("is taken over from a process that is gone", () => {
    const old = takeLock(request, ports());
    host.shell.alive.delete(10);
    self = { pid: 11, startTime: "110" };
    host.shell.alive.add(11);
    takeLock(request, ports());
    old.release();
    expect(lockHolder(request, ports())).toMatchObject({ pid: 11 });
  });

  it("does not count when it carries no key of this workspace", () => {
    host.files.put(`${folder}/worktree.lock`, '{"pid":10,"startTime":"100","purpose":"evil","hash":"00"}');
    expect(lockHolder(request, ports())).toBeUndefined();
    takeLock(request, ports());
    host.files.put(`${folder}/worktree.lock`, "half a li");
    self = { pid: 12, startTime: "1" };
    takeLock(request, ports());
  });

  it("that was let go while somebody looked is not taken from whoever has it by then", () => {
    const first = takeLock(request, ports());
    self = { pid: 11, startTime: "110" };
    host.shell.alive.add(11);
    const read = (path: string): Uint8Array | undefined => {
      const bytes = host.files.read(path);
      if (!path.endsWith(".lock")) return bytes;
      first.release();
      const late = host.files.read(path);
      self = { pid: 12, startTime: "120" };
      host.shell.alive.add(12);
      takeLock(request, ports());
      self = { pid: 11, startTime: "110" };
      return late;
    };
    const { files: real } = host;
    const files = {
      ...ports().files,
      createExclusive: real.createExclusive.bind(real),
      remove: real.remove.bind(real),
      read,
    };
    expect(() => takeLock(request, { ...ports(), files })).toThrow(expect.objectContaining({ code: "journal/locked" }));
    expect(lockHolder(request, ports())).toMatchObject({ pid: 12 });
  });

  it("is not taken over while another process takes it over", () => {
    takeLock(request, ports());
    host.shell.alive.delete(10);
    const other = { pid: 13, startTime: "130" };
    host.shell.alive.add(13);
    self = other;
    takeLock({ ...request, name: "guard" }, ports());
    host.files.put(`${folder}/worktree.lock.takeover`, host.files.text(`${folder}/guard.lock`) ?? "");
    self = { pid: 14, startTime: "140" };
    expect(() => takeLock(request, ports())).toThrow(expect.objectContaining({ code: "journal/locked" }));
  });

  it("whose takeover was cut off by a crash is taken over, and the guard goes", () => {
    takeLock(request, ports());
    host.files.put(`${folder}/worktree.lock.takeover`, host.files.text(`${folder}/worktree.lock`) ?? "");
    host.shell.alive.delete(10);
    self = { pid: 14, startTime: "140" };
    host.shell.alive.add(14);
    takeLock(request, ports());
    expect(lockHolder(request, ports())).toMatchObject({ pid: 14 });
    expect(host.files.paths()).toEqual([`${folder}/worktree.lock`]);
  });

  it("whose takeover was cut off by a crash goes to one of two who come at once", () => {
    takeLock(request, ports());
    host.files.put(`${folder}/worktree.lock.takeover`, host.files.text(`${folder}/worktree.lock`) ?? "");
    host.shell.alive.delete(10);
    for (const pid of [14, 15]) host.shell.alive.add(pid);
    self = { pid: 14, startTime: "140" };
    let isSecond = false;
    const { files: real } = host;
    const files = {
      ...ports().files,
      createExclusive: real.createExclusive.bind(real),
      read: real.read.bind(real),
      // Why: the second comes between the first one's look at the dead lock and its removal.
      remove: (path: string): void => {
        if (path.endsWith(".lock") && !isSecond) {
          isSecond = true;
          self = { pid: 15, startTime: "150" };
          expect(() => takeLock(request, ports())).toThrow(expect.objectContaining({ code: "journal/locked" }));
          self = { pid: 14, startTime: "140" };
        }
        real.remove(path);
      },
    };
    takeLock(request, { ...ports(), files });
    expect(isSecond).toBe(true);
    expect(lockHolder(request, ports())).toMatchObject({ pid: 14 });
  });
});
