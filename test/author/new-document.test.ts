import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { draftDocument, nameDocument, type NewDocumentRequest } from "#author/new-document";
import { aidoc16 } from "#profile/aidoc-16";
import { aidocDotted } from "#profile/aidoc-dotted";
import { layerOf } from "#profile/dialect";
import type { LayerProfile, Profile } from "#profile/profile";
import { allRules } from "#rules/registry";
import { runRules } from "#rules/run-rules";
import { contextUnderTest } from "../rules/workbench.ts";
import { hash, understandText } from "../support/understood-document.ts";

const layer = (type: string, profile: Profile = aidoc16): LayerProfile => {
  const found = layerOf(profile, type);
  if (found === undefined) throw new Error(type);
  return found;
};

const request: NewDocumentRequest = {
  layer: layer("IPLAN"),
  title: "Rate limiter",
  author: "Ada",
  now: "2026-03-01 14:05:09 CET",
  taken: [],
  documents: [],
  docs: "docs",
};

const sources = { tags: [{ name: "tasks", type: "TASKS", values: ["TASKS-NNN"] }], documents: [] };

const made = (over: Partial<NewDocumentRequest> = {}, profile: Profile = aidoc16) => {
  const full = { ...request, ...over };
  const named = nameDocument(full, profile);
  const [file] = draftDocument(full, profile, named, sources);
  return { id: named.id, path: file?.path ?? "", text: file?.text ?? "" };
};

const plan = (path: string) => ({ path, type: "IPLAN" });

describe("a new document", () => {
  test.each<[string, Partial<NewDocumentRequest>, string]>([
    ["is the first", {}, "docs/IPLAN/IPLAN-001_rate_limiter_20260301_140509.md"],
    [
      "takes the number after the highest",
      { taken: ["IPLAN-002", "IPLAN-010", "IPLAN-003"] },
      "docs/IPLAN/IPLAN-011_rate_limiter_20260301_140509.md",
    ],
    [
      "does not ask how many documents of other types there are",
      { taken: ["TASKS-012"] },
      "docs/IPLAN/IPLAN-001_rate_limiter_20260301_140509.md",
    ],
    ["never reuses a gap", { taken: ["IPLAN-003"] }, "docs/IPLAN/IPLAN-004_rate_limiter_20260301_140509.md"],
    ["grows past three digits", { taken: ["IPLAN-999"] }, "docs/IPLAN/IPLAN-1000_rate_limiter_20260301_140509.md"],
    [
      "has as many digits as the others",
      { taken: ["IPLAN-0007"] },
      "docs/IPLAN/IPLAN-0008_rate_limiter_20260301_140509.md",
    ],
    [
      "lies where most of its type lie already",
      {
        documents: [
          plan("old/IPLAN-001_a_20260101_000000.md"),
          ...["b", "c"].map((slug) => plan(`docs/12_IPLAN/IPLAN-002_${slug}_20260101_000000.md`)),
        ],
      },
      "docs/12_IPLAN/IPLAN-001_rate_limiter_20260301_140509.md",
    ],
    [
      "has no time in its name where the others have none",
      { documents: [plan("docs/IPLAN/IPLAN-001_a.md")] },
      "docs/IPLAN/IPLAN-001_rate_limiter.md",
    ],
    [
      "lies beside the directories of other types, numbered as they are",
      { layer: layer("REQ"), documents: [{ path: "spec/06_SYS/SYS-001_a.md", type: "SYS" }] },
      "spec/07_REQ/REQ-001_rate_limiter.md",
    ],
    [
      "lies in the directory of its type where others have none",
      { layer: layer("REQ"), documents: [{ path: "SYS-001_a.md", type: "SYS" }] },
      "docs/REQ/REQ-001_rate_limiter.md",
    ],
    ["lies at the root when the documents do", { docs: "." }, "IPLAN/IPLAN-001_rate_limiter_20260301_140509.md"],
    [
      "beside plans at the root",
      { documents: [plan("IPLAN-007_a_20260101_000000.md")] },
      "IPLAN-001_rate_limiter_20260301_140509.md",
    ],
    ["is a feature where scenarios are", { layer: layer("BDD") }, "docs/BDD/BDD-001_rate_limiter.feature"],
    ["is YAML where specifications are", { layer: layer("SPEC") }, "docs/SPEC/SPEC-001_rate_limiter.yaml"],
    [
      "is Markdown where the other specifications are",
      { layer: layer("SPEC"), documents: [{ path: "docs/SPEC/SPEC-001_a.md", type: "SPEC" }] },
      "docs/SPEC/SPEC-001_rate_limiter.md",
    ],
    [
      "is Markdown where the profile has no features",
      { layer: { ...layer("BDD"), extensions: [".md"] } },
      "docs/BDD/BDD-001_rate_limiter.md",
    ],
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
    expect(made({ title: "日本語 API: 한국어, Йод" }).path).toContain("_日本語_api_한국어_йод_");
    expect(made({ title: "𠮷".repeat(90) }).path).toContain(`_${"𠮷".repeat(60)}_`);
  });

  test.each(["", "  ", "!!!", "«»"])("cannot be named %o", (title) =>
    expect(() => made({ title })).toThrow(expect.objectContaining({ code: "usage/arguments" })));

  test("is refused where its number has no form in the profile", () => {
    expect(() => made({ taken: ["IPLAN-9999"] })).toThrow(expect.objectContaining({ code: "usage/arguments" }));
  });

  test("of a contract is a pair that name each other", () => {
    const wanted = { ...request, layer: layer("CTR") };
    const files = draftDocument(wanted, aidoc16, nameDocument(wanted, aidoc16), { tags: [], documents: [] });
    expect(files.map(({ path }) => path)).toEqual([
      "docs/CTR/CTR-001_rate_limiter.md",
      "docs/CTR/CTR-001_rate_limiter.yaml",
    ]);
    expect(files[0]?.text).toContain("(CTR-001_rate_limiter.yaml)");
    expect(files[1]?.text).toContain("document: CTR-001_rate_limiter.md");
  });

  test("of a type that only the project's profile knows is a page with what all documents have", () => {
    const own = { ...layer("REQ"), type: "NOTE", directories: ["NOTE"], tag: "note" };
    const { path, text } = made({ layer: own }, { ...aidoc16, layers: [...aidoc16.layers, own] });
    expect(path).toBe("docs/NOTE/NOTE-001_rate_limiter.md");
    expect(text).toContain("artifact_type: NOTE");
  });
});

describe("a new plan", () => {
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
    const { id, path, text } = made({ layer: layer("IPLAN", aidocDotted) }, aidocDotted);
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
        expect(path).toMatch(/^docs\/IPLAN\/IPLAN-001_[\p{L}\p{N}\p{M}_]+_20260301_140509\.md$/u);
        const { plan } = understandText(text, path);
        expect(plan.frontMatter?.problem).toBeUndefined();
        expect(plan.steps).toHaveLength(1);
      }),
    );
  });
});
