import { editSource } from "#model/edit";
import { createSource } from "#model/source";
import { aidoc16 } from "#profile/aidoc-16";
import { defineRule } from "#rules/rule";
import { runRules, type RunRulesOptions } from "#rules/run-rules";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contextOf, hash, wordRule } from "./synthetic.ts";

const options: RunRulesOptions = { hash, today: "2026-03-01" };
const noFoo = wordRule("document/title", "foo");
const noBar = wordRule("plan/annotation", "bar", { severity: "error" });

function run(text: string, more: Partial<RunRulesOptions> = {}) {
  return runRules([contextOf(text)], { ...options, rules: [noFoo, noBar], ...more });
}

describe("running rules", () => {
  test("findings come in order of path, place and rule", () => {
    const { findings } = runRules(
      [
        contextOf(createSource("b.md", new TextEncoder().encode("foo"))),
        contextOf(createSource("a.md", new TextEncoder().encode("bar foo foo"))),
      ],
      { ...options, rules: [noFoo, noBar] },
    );
    expect(findings.map((one) => `${one.path}:${one.range.start.column} ${one.rule} ${one.severity}`)).toEqual([
      "a.md:1 plan/annotation error",
      "a.md:5 document/title warning",
      "a.md:9 document/title warning",
      "b.md:1 document/title warning",
    ]);
  });

  test("the order of the documents does not matter", () => {
    const documents = ["c", "a", "b"].map((name) => contextOf(createSource(name, new TextEncoder().encode("foo bar"))));
    const inOrder = (contexts: typeof documents) => runRules(contexts, { ...options, rules: [noFoo, noBar] }).findings;
    expect(inOrder([...documents].reverse())).toEqual(inOrder(documents));
    expect(inOrder(documents)).toHaveLength(6);
  });

  test("a rule whose fact is absent is counted as not applicable, not as passed", () => {
    const needy = defineRule({
      code: "evidence/stale-receipt",
      severity: "error",
      title: "t",
      summary: "s",
      needs: ["receipt"],
      check: (_context, report) => report({ message: "never", at: { start: 0, end: 0 } }),
    });
    const result = run("nothing", { rules: [noFoo, needy] });
    expect(result).toMatchObject({ findings: [], rulesRun: 1, notApplicable: 1 });
    expect(result.outcomes).toContainEqual({ code: "evidence/stale-receipt", checked: 0, notApplicable: 1 });
  });

  test("a rule that throws becomes a finding that names it, and the others go on", () => {
    const broken = defineRule({
      code: "plan/annotation",
      severity: "info",
      title: "t",
      summary: "s",
      needs: [],
      check: () => {
        throw new Error("kaputt");
      },
    });
    const { findings } = run("foo", { rules: [broken, noFoo] });
    expect(findings.map((one) => [one.rule, one.severity])).toEqual([
      ["document/title", "warning"],
      ["plan/annotation", "error"],
    ]);
    expect(findings[1]?.message).toContain("plan/annotation");
    expect(findings[1]?.message).toContain("kaputt");
  });

  test("a rule cannot change what it is given", () => {
    const meddler = defineRule({
      code: "plan/annotation",
      severity: "info",
      title: "t",
      summary: "s",
      needs: [],
      check: (context) => {
        (context as { profile: unknown }).profile = undefined;
      },
    });
    expect(run("x", { rules: [meddler] }).findings[0]?.message).toMatch(/read only|read-only/i);
  });

  test("after a voiding finding no other rule is tried", () => {
    const voiding = wordRule("document/empty", "foo", { voids: true });
    expect(run("foo bar", { rules: [noBar, voiding] }).findings.map((one) => one.rule)).toEqual(["document/empty"]);
    expect(run("bar", { rules: [noBar, voiding] }).findings.map((one) => one.rule)).toEqual(["plan/annotation"]);
  });

  test("the config changes severities and turns rules off", () => {
    const severities = { "document/title": "error", "plan/annotation": "off" } as const;
    expect(run("foo bar", { severities }).findings.map((one) => [one.rule, one.severity])).toEqual([
      ["document/title", "error"],
    ]);
  });

  test("the profile's exceptions hold before the config's", () => {
    const profile = { ...aidoc16, severities: { "document/title": "info", "plan/annotation": "off" } as const };
    const { findings } = runRules([contextOf("foo bar", { profile })], { ...options, rules: [noFoo, noBar] });
    expect(findings.map((one) => [one.rule, one.severity])).toEqual([["document/title", "info"]]);
  });
});

describe("waivers", () => {
  const waiver = { rule: "document/title", path: "docs/**", reason: "known", expires: "2026-03-01" };
  const waived = (waivers: RunRulesOptions["waivers"] & object) =>
    run("foo bar", { waivers }).findings.map((one) => one.waived);

  test.each([
    ["covers its rule and path on its last day", waiver, ["known", undefined]],
    ["covers nothing on the day after", { ...waiver, expires: "2026-02-28" }, [undefined, undefined]],
    ["covers nothing without a reason", { ...waiver, reason: " " }, [undefined, undefined]],
    ["covers nothing elsewhere", { ...waiver, path: "src/**" }, [undefined, undefined]],
    ["covers what lies below a folder", { ...waiver, path: "./docs" }, ["known", undefined]],
    ["covers nothing of a folder whose name begins alike", { ...waiver, path: "doc" }, [undefined, undefined]],
    ["may cover a family", { ...waiver, rule: "plan/*" }, [undefined, "known"]],
  ])("a waiver %s", (_title, given, expected) => {
    expect(waived([given])).toEqual(expected);
  });
});

describe("fingerprints", () => {
  const prints = (text: string) => run(text).findings.map((one) => one.fingerprint);

  test("stay when lines above move", () => {
    expect(prints("\n\nother\nfoo\n bar foo")).toEqual(prints("foo\n bar foo"));
  });

  test("tell equals apart by their ordinal", () => {
    const [first, second] = prints("foo foo");
    expect(first).not.toBe(second);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
  });

  test("of findings are all different", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("foo", "bar", "baz", "\n"), { maxLength: 30 }), (words) => {
        const all = prints(words.join(" "));
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });
});

describe("grouping", () => {
  const grouped = defineRule({
    code: "document/title",
    severity: "warning",
    title: "t",
    summary: "s",
    needs: [],
    check({ source }, report) {
      for (const match of source.text.matchAll(/fo+/g)) {
        const [expected] = match;
        const at = { start: match.index, end: match.index + expected.length };
        report({
          message: "foo",
          at,
          cause: `c${expected.length}`,
          fix: { title: "heal", edits: [{ ...at, text: "x", expected }] },
        });
      }
    },
  });

  test("drafts of one cause become one finding with the other places and one fix", () => {
    const { findings } = run("foo fooo foo foo", { rules: [grouped] });
    expect(findings.map((one) => one.message)).toEqual(["foo (and 2 more places)", "foo"]);
    expect(findings[0]?.related?.map((place) => place.range.start.column)).toEqual([10, 14]);
    const edits = findings.flatMap((one) => one.fix?.documents.flatMap((document) => document.edits) ?? []);
    expect(editSource(contextOf("foo fooo foo foo").source, edits).text).toBe("x x x x");
  });

  test("can be left out", () => {
    const { findings } = run("foo fooo foo foo", { rules: [grouped], group: false });
    expect(findings).toHaveLength(4);
  });

  test("keeps the fingerprint of the group when its first place is healed", () => {
    const before = run("foo foo", { rules: [grouped] }).findings[0]?.fingerprint;
    expect(run("x foo", { rules: [grouped] }).findings[0]?.fingerprint).toBe(before);
  });
});
