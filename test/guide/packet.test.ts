import { assert, integer, property, record, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { type NextUnit, nextUnit } from "#guide/next";
import { createPacket, type PacketFacts, settlingCommand, tokensOf } from "#guide/packet";
import type { UnderstoodPlan } from "#model/understanding";
import { planDocument } from "../support/plan-document.ts";
import { outcomeWith, phaseWith, stepWith, taskWith, understoodWith } from "../support/understood-builder.ts";
import { standingWith, understandText } from "../support/understood-document.ts";

const { understood } = understandText(
  planDocument(
    [
      {
        title: "Make it",
        run: "mkdir -p build\ntouch build/a",
        verify: "test -e build/a",
        outcomes: ["`build/a` exists", "It is pleasant to use"],
      },
      { title: "Ask around" },
    ],
    { more: "## Traceability Tags\n\n@brd: BRD-001:FR-030\n@sys: SYS-002\n@spec: null\n" },
  ),
);

const facts: PacketFacts = { plan: "IPLAN-001" };
const unitOf = (plan: UnderstoodPlan, said = {}): NextUnit => nextUnit(plan, standingWith(plan, said)) as NextUnit;

describe("a packet", () => {
  test("of a step has everything to do it and to prove it", () => {
    const packet = createPacket(understood, unitOf(understood), facts, 1500);
    expect(packet).toMatchObject({
      plan: "IPLAN-001",
      unit: { kind: "step", id: "step:1", title: "Make it (TASK-1.1)" },
      brief: "Step 1 is not run yet. Run it with: iplan run IPLAN-001",
      commands: ["mkdir -p build\ntouch build/a\n"],
      verification: ["test -e build/a\n"],
      more: [],
    });
    expect(packet.acceptance).toEqual(["`build/a` exists", "It is pleasant to use (a person judges)"]);
    expect(packet.context).toEqual(["serves TASK-1.1: Make it"]);
    expect(packet.tokens).toBe(tokensOf({ ...packet, tokens: 1500 }));
  });

  test("of a step that failed begins with what is recorded of it", () => {
    const said = { "step:1": { verdict: "failed", reason: "test -e build/a: exited with status 1" } } as const;
    const failure = { reason: "exited with status 1", lines: ["no such file", "bye"] };
    const more = { ...facts, failure, notes: ["decision: used port 8081"] };
    const packet = createPacket(understood, unitOf(understood, said), more, 1500);
    expect(packet.brief).toContain("Step 1 is failed: test -e build/a");
    expect(packet.context.slice(0, 4)).toEqual([
      "noted: decision: used port 8081",
      "last failure: exited with status 1",
      "  no such file",
      "  bye",
    ]);
  });

  test("of a step that failed has what the plan says of the failure, before what was printed", () => {
    const failure = { reason: "exited with status 1", lines: ["bye"] };
    const troubles = [
      { title: "Port taken", symptom: "`EADDRINUSE`", solution: "Free it" },
      { title: "B", symptom: "c" },
    ];
    const packet = createPacket(understood, unitOf(understood), { ...facts, failure, troubles }, 1500);
    expect(packet.context.slice(1, 5)).toEqual([
      "troubleshooting: Port taken (symptom: `EADDRINUSE`)",
      "  solution: Free it",
      "troubleshooting: B (symptom: c)",
      "  bye",
    ]);
  });

  test("of a step of prose hands over the prose and the command that settles it", () => {
    const packet = createPacket(understood, unitOf(understood, { "step:1": "verified" }), facts, 1500);
    expect(packet.brief).toContain("Step 2 is work for a person or an assistant");
    expect(packet.brief).toContain('iplan sign IPLAN-001 step:2 --reason "…"');
    expect(packet.context[0]).toBe("Think about it.");
  });

  test("of a task has its files, its words and its own verification", () => {
    const task = taskWith(
      "TASK-1.1",
      [],
      {},
      {
        name: "Write it",
        files: [{ text: "src/a.ts", range: elsewhere }],
        details: [{ text: "Mind the gap", range: noRange, textRange: noRange, children: [] }],
        verify: [{ text: "npm test", range: elsewhere }],
      },
    );
    const plan = understoodWith({ phases: [phaseWith("1", [task])] });
    const packet = createPacket(plan, unitOf(plan), facts, 1500);
    expect(packet).toMatchObject({
      unit: { kind: "task", id: "TASK-1.1", title: "Write it" },
      brief: "TASK-1.1 is open: pending by test. When it is done: iplan verify IPLAN-001 TASK-1.1",
      files: ["src/a.ts"],
      context: ["Mind the gap"],
      acceptance: ["TASK-1.1 verify: npm test"],
    });
  });

  test("of a signature names the command and how many more wait", () => {
    const plan = understoodWith({ items: [outcomeWith("deliverable:1", false), outcomeWith("deliverable:2", false)] });
    const packet = createPacket(
      plan,
      unitOf(plan, { "deliverable:1": "manual", "deliverable:2": "manual" }),
      facts,
      1500,
    );
    expect(packet.brief).toBe(
      'A person has to judge this and sign: iplan sign IPLAN-001 deliverable:1 --reason "…" (1 more wait for a signature)',
    );
  });

  test("tells what it serves, what was decided, what changed and where it starts", () => {
    const more = {
      ...facts,
      only: true,
      changed: ["src/a.ts differs since its last verdict (failed)"],
      start: { directory: "build", exported: ["A", "B"] },
      requirements: ["REQ-001:AC-001 (docs/r.md:9)\nIt is small."],
      decisions: ["ADR-001 (docs/a.md:3)\nOne file."],
    };
    const packet = createPacket(understood, unitOf(understood), more, 1500);
    expect(packet.brief).toContain("Run it with: iplan run IPLAN-001 --only 1");
    expect(packet).toMatchObject({ requirements: more.requirements, decisions: more.decisions });
    expect(packet.context).toContain("changed: src/a.ts differs since its last verdict (failed)");
    expect(packet.context.at(-1)).toBe("starts in build, with A, B exported");
    const root = createPacket(
      understood,
      unitOf(understood),
      { ...more, start: { directory: ".", exported: [] } },
      1500,
    );
    expect(root.context.at(-1)).toBe("starts in the workspace root");
  });

  test.each([
    [
      "step",
      { kind: "step", step: understood.steps[0]! },
      "Step 1 is verified: by test. There is nothing to do in it.",
    ],
    [
      "task",
      { kind: "task", task: taskWith("TASK-1.1") },
      "TASK-1.1 is verified: by test. There is nothing to do in it.",
    ],
  ] as const)("of a %s that is done says so", (_name, unit, brief) => {
    const standing = { verdict: "verified", reason: "by test" } as const;
    expect(createPacket(understood, { ...unit, standing }, facts, 1500).brief).toBe(brief);
  });

  test("is the same for the same plan", () => {
    const make = (): unknown => createPacket(understood, unitOf(understood), facts, 300);
    expect(make()).toEqual(make());
  });

  test("that does not fit is cut at line borders and says where the rest is", () => {
    const line = "echo this is one line of a long block";
    const long = understandText(
      planDocument([{ run: Array(400).fill(line).join("\n"), verify: "test -e a" }]),
    ).understood;
    const packet = createPacket(long, unitOf(long), facts, 600);
    const [commands = ""] = packet.commands;
    const lines = commands.split("\n");
    expect(lines.slice(0, -1).every((one) => one === line)).toBe(true);
    expect(lines.at(-1)).toMatch(/^… \d+ more lines$/);
    expect(lines.length - 1 + Number(/\d+/.exec(lines.at(-1) ?? "")?.[0])).toBe(401);
    expect(packet.more).toEqual(["iplan next IPLAN-001 --for step:1 --max-tokens 20000"]);
  });

  test("cuts one long word of the context before it drops the others", () => {
    const more = { ...facts, notes: ["x".repeat(9000)] };
    const packet = createPacket(understood, unitOf(understood), more, 500);
    expect(packet.context[0]).toMatch(/^noted: x+…$/);
    expect(packet.context).toContain("serves TASK-1.1: Make it");
  });

  test("keeps the command of a long brief whole", () => {
    const said = { "step:1": { verdict: "failed", reason: "no ".repeat(2000) } } as const;
    const { brief } = createPacket(understood, unitOf(understood, said), facts, 200);
    expect(brief).toMatch(/^Step 1 is failed: no .*… ?\. Run it with: iplan run IPLAN-001$/);
  });

  test("of any plan fits any size that may be asked for", () => {
    const anyStep = record({
      title: string({ unit: "grapheme", maxLength: 300 }),
      text: string({ unit: "grapheme", maxLength: 5000 }),
      checks: integer({ min: 0, max: 30 }),
      outcomes: integer({ min: 0, max: 60 }),
    });
    assert(
      property(anyStep, integer({ min: 100, max: 3000 }), ({ title, text, checks, outcomes }, size) => {
        const base = understood.steps[0]!;
        const [action, verification] = base.blocks;
        const withText = (block: typeof action, content: string) => ({
          ...block!,
          block: { ...block!.block, text: content },
        });
        const step = stepWith("1", {
          title,
          blocks: [withText(action, text), ...Array.from({ length: checks }, () => withText(verification, text))],
          outcomes: Array.from({ length: outcomes }, (_, index) => outcomeWith(`outcome:1.${index}`, false, { text })),
        });
        const plan = understoodWith({ steps: [step] });
        const failure = { reason: text, lines: [text, text] };
        const packet = createPacket(
          plan,
          unitOf(plan),
          { ...facts, failure, notes: [text], requirements: [text, text], decisions: [text] },
          size,
        );
        expect(packet.tokens).toBeLessThanOrEqual(size);
        expect(tokensOf(packet)).toBeLessThanOrEqual(size);
        if (text !== "") expect(packet.commands[0]).not.toBe("");
      }),
      { numRuns: 200 },
    );
  });
});

describe("the command that settles a step of work for people", () => {
  test.each([
    ["without a check is a signature", stepWith("4"), 'iplan sign IPLAN-001 step:4 --reason "…"'],
    [
      "with prose alone is a signature",
      stepWith("4", { outcomes: [outcomeWith("o", false)] }),
      'iplan sign IPLAN-001 step:4 --reason "…"',
    ],
    ["with a claim asks it", stepWith("4", { outcomes: [outcomeWith("o", true)] }), "iplan verify IPLAN-001 4"],
  ])("%s", (_name, step, command) => expect(settlingCommand(step, "IPLAN-001")).toBe(command));
});

const noRange = { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } };
const elsewhere = { ...noRange, start: { line: 2, column: 1, offset: 9 } };
