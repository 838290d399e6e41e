import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { writeDurably, writePrivate } from "#host/shell/spool";

const short = vi.hoisted(() => ({ most: Number.POSITIVE_INFINITY }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  /** A disk on which one call takes a few bytes at most. */
  const writeSync = (file: number, bytes: Uint8Array, from = 0, length = bytes.length - from): number =>
    fs.writeSync(file, bytes, from, Math.min(length, short.most));
  return { ...fs, writeSync };
});

let root = "";

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "iplan-spool-")));
  short.most = 3;
});

afterEach(() => {
  short.most = Number.POSITIVE_INFINITY;
  rmSync(root, { recursive: true, force: true });
});

describe("private files of a block", () => {
  test("are whole although the system takes a few bytes at a time", () => {
    writePrivate(join(root, "a"), "größer als drei");
    writeDurably(join(root, "b"), "0123456789");
    expect(readFileSync(join(root, "a"), "utf8")).toBe("größer als drei");
    expect(readFileSync(join(root, "b"), "latin1")).toBe("0123456789");
  });

  test.each([
    ["made", writePrivate],
    ["replaced", writeDurably],
  ])("that cannot be %s are told as not writable", (_how, write) => {
    expect(() => write(join(root, "none/a"), "x")).toThrow(expect.objectContaining({ code: "host/not-writable" }));
  });
});
