import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { newPlan, type NewDocumentRequest } from "#author/new-document";
import { aidoc16 } from "#profile/aidoc-16";
import { aidocDotted } from "#profile/aidoc-dotted";
import { allRules } from "#rules/registry";
import { runRules } from "#rules/run-rules";
import { contextUnderTest } from "../rules/workbench.ts";
import { hash, understandText } from "../support/understood-document.ts";

const request: NewDocumentRequest = {
  title: "Rate limiter",
  author: "Ada",
  now: "2026-03-01 14:05:09 CET",
  taken: [],
  directories: [],
  docs: "docs",
};

const made = (over: Partial<NewDocumentRequest> = {}) => newPlan({ ...request, ...over }, aidoc16);

describe("a new plan", () => {
  test.each<[string, Partial<NewDocumentRequest>, string]>([
    ["is the first", {}, "docs/IPLAN/IPLAN-001_rate_limiter_20260301_140509.md"],
    [
      "takes the number after the highest",
      { taken: ["IPLAN-002", "IPLAN-010", "IPLAN-003"] },
      "docs/IPLAN/IPLAN-011_rate_limiter_20260301_140509.md",
    ],
    ["never reuses a gap", { taken: ["IPLAN-003"] }, "docs/IPLAN/IPLAN-004_rate_limiter_20260301_140509.md"],
    ["grows past three digits", { taken: ["IPLAN-999"] }, "docs/IPLAN/IPLAN-1000_rate_limiter_20260301_140509.md"],
    [
      "lies where plans lie already",
      { directories: ["docs/12_IPLAN", "old"] },
      "docs/12_IPLAN/IPLAN-001_rate_limiter_20260301_140509.md",
    ],
    ["lies at the root when the documents do", { docs: "." }, "IPLAN/IPLAN-001_rate_limiter_20260301_140509.md"],
    ["beside plans at the root", { directories: [""] }, "IPLAN-001_rate_limiter_20260301_140509.md"],
    [
      "is named without accents and signs",
      { title: "Über  Größe: «naïve» API!" },
      "docs/IPLAN/IPLAN-001_uber_grosse_naive_api_20260301_140509.md",
    ],
    [
      "has a short name however long its title",
      { title: "very ".repeat(40) },
      "docs/IPLAN/IPLAN-001_very_very_very_very_very_very_very_very_very_very_very_very_20260301_140509.md",
    ],
  ])("%s", (_name, over, path) => expect(made(over).path).toBe(path));

  test("spells out letters that have no plain form", () => {
    expect(made({ title: "Schließfächer, Ærø" }).path).toContain("_schliessfacher_aero_");
  });

  test.each(["", "  ", "!!!", "«»"])("cannot be named %o", (title) =>
    expect(() => made({ title })).toThrow(expect.objectContaining({ code: "usage/arguments" })));

  test("is read back with what it was made of", () => {
    const { id, path, text } = made();
    const { plan } = understandText(text, path);
    expect(plan).toMatchObject({ id, name: "Rate limiter", template: false });
    expect(plan.control).toMatchObject({
      status: { value: "draft" },
      version: { value: "0.1.0" },
      author: { raw: "Ada" },
      created: { raw: request.now },
      lastUpdated: { raw: request.now },
    });
    expect(plan.frontMatter?.problem).toBeUndefined();
    expect(plan.phases).toHaveLength(1);
    expect(plan.phases[0]?.tasks[0]).toMatchObject({ id: "TASK-1.1", box: { ticked: false } });
    expect(plan.steps[0]?.blocks).toHaveLength(2);
  });

  test("is not ready, and every finding is something a person has to fill in", () => {
    const { path, text } = made();
    const { findings, readiness } = runRules([contextUnderTest({ content: text, path })], {
      hash,
      today: "2026-03-02",
      rules: allRules,
    });
    const rules = [...new Set(findings.map((finding) => finding.rule))].sort();
    expect(rules).toContain("plan/placeholder-in-command");
    expect(rules).toContain("document/template-text");
    for (const rule of [
      "document/section-missing",
      "document/file-name",
      "document/title",
      "plan/control-field-missing",
      "document/front-matter-malformed",
    ])
      expect(rules).not.toContain(rule);
    expect([...readiness.values()][0]?.ready).toBe(false);
  });

  test("of the dotted dialect has its own form of id and file", () => {
    const { id, path, text } = newPlan(request, aidocDotted);
    expect(id).toBe("IPLAN-01");
    expect(path).toBe("docs/IPLAN/IPLAN-01_rate_limiter.md");
    expect(text).toContain("# IPLAN-01: Rate limiter");
  });

  test("of any title is one line of it, whatever it holds", () => {
    assert(
      property(string({ unit: "binary" }), (title) => {
        const hostile = `a ${title}\n## Injected\n---\n`;
        const { text, path } = made({ title: hostile });
        expect(text.split("\n").filter((line) => line.startsWith("## Injected"))).toEqual([]);
        expect(path).toMatch(/^docs\/IPLAN\/IPLAN-001_[a-z0-9_]+_20260301_140509\.md$/);
        const { plan } = understandText(text, path);
        expect(plan.frontMatter?.problem).toBeUndefined();
        expect(plan.steps).toHaveLength(1);
      }),
    );
  });
});
