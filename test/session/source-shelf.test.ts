import { createSourceFromText } from "#model/source";
import { SourceShelf } from "#session/source-shelf";
import { beforeEach, describe, expect, test } from "vitest";

const texts: Readonly<Record<string, string>> = { a: "12345", b: "1234", c: "12", d: "123" };
let read: string[] = [];
let shelf = new SourceShelf(() => undefined);

beforeEach(() => {
  read = [];
  shelf = new SourceShelf((path) => {
    read.push(path);
    const text = texts[path];
    return text === undefined ? undefined : createSourceFromText(path, text);
  }, 10);
});

function ask(...paths: readonly string[]): readonly (string | undefined)[] {
  return paths.map((path) => shelf.source(path)?.text);
}

describe("a shelf of ten bytes", () => {
  test("reads what has room once, in whatever order it is asked for", () => {
    expect(ask("a", "b", "a", "b", "a")).toEqual(["12345", "1234", "12345", "1234", "12345"]);
    expect(read).toEqual(["a", "b"]);
  });
  test("keeps the first ones and reads what is beyond again", () => {
    ask("a", "b", "c", "d", "a", "b", "c", "d");
    expect(read).toEqual(["a", "b", "c", "d", "c", "d"]);
  });
  test("reads what is beyond once as long as nothing else beyond is asked for", () => {
    ask("a", "b", "c", "c", "a", "c");
    expect(read).toEqual(["a", "b", "c"]);
  });
  test("asks again for what is not there", () => {
    expect(ask("none", "none")).toEqual([undefined, undefined]);
    expect(read).toEqual(["none", "none"]);
  });
  test("reads again what was forgotten, and has its room for another", () => {
    ask("a", "b");
    shelf.forget("a");
    ask("c", "d", "c", "d");
    expect(read).toEqual(["a", "b", "c", "d"]);
    ask("a");
    expect(read.at(-1)).toBe("a");
  });
  test("reads again the one beyond when it was forgotten", () => {
    ask("a", "b", "c");
    shelf.forget("c");
    ask("c");
    expect(read).toEqual(["a", "b", "c", "c"]);
  });
  test("is empty after all was forgotten", () => {
    ask("a", "b", "c");
    shelf.forget();
    ask("c", "d", "b");
    expect(read).toEqual(["a", "b", "c", "c", "d", "b"]);
    ask("c", "d", "b");
    expect(read).toHaveLength(6);
  });
});
