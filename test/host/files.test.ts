import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFiles } from "#host/files";
import { MemoryFiles } from "#host/memory-files";
import { bytesOf } from "./bytes-of.ts";

const files = createFiles();
let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "iplan files-")));
});
afterEach(() => {
  chmodSync(root, 0o755);
  rmSync(root, { recursive: true, force: true });
});

const at = (name: string) => join(root, name);
const isRoot = process.getuid?.() === 0;

describe("writing in one step", () => {
  test.each([
    "synced",
    "readable",
  ] as const)("until it is %s, makes directories, and leaves no temporary file", (until) => {
    files.writeAtomic(at("a/b/c.md"), bytesOf("one"), 0o640, until);
    expect(readFileSync(at("a/b/c.md"), "utf8")).toBe("one");
    expect(lstatSync(at("a/b/c.md")).mode & 0o777).toBe(0o640 & ~process.umask());
    expect(readdirSync(at("a/b"))).toEqual(["c.md"]);
  });

  test.each(["synced", "readable"] as const)("until it is %s, keeps the mode of a file that is there", (until) => {
    writeFileSync(at("run.sh"), "old");
    chmodSync(at("run.sh"), 0o751);
    files.writeAtomic(at("run.sh"), bytesOf("new"), 0o600, until);
    expect(lstatSync(at("run.sh")).mode & 0o777).toBe(0o751);
    expect(readFileSync(at("run.sh"), "utf8")).toBe("new");
  });

  test("takes pieces, and leaves what was there when one of them cannot be made", () => {
    files.writeAtomic(at("a"), [bytesOf("on"), bytesOf(""), bytesOf("e")]);
    expect(readFileSync(at("a"), "utf8")).toBe("one");
    function* broken(): Generator<Uint8Array> {
      yield bytesOf("two");
      throw new RangeError("no more");
    }
    expect(() => files.writeAtomic(at("a"), broken())).toThrow(RangeError);
    expect(readFileSync(at("a"), "utf8")).toBe("one");
    expect(readdirSync(root)).toEqual(["a"]);
  });

  test("refuses to write through a link", () => {
    writeFileSync(at("target"), "old");
    symlinkSync(at("target"), at("link"));
    expect(() => files.writeAtomic(at("link"), bytesOf("new"))).toThrow(
      expect.objectContaining({ code: "host/outside-workspace" }),
    );
    expect(() => files.openAppend(at("link"))).toThrow(expect.objectContaining({ code: "host/outside-workspace" }));
    expect(readFileSync(at("target"), "utf8")).toBe("old");
    expect(readdirSync(root).sort()).toEqual(["link", "target"]);
  });

  test("over a directory is refused with a cure, and leaves nothing", () => {
    mkdirSync(at("dir/inner"), { recursive: true });
    expect(() => files.writeAtomic(at("dir"), bytesOf("x"))).toThrow(
      expect.objectContaining({ code: "host/not-writable" }),
    );
    expect(readdirSync(root)).toEqual(["dir"]);
  });

  test.skipIf(isRoot)("where it is not allowed says so", () => {
    chmodSync(root, 0o555);
    expect(() => files.writeAtomic(at("x"), bytesOf("x"))).toThrow(
      expect.objectContaining({ code: "host/not-writable", cure: /permission/ }),
    );
  });
});

describe("creating exclusively", () => {
  test("succeeds once, with the whole content", () => {
    expect(files.createExclusive(at("lock"), bytesOf("first"), 0o600)).toBe(true);
    expect(files.createExclusive(at("lock"), bytesOf("second"))).toBe(false);
    expect(readFileSync(at("lock"), "utf8")).toBe("first");
    expect(readdirSync(root)).toEqual(["lock"]);
  });
});

describe("reading", () => {
  test("what is missing gives undefined or nothing", () => {
    writeFileSync(at("file"), "x");
    for (const path of [at("none"), at("none/deeper"), at("file/deeper")]) {
      expect(files.read(path)).toBeUndefined();
      expect(files.stat(path)).toBeUndefined();
      expect(files.list(path)).toEqual([]);
      expect(files.realPath(path)).toBeUndefined();
      expect(files.readSlice(path, 0, 1)).toBeUndefined();
      expect(files.digest(path)).toBeUndefined();
    }
  });

  test("a directory as a file is an error with a code", () => {
    expect(() => files.read(root)).toThrow(expect.objectContaining({ code: "host/unreadable" }));
    expect(() => files.digest(root)).toThrow(expect.objectContaining({ code: "host/unreadable" }));
  });

  test("tells kinds and does not follow links", () => {
    writeFileSync(at("file"), "abc");
    mkdirSync(at("dir"));
    symlinkSync("file", at("link"));
    const kinds = Object.fromEntries(files.list(root).map(({ name, kind }) => [name, kind]));
    expect(kinds).toEqual({ file: "file", dir: "directory", link: "link" });
    expect(files.stat(at("link"))?.kind).toBe("link");
    expect(files.stat(at("file"))).toMatchObject({ kind: "file", size: 3 });
    expect(files.realPath(at("link"))).toBe(at("file"));
    expect(files.stat("/dev/null")?.kind).toBe("other");
  });

  test.for<[number, number, string]>([
    [0, 3, "012"],
    [8, 5, "89"],
    [10, 5, ""],
    [50, 5, ""],
  ])("a stretch from %i of %i bytes", ([offset, length, expected]) => {
    writeFileSync(at("digits"), "0123456789");
    expect(Buffer.from(files.readSlice(at("digits"), offset, length) ?? []).toString()).toBe(expected);
  });

  test("a digest is that of the content, however large", () => {
    writeFileSync(at("empty"), "");
    expect(files.digest(at("empty"))).toBe("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    writeFileSync(at("large"), Buffer.alloc(3_000_001, 97));
    expect(files.digest(at("large"))).toBe("sha256:71b1401c2645810a611615bae0fce7b308f0ed904a54af8ec8be0fe435581611");
  });
});

describe("appending", () => {
  test("adds at the end, also to a file that is there", async () => {
    const first = files.openAppend(at("deep/journal"), 0o600);
    first.append(bytesOf("one\n"));
    first.sync();
    first.close();
    const second = files.openAppend(at("deep/journal"));
    second.append(bytesOf("two\n"));
    await second.synced();
    second.close();
    expect(readFileSync(at("deep/journal"), "utf8")).toBe("one\ntwo\n");
    expect(lstatSync(at("deep/journal")).mode & 0o777).toBe(0o600);
  });
});

test("bytes go out and come back as text of one character each", () => {
  const file = files.openAppend(at("bytes"));
  file.appendBinary("a\u0000\u00ff\n");
  file.appendBinary("");
  file.close();
  expect([...readFileSync(at("bytes"))]).toEqual([0x61, 0, 0xff, 0x0a]);
  expect(files.readBinary(at("bytes"), 1, 2)).toBe("\u0000\u00ff");
  expect(files.readBinary(at("bytes"), 2, 100)).toBe("\u00ff\n");
  expect(files.readBinary(at("none"), 0, 1)).toBeUndefined();
});

describe("moving and removing", () => {
  test("a rename replaces", () => {
    writeFileSync(at("a"), "a");
    writeFileSync(at("b"), "b");
    files.rename(at("a"), at("b"));
    expect(readdirSync(root)).toEqual(["b"]);
    expect(readFileSync(at("b"), "utf8")).toBe("a");
    expect(() => files.rename(at("none"), at("b"))).toThrow(expect.objectContaining({ code: "host/not-writable" }));
  });

  test("what is missing is removed without an error, a directory with its content", () => {
    files.makeDirectory(at("x/y"), 0o700);
    writeFileSync(at("x/y/z"), "");
    files.remove(at("x"));
    files.remove(at("x"));
    expect(readdirSync(root)).toEqual([]);
  });

  test("a link is removed, not its target", () => {
    mkdirSync(at("target"));
    symlinkSync(at("target"), at("link"));
    files.remove(at("link"));
    expect(readdirSync(root)).toEqual(["target"]);
  });
});

describe("text", () => {
  test.each([
    ["plain text", "a\r\nb", { text: "a\r\nb", size: 4 }],
    ["a byte order mark", "\uFEFFä", { text: "\uFEFFä", size: 5 }],
    ["an empty file", "", { text: "", size: 0 }],
    [
      "more than the usual buffer holds",
      "0123456789abcdef".repeat(20_000),
      { text: "0123456789abcdef".repeat(20_000), size: 320_000 },
    ],
    ["as much as the usual buffer holds", "a".repeat(262_144), { text: "a".repeat(262_144), size: 262_144 }],
    ["bytes that are no text", Uint8Array.of(0x61, 0xff), undefined],
    ["the character that stands for such bytes", "a\uFFFD", undefined],
  ] as const)("of %s", (_name, content, expected) => {
    writeFileSync(at("text"), content);
    expect(files.readText(at("text"))).toEqual(expected);
    const memory = new MemoryFiles(() => 0);
    memory.writeAtomic("/text", typeof content === "string" ? new TextEncoder().encode(content) : content);
    expect(memory.readText("/text")).toEqual(expected);
  });
  test("of one file holds nothing of the one before", () => {
    writeFileSync(at("long"), "a long text");
    writeFileSync(at("short"), "ü");
    expect(files.readText(at("long"))?.text).toBe("a long text");
    expect(files.readText(at("short"))).toEqual({ text: "ü", size: 2 });
  });
  test.each([
    ["as large as was allowed", 5, { text: "12345", size: 5 }],
    ["larger than was allowed", 4, undefined],
  ] as const)("of a file %s", (_name, most, expected) => {
    writeFileSync(at("text"), "12345");
    symlinkSync(at("text"), at("to-text"));
    const memory = new MemoryFiles(() => 0);
    memory.writeAtomic("/text", new TextEncoder().encode("12345"));
    expect(files.readText(at("text"), most)).toEqual(expected);
    expect(files.readText(at("to-text"), most)).toEqual(expected);
    expect(memory.readText("/text", most)).toEqual(expected);
  });
  test.runIf(process.platform === "linux")("of a file that does not know its size is whole", () => {
    const known = readFileSync("/proc/filesystems", "utf8");
    expect(files.readText("/proc/filesystems")).toEqual({ text: known, size: known.length });
    expect(files.readText("/proc/filesystems", 4)).toBeUndefined();
  });
  test("of a missing file is none", () => {
    expect(files.readText(at("none"))).toBeUndefined();
  });
});
