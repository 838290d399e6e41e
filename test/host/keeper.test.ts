import type * as childProcess from "node:child_process";
import { existsSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createKeeper } from "#host/shell/keeper";
import type * as privateDirectory from "#host/shell/private-directory";

const failing = vi.hoisted(() => ({ owners: false, spawn: false, started: [] as number[] }));

vi.mock("node:child_process", async (original) => {
  const real = await original<typeof childProcess>();
  return {
    ...real,
    spawn: (...args: Parameters<typeof real.spawn>) => {
      if (failing.spawn) throw Object.assign(new Error("no more processes"), { code: "EAGAIN" });
      const child = real.spawn(...args);
      failing.started.push(child.pid ?? 0);
      return child;
    },
  };
});

const directories: string[] = [];

vi.mock("#host/shell/private-directory", async (original) => {
  const real = await original<typeof privateDirectory>();
  return {
    ...real,
    makePrivateDirectory: (environment: Readonly<Record<string, string>>) => {
      const made = real.makePrivateDirectory(environment);
      directories.push(made);
      return made;
    },
    nameOwners: (directory: string, pids: readonly number[]) => {
      if (failing.owners) throw new Error("no space left");
      real.nameOwners(directory, pids);
    },
  };
});

afterEach(() => {
  failing.owners = false;
  failing.spawn = false;
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("a keeper that cannot start", () => {
  test("leaves neither its bash nor its directory when its owners cannot be written down", async () => {
    failing.owners = true;
    await expect(createKeeper("/bin/bash", {})).rejects.toThrow("no space left");
    await vi.waitFor(() => expect(failing.started.filter(isAlive)).toEqual([]));
    expect(directories.filter((path) => existsSync(path))).toEqual([]);
  });

  test("says that bash does not start when the machine has no process left", async () => {
    failing.spawn = true;
    await expect(createKeeper("/bin/bash", {})).rejects.toMatchObject({ code: "host/no-bash" });
    expect(directories.filter((path) => existsSync(path))).toEqual([]);
  });
});
