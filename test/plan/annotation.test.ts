import { describe, expect, test } from "vitest";
import type { Annotation } from "#model/plan";
import { createSourceFromText } from "#model/source";
import { claimTexts, plainSettings, readAnnotations, readDuration } from "#plan/annotation";

const nowhere = createSourceFromText("p.md", "").range(0, 0);

function annotation(entries: Readonly<Record<string, string | undefined>>): Annotation {
  return {
    range: nowhere,
    entries: Object.entries(entries).map(([key, value]) =>
      value === undefined ? { key, range: nowhere } : { key, value, range: nowhere },
    ),
  };
}

function problems(entries: Readonly<Record<string, string | undefined>>): readonly string[] {
  return readAnnotations([annotation(entries)]).problems.map((problem) => problem.message);
}

describe("settings", () => {
  test("nothing said is nothing set", () => expect(readAnnotations([undefined]).settings).toEqual(plainSettings));

  test("every key is read", () => {
    const read = readAnnotations([
      annotation({
        id: "build",
        role: "verification",
        task: "TASK-1.1, TASK-1.2",
        needs: "setup",
        timeout: "5m",
        retry: "2",
        background: undefined,
        ready: "port:8080",
        keep: "true",
        isolated: undefined,
        init: "setup",
        confirm: undefined,
        unsafe: "false",
        claim: "exists dist/x.js",
      }),
    ]);
    expect(read).toEqual({
      role: "verification",
      problems: [],
      settings: {
        id: "build",
        tasks: ["TASK-1.1", "TASK-1.2"],
        needs: ["setup"],
        timeoutMs: 300_000,
        retry: 2,
        background: true,
        ready: "port:8080",
        keep: true,
        isolated: true,
        init: "setup",
        confirm: true,
        unsafe: false,
      },
    });
  });

  test("a block's own annotation stands over its step's, lists add up", () => {
    const read = readAnnotations([
      annotation({ timeout: "1m", needs: "a" }),
      annotation({ timeout: "2m", needs: "b" }),
    ]);
    expect(read.settings).toMatchObject({ timeoutMs: 120_000, needs: ["a", "b"] });
  });
});

describe("what means nothing", () => {
  test.each<[Readonly<Record<string, string | undefined>>, string]>([
    [{ tiemout: "5m" }, "tiemout means nothing here"],
    [{ toString: "x" }, "toString means nothing here"],
    [{ role: "boss" }, "role is one of action, verification"],
    [{ timeout: "soon" }, "timeout wants a duration"],
    [{ timeout: "0s" }, "timeout wants a duration"],
    [{ retry: "many" }, "retry wants a number"],
    [{ keep: "yes" }, "keep takes no value"],
    [{ id: "a b" }, "id wants a short name"],
    [{ id: undefined }, "id wants a short name"],
    [{ task: "" }, "task wants the name"],
    [{ needs: " , " }, "needs wants the name"],
    [{ ready: "soon" }, "ready wants port:8080"],
    [{ init: "" }, "init wants commands of bash on one line"],
    [{ claim: "it works" }, "a claim is one of"],
  ])("%j", (entries, message) => {
    expect(problems(entries)).toEqual([expect.stringContaining(message)]);
  });
});

describe("durations", () => {
  test.each<[string, number | undefined]>([
    ["90", 90_000],
    ["30s", 30_000],
    ["500ms", 500],
    ["5m", 300_000],
    ["5min", 300_000],
    ["1h30m", 5_400_000],
    ["", undefined],
    ["0", undefined],
    ["5 m", undefined],
    ["-1s", undefined],
  ])("%s", (text, milliseconds) => expect(readDuration(text)).toBe(milliseconds));
});

test("claims are listed in order", () => {
  expect(claimTexts(annotation({ claim: "exists a", id: "x" }))).toEqual(["exists a"]);
  expect(claimTexts(undefined)).toEqual([]);
});
