import { aidoc16 } from "#profile/aidoc-16";
import { aidocDotted } from "#profile/aidoc-dotted";
import {
  fieldOf,
  fieldProfile,
  isReserved,
  isWellNamed,
  layerOf,
  layerOfTag,
  parseDocumentId,
  parseElementId,
  phaseStatusOf,
  phaseStatusWord,
  sectionOf,
  statusOf,
  statusWord,
} from "#profile/dialect";
import { builtInProfiles, findProfile } from "#profile/find-profile";
import { describe, expect, test } from "vitest";

describe("the built-in profiles", () => {
  test.each(Object.values(builtInProfiles))("$name is consistent", (profile) => {
    const types = new Set(profile.layers.map((layer) => layer.type));
    expect(types.size).toBe(profile.layers.length);
    for (const layer of profile.layers) {
      for (const upstream of [...layer.upstream, ...layer.upstreamIfPresent]) expect(types).toContain(upstream);
    }
    expect(Object.values(profile.readiness.weights).reduce((sum, weight) => sum + weight)).toBe(100);
    expect(findProfile(profile.name)).toBe(profile);
  });

  test("no profile is found under a name it does not have", () => {
    expect(findProfile("constructor")).toBeUndefined();
  });

  test("a plan carries nine mandatory tags and two more", () => {
    expect(layerOf(aidoc16, "IPLAN")?.upstream).toHaveLength(9);
    expect(layerOf(aidoc16, "IPLAN")?.upstreamIfPresent).toEqual(["IMPL", "CTR"]);
    expect(layerOf(aidoc16, "BRD")?.upstream).toEqual([]);
    expect(layerOf(aidoc16, "REQ")?.upstream).toEqual(["BRD", "PRD", "EARS", "BDD", "ADR", "SYS"]);
    expect(layerOf(aidoc16, "NOPE")).toBeUndefined();
  });
});

describe("identifiers", () => {
  test.each([
    ["REQ-042", { id: "REQ-042", type: "REQ", digits: "042", number: 42 }],
    ["REQ-0042", { id: "REQ-0042", type: "REQ", digits: "0042", number: 42 }],
    ["REQ-042-02", { id: "REQ-042-02", type: "REQ", digits: "042", number: 42, member: "02" }],
    ["REQ-42", undefined],
    ["NOPE-042", undefined],
    ["REQ-NNN", undefined],
    ["", undefined],
  ])("aidoc-16 reads %s", (text, id) => {
    expect(parseDocumentId(aidoc16, text)).toEqual(id);
  });

  test("the dotted dialect reads two digits and elements that name their document", () => {
    expect(parseDocumentId(aidocDotted, "TASKS-01")?.number).toBe(1);
    expect(parseElementId(aidocDotted, "BRD.01.02.30")).toEqual({
      document: { id: "BRD-01", type: "BRD", digits: "01", number: 1 },
      element: "BRD.01.02.30",
    });
    expect(parseElementId(aidocDotted, "XXX.01.02.30")).toBeUndefined();
    expect(parseElementId(aidoc16, "BRD.01.02.30")).toBeUndefined();
  });

  test("number 000 is reserved", () => {
    const index = parseDocumentId(aidoc16, "IPLAN-000");
    const plan = parseDocumentId(aidoc16, "IPLAN-001");
    expect(index && isReserved(aidoc16, index)).toBe(true);
    expect(plan && isReserved(aidoc16, plan)).toBe(false);
  });
});

test.each([
  ["IPLAN", "IPLAN-001_mail_sender_20250101_120000.md", true],
  ["IPLAN", "IPLAN-001_mail_part2_20250101_120000.md", true],
  ["IPLAN", "IPLAN-001_mail_sender.md", false],
  ["IPLAN", "IPLAN-001-mail-sender-20250101-120000.md", false],
  ["BDD", "BDD-003_limits.feature", true],
  ["BDD", "BDD-003_limits.md", false],
  ["CTR", "CTR-003_api.yaml", true],
  ["REQ", "REQ-042-01_login.md", true],
  ["REQ", "BRD-042_login.md", false],
  ["CODE", "index.ts", false],
  ["NOPE", "NOPE-001_x.md", false],
])("as %s the name %s is good: %s", (type, name, good) => {
  expect(isWellNamed(aidoc16, type, name)).toBe(good);
});

test.each([
  ["brd", "BRD"],
  ["contract", "CTR"],
  ["contracts", "CTR"],
  ["test", "BDD"],
  ["requirement", "REQ"],
  ["icon", "ICON"],
  ["code", "CODE"],
  ["BRD", undefined],
  ["strat", undefined],
  ["nope", undefined],
])("the tag @%s speaks of %s", (name, type) => {
  expect(layerOfTag(aidoc16, name)?.type).toBe(type);
});

test.each([
  ["Task List", "task-list"],
  ["5. Task List", "task-list"],
  ["5.1 Current State Analysis", "current-state"],
  ["Required Tags (Mandatory)", "required-tags"],
  ["Upstream References (→ references TO)", "upstream"],
  ["✅ Success Criteria", "criteria"],
  ["**Objective**", "objective"],
  ["Position in Document Workflow", "position"],
  ["Something else", undefined],
  ["", undefined],
  ["→", undefined],
])("the heading %s opens %s", (heading, section) => {
  expect(sectionOf(aidoc16, heading)).toBe(section);
});

test.each([
  ["**Last Updated**", "lastUpdated"],
  ["Parent TASKS", "parentTasks"],
  ["IPLAN-Ready Score", "readyScore"],
  ["Colour", undefined],
])("the control key %s is %s", (name, field) => {
  expect(fieldOf(aidoc16, name)).toBe(field);
});

test("a field tells its format", () => {
  expect(fieldProfile(aidoc16, "version")?.format).toBe("version");
});

test.each([
  ["Draft", "draft"],
  ["Ready", "ready"],
  ["Ready for Implementation", "ready"],
  ["DONE", "completed"],
  ["✅ Completed (2025-11-12 14:30)", "completed"],
  ["‚úÖ Completed", "completed"],
  ["In-Progress", "in-progress"],
  ["IN_PROGRESS", "in-progress"],
  ["On Hold", "on-hold"],
  ["Draft/Ready for Implementation", undefined],
  ["fine", undefined],
])("the status %s means %s", (text, meaning) => {
  expect(statusOf(aidoc16, text)).toBe(meaning);
});

test.each([
  ["PENDING", "pending"],
  ["COMPLETED ✅", "completed"],
  ["⏳ IN PROGRESS", "in-progress"],
  ["maybe", undefined],
])("the phase status %s means %s", (text, meaning) => {
  expect(phaseStatusOf(aidoc16, text)).toBe(meaning);
});

test("the tool writes the first word of a meaning", () => {
  expect(statusWord(aidoc16, "ready")).toBe("Ready for Implementation");
  expect(phaseStatusWord(aidoc16, "completed")).toBe("COMPLETED");
  const bare = { ...aidoc16, plan: { ...aidoc16.plan, statuses: [], phaseStatuses: [] } };
  expect(statusWord(bare, "draft")).toBe("draft");
  expect(phaseStatusWord(bare, "skipped")).toBe("skipped");
});
