import { type Edit, editSource } from "#model/edit";
import type { Finding } from "#model/finding";
import { createGraph } from "#graph/graph";
import { createSource, createSourceFromText } from "#model/source";
import { createTraceReader } from "#parse/trace";
import { aidoc16 } from "#profile/aidoc-16";
import { allRules } from "#rules/registry";
import type { RuleContext } from "#rules/rule";
import { runRules } from "#rules/run-rules";
import { combinedEdits } from "#session/fixes";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { misplaced } from "../support/covers.ts";
import { propertyRuns } from "../support/property-runs.ts";
import { chainFile, chainFiles as files, paths } from "./chain-files.ts";
import { hash } from "./synthetic.ts";
import { contextsOn, type FileUnderTest, traceOf, tracedContexts } from "./traced.ts";

function check(contexts: readonly RuleContext[]): readonly Finding[] {
  const rules = allRules.filter(({ needs }) => !needs.includes("registry") && !needs.includes("config"));
  return runRules(contexts, { hash, today: "2026-06-01", rules }).findings;
}

/** Every finding says something, lies in its file, covers what it names, and none of the rules broke off. */
function expectSound(findings: readonly Finding[], all: readonly FileUnderTest[]): void {
  for (const { message } of findings) expect(message).not.toContain("broke off");
  const texts = new Map(all.map(({ path, text }) => [path, text]));
  expect(misplaced(findings, (path) => texts.get(path))).toEqual([]);
}

function healed(all: readonly FileUnderTest[]): readonly FileUnderTest[] {
  const edits = new Map<string, Edit[]>();
  for (const { path, edits: found } of check(tracedContexts(all)).flatMap((one) => one.fix?.documents ?? [])) {
    edits.set(path, [...(edits.get(path) ?? []), ...found]);
  }
  return all.map(({ path, text }) => ({
    path,
    text: editSource(createSourceFromText(path, text), combinedEdits(edits.get(path) ?? [])).text,
  }));
}

describe("a chain of documents", () => {
  test("of any bytes is checked, and every finding lies in its file and covers what it names", () => {
    const bytes = fc.tuple(fc.constantFrom(...paths), fc.uint8Array({ maxLength: 120 }));
    fc.assert(
      fc.property(files, bytes, fc.nat(), (some, [path, odd], cut) => {
        const other = some.find((one) => one.path === path)?.text ?? "";
        const at = cut % (other.length + 1);
        const text = other.slice(0, at) + createSource(path, odd).text + other.slice(at);
        const all = [...some.filter((one) => one.path !== path), { path, text }];
        expectSound(check(tracedContexts(all)), all);
      }),
      { numRuns: propertyRuns(40) },
    );
  });

  test("has the same findings in any order of files", () => {
    fc.assert(
      fc.property(files, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (some, dice) => {
        const shuffled = some.map((one, index) => ({ one, at: dice[index] ?? 0 })).sort((a, b) => a.at - b.at);
        const again = check(tracedContexts(shuffled.map(({ one }) => one)));
        expect(again).toEqual(check(tracedContexts(some)));
      }),
      { numRuns: propertyRuns(40) },
    );
  });

  test("that was edited has the findings of one that is read afresh", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(chainFile, fc.boolean()), { maxLength: 12 }), (edits) => {
        const reader = createTraceReader(aidoc16);
        const graph = createGraph(aidoc16);
        const left = new Map<string, FileUnderTest>();
        for (const [one, isAsked] of edits) {
          if (left.has(one.path) && one.text === "") {
            graph.remove(one.path);
            left.delete(one.path);
          } else {
            graph.set(traceOf(reader, aidoc16, one));
            left.set(one.path, one);
          }
          if (isAsked) check(contextsOn(graph, [...left.values()]));
        }
        expect(check(contextsOn(graph, [...left.values()]))).toEqual(check(tracedContexts([...left.values()])));
      }),
      { numRuns: propertyRuns(30) },
    );
  });

  test("that was healed has nothing left to heal, and what was healed twice is what was healed once", () => {
    fc.assert(
      fc.property(files, (some) => {
        let now: readonly FileUnderTest[] = some;
        for (let round = 0; round < 5; round++) now = healed(now);
        expect(healed(now)).toEqual(now);
      }),
      { numRuns: propertyRuns(15) },
    );
  });
});
