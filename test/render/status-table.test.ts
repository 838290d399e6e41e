import { verdictOrder } from "#model/run";
import { createPaint } from "#render/paint";
import { type PlanStatusRow, renderBriefStatus, renderStatusPage } from "#render/status-page";
import { describe, expect, test } from "vitest";

function row(id: string, more: Partial<PlanStatusRow> = {}): PlanStatusRow {
  const phases = [{ number: "1", name: "Work", verdict: "pending", done: 1, total: 4 }] as const;
  const nothing = { steps: [], waiting: [], signed: [], notes: [], counts: {} };
  return { id, path: `docs/${id}.md`, title: "A plan of four steps", verdict: "pending", phases, ...nothing, ...more };
}

describe("the status of many plans", () => {
  test("has one line for each, with what must not be missed", () => {
    const many = Array.from({ length: 30 }, (_, index) => row(`IPLAN-${100 + index}`));
    const odd = [row("IPLAN-200", { problem: "Too large." }), row("IPLAN-201", { damage: ["x"] })];
    const lines = renderStatusPage([...many, ...odd], createPaint(false), 80).split("\n");
    expect(lines[0]).toMatch(/IPLAN-100 {2}A plan of four steps {2}██░░░░░░ 1\/4 {2}pending$/);
    expect(lines[30]).toMatch(/IPLAN-200 .*cannot be read$/);
    expect(lines[31]).toMatch(/IPLAN-201 .*, journal damaged$/);
    expect(lines.slice(32)).toEqual(["", "32 plans: 32 pending; one with its steps: iplan status IPLAN-100", ""]);
  });
});

describe("the brief status", () => {
  test("takes at most 200 tokens however many plans there are, worst first, the rest counted", () => {
    const rows = Array.from({ length: 60 }, (_, index) =>
      row(`IPLAN-${100 + index}`, { verdict: verdictOrder[9 - (index % 10)]! }),
    );
    const text = renderBriefStatus(rows);
    expect(new TextEncoder().encode(text).length / 4).toBeLessThanOrEqual(200);
    expect(text.split("\n")[0]).toContain(" failed: ");
    const shown = text.split("\n").length - 2;
    expect(text).toMatch(new RegExp(`and ${60 - shown} plans more: iplan status\n$`));
  });

  test("takes at most 200 tokens of any letters", () => {
    const rows = Array.from({ length: 9 }, () => row("計画".repeat(40)));
    expect(new TextEncoder().encode(renderBriefStatus(rows)).length / 4).toBeLessThanOrEqual(200);
  });

  test("says of a plan that cannot be read that it cannot", () => {
    expect(renderBriefStatus([row("IPLAN-001", { problem: "no" })])).toContain("cannot be read");
  });

  test("names overrides", () =>
    expect(
      renderBriefStatus([
        row("IPLAN-001", { signed: [{ key: "deliverable:1", actor: "ada@desk", reason: "seen", override: true }] }),
      ]),
    ).toContain("1 override"));
});
