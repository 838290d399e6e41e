import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exitOrder } from "#model/errors";
import { verdictOrder } from "#model/run";
import { commandTable } from "#session/commands";
import { exitCodesOf, exitMeanings } from "#session/exit-codes";
import { referencePages } from "../../tools/reference.ts";
import { repository } from "../support/page-reader.ts";

const read = (path: string): string => readFileSync(join(repository, path), "utf8");

describe("generated pages", () => {
  it.each(referencePages())("$path is up to date (npm run docs)", ({ path, text }) => {
    expect(read(path)).toBe(text);
  });
});

describe("exit codes", () => {
  it("are told for every command and `iplan` alone", () => {
    const names = ["", ...commandTable.map((command) => command.name)];
    expect(Object.keys(exitCodesOf).toSorted()).toEqual(names.toSorted());
  });

  it("stand in the order in which the first that holds is given", () => {
    expect(exitMeanings.map(([code]) => code)).toEqual(exitOrder);
  });
});

describe("lists on pages are whole", () => {
  it("types of events in docs/reference/files.md", () => {
    const types = [...read("src/model/run.ts").matchAll(/readonly type: "([\w-]+)"/g)].map((match) => match[1] ?? "");
    const page = read("docs/reference/files.md");
    expect(types.length).toBeGreaterThan(10);
    expect(types.filter((type) => !page.includes(`\`${type}\``))).toEqual([]);
  });

  it.each(["README.md", "docs/guide/verdicts.md"])("verdicts in %s", (path) => {
    const page = read(path);
    const missing = verdictOrder.filter((verdict) => !new RegExp(`\\b${verdict}\\b`).test(page));
    expect(missing).toEqual([]);
  });

  it("keys of annotations in README.md and the guide", async () => {
    const { readAnnotations } = await import("#plan/annotation");
    const place = { line: 1, column: 1, offset: 0 };
    const range = { start: place, end: place };
    const key = "no-such-key";
    const { problems } = readAnnotations([{ range, entries: [{ key, range }] }]);
    const known = problems[0]?.message.replace(/^.*known are /, "").split(", ") ?? [];
    expect(known.length).toBeGreaterThan(10);
    for (const path of ["README.md", "docs/guide/writing-a-plan.md"]) {
      const page = read(path);
      expect(known.filter((name) => !new RegExp(`\`${name}(?:=[^\`]*)?\``).test(page))).toEqual([]);
    }
  });

  it("design decisions in docs/design/README.md, numbered without a gap", () => {
    const names = readdirSync(join(repository, "docs/design"))
      .filter((name) => /^\d{4}-/.test(name))
      .toSorted();
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1));
    const index = read("docs/design/README.md");
    for (const name of names) {
      const title = /^# \d+\. (.+)$/m.exec(read(`docs/design/${name}`))?.[1];
      expect(index).toContain(`| ${Number(name.slice(0, 4))} | [${title}](${name}) |`);
    }
  });
});
