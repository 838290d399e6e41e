import { describe, expect, test } from "vitest";
import type { JournalEvent, JournalEventBody } from "#model/run";
import { createPaint } from "#render/paint";
import { createRunProgress } from "#render/run-progress";
import { stepWith, understoodWith } from "../support/understood-builder.ts";

const understood = understoodWith({
  steps: [stepWith("1", { title: "Make it" }), stepWith("2", { title: "Test it" })],
});

/** A progress that writes into lists, with a clock a test moves. */
function watched(live = true, width = 80) {
  const lines: string[] = [];
  const drawn: string[] = [];
  const clock = { now: 0 };
  const sink = {
    line: (text: string) => void lines.push(text),
    live: live ? (text: string) => void drawn.push(text) : undefined,
    now: () => clock.now,
  };
  const progress = createRunProgress(understood, sink, createPaint(false), width);
  const event = (body: Partial<JournalEventBody> & { readonly type: JournalEventBody["type"] }): void =>
    progress.event(body as unknown as JournalEvent);
  const begin = (unit: string, role = "action"): void => event({ type: "block-started", unit, role } as never);
  const end = (unit: string, file?: string): void =>
    event({ type: "block-ended", unit, evidence: file === undefined ? {} : { output: { file } } } as never);
  const decide = (unit: string, verdict: string, reason = ""): void =>
    event({ type: "verdict", kind: "step", unit, verdict, reason } as never);
  return { lines, drawn, clock, progress, event, begin, end, decide };
}

describe("the progress of a run", () => {
  test("is a line for each step when it is decided, with the time it took", () => {
    const { lines, clock, begin, end, decide } = watched();
    begin("step:1");
    clock.now = 1500;
    end("step:1");
    decide("step:1", "verified");
    expect(lines).toEqual(["✓ Step 1: Make it  1.5 s\n"]);
  });

  test("shows why a step failed, its last lines and where all of them are", () => {
    const { lines, progress, begin, end, decide } = watched();
    begin("step:2");
    progress.output("step:2", "first\n\nsecond\nhalf a li");
    progress.output("step:2", "ne");
    end("step:2", ".iplan/evidence/x.txt");
    decide("step:2", "failed", "npm test: exited with status 1\nlint: exited with status 2");
    expect(lines.join("")).toBe(
      [
        "✗ Step 2: Test it  0.0 s  ✗ failed",
        "    npm test: exited with status 1",
        "    lint: exited with status 2",
        "    │ first",
        "    │ second",
        "    │ half a line",
        "    all of it: .iplan/evidence/x.txt",
        "",
      ].join("\n"),
    );
  });

  test("shows the last twelve lines of a long failure, and none of the block before", () => {
    const { lines, progress, begin, decide } = watched();
    begin("step:1");
    progress.output("step:1", "of another block\n");
    begin("step:1", "verification");
    progress.output("step:1", Array.from({ length: 40 }, (_, index) => `line ${index}\n`).join(""));
    decide("step:1", "suspect", "it says otherwise");
    expect(lines.filter((line) => line.includes("│"))).toHaveLength(12);
    expect(lines.join("")).toContain("line 39");
    expect(lines.join("")).not.toContain("line 27\n");
    expect(lines.join("")).not.toContain("another block");
  });

  test("keeps quiet about the output of what did not fail", () => {
    const { lines, progress, begin, decide } = watched();
    begin("step:1");
    progress.output("step:1", "chatter\n");
    decide("step:1", "unverifiable", "nothing that could fail was checked");
    expect(lines.join("")).not.toContain("chatter");
    expect(lines.join("")).toContain("nothing that could fail was checked");
  });

  test("says what was skipped and handed over", () => {
    const { lines, event } = watched();
    event({ type: "skipped", unit: "step:1", reason: "it needs step 9" });
    event({ type: "handoff", unit: "step:2", reason: "work for people" });
    expect(lines.join("")).toBe(
      "- Step 1: Make it  - skipped\n    it needs step 9\n→ Step 2: Test it  → handoff\n    work for people\n",
    );
  });

  test("says nothing of units that are no steps", () => {
    const { lines, event, decide } = watched();
    decide("task:TASK-1.1", "verified");
    event({ type: "verdict", kind: "item", unit: "outcome:1.1", verdict: "failed", reason: "no" } as never);
    event({ type: "run-ended", verdict: "verified", exitCode: 0 } as never);
    expect(lines).toEqual([]);
  });

  test("names processes that were left and ended, not those that were kept", () => {
    const { lines, event } = watched();
    const processes = [{ pid: 42, startTime: "1" }];
    for (const action of ["listed", "terminated", "kept"] as const)
      event({ type: "leftover", unit: "step:1", processes, action });
    expect(lines).toEqual(["  still running after its block: 42\n", "  ended: 42\n"]);
  });
});

describe("the line that shows what runs now", () => {
  test("is redrawn with the time and the last line of output, and goes at the end", () => {
    const { drawn, clock, progress, begin } = watched();
    begin("step:1");
    clock.now = 12_000;
    progress.output("step:1", "compiling\n");
    expect(drawn.at(-1)).toBe("… Step 1: Make it (action) 12 s compiling");
    progress.end();
    expect(drawn.at(-1)).toBe("");
    progress.tick();
    expect(drawn.at(-1)).toBe("");
  });

  test("never gets wider than the terminal", () => {
    const { drawn, progress, begin } = watched(true, 40);
    begin("step:1");
    progress.output("step:1", `${"x".repeat(500)}\n`);
    expect(drawn.at(-1)?.length).toBeLessThanOrEqual(40);
  });

  test("names a unit that is no step by its key", () => {
    const { drawn, begin } = watched();
    begin("task:TASK-1.1", "verification");
    expect(drawn.at(-1)).toContain("task:TASK-1.1 (verification)");
  });

  test("is not drawn where lines cannot be redrawn", () => {
    const { drawn, progress, begin } = watched(false);
    begin("step:1");
    progress.tick();
    progress.end();
    expect(drawn).toEqual([]);
  });
});

describe("what a block prints and a reason says", () => {
  test("is escaped, on the live line too", () => {
    const { lines, drawn, progress, begin, decide } = watched();
    begin("step:1");
    progress.output("step:1", "\u001B[2Jgone\u202E\rover\n\u0007");
    progress.notice("\u001B[31mnotice");
    decide("step:1", "failed", "\u001B]0;title\u0007");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect([...lines, ...drawn].join("")).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
    expect(lines.join("")).toContain("\\e[2Jgone");
  });

  test("takes a bounded amount of memory however much it is", () => {
    const { lines, progress, begin, decide } = watched();
    begin("step:1");
    for (let index = 0; index < 2000; index++) progress.output("step:1", "y".repeat(5000));
    decide("step:1", "failed", "x");
    expect(lines.join("").length).toBeLessThan(5000);
  });
});
