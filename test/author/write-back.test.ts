import { assert, constantFrom, dictionary, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { type WritingTime, writeBackEdits } from "#author/write-back";
import { applyEdits } from "#model/edit";
import { createSource } from "#model/source";
import { type Verdict, verdictOrder } from "#model/run";
import { planDocument } from "../support/plan-document.ts";
import { type SaidStanding, standingWith, understandText } from "../support/understood-document.ts";

const now: WritingTime = { plain: "2026-03-01 14:05:09 CET", iso: "2026-03-01T14:05:09+01:00", date: "2026-03-01" };

type Said = Readonly<Record<string, SaidStanding>>;

/** The document as it is after writing back what a test says. */
function written(text: string, said: Said, path?: string): string {
  const { source, plan, understood } = understandText(text, path);
  const edits = writeBackEdits(source, plan, understood, standingWith(understood, said), now);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(applyEdits(source, edits));
}

/** Lines that differ, as they are after. */
function changes(before: string, after: string): readonly string[] {
  const old = before.split("\n");
  return after.split("\n").filter((line, index) => line !== old[index]);
}

const taskList = (lines: readonly string[]): string => `# IPLAN-001: A\n\n## Task List\n\n${lines.join("\n")}\n`;
const phase = "### Phase 1: Work (2 hours)";
const verified: Said = { "task:TASK-1.1": "verified" };

describe("a box", () => {
  test.each<[string, string, string]>([
    ["is ticked by one byte", "- [ ] **TASK-1.1**: Do it", "- [x] **TASK-1.1**: Do it"],
    ["in progress is ticked", "- [-] **TASK-1.1**: Do it", "- [x] **TASK-1.1**: Do it"],
    ["half done is ticked", "- [~] **TASK-1.1**: Do it", "- [x] **TASK-1.1**: Do it"],
    ["as a glyph keeps being one", "- ☐ **TASK-1.1**: Do it", "- ☑ **TASK-1.1**: Do it"],
    ["that offers a choice is left to people", "- [x/☐] **TASK-1.1**: Do it", "- [x/☐] **TASK-1.1**: Do it"],
    ["ticked already stays as it is", "- [x] **TASK-1.1**: Do it", "- [x] **TASK-1.1**: Do it"],
    ["ticked with a capital stays as it is", "* [X] **TASK-1.1**: Do it", "* [X] **TASK-1.1**: Do it"],
    ["is not added where there is none", "**TASK-1.1**: Do it", "**TASK-1.1**: Do it"],
    ["in a numbered list is found", "1. [ ] **TASK-1.1**: Do it", "1. [x] **TASK-1.1**: Do it"],
  ])("%s", (_name, before, after) => {
    expect(written(taskList([phase, "", before]), verified)).toBe(taskList([phase, "", after]));
  });

  test.each<[Verdict, string]>([
    ["failed", "- [ ]"],
    ["stale", "- [ ]"],
    ["unknown", "- [x]"],
    ["suspect", "- [x]"],
    ["unverifiable", "- [x]"],
    ["manual", "- [x]"],
    ["handoff", "- [x]"],
    ["pending", "- [x]"],
    ["skipped", "- [x]"],
    ["verified", "- [x]"],
  ])("that people ticked is unticked by disproof alone: %s", (verdict, box) => {
    const text = taskList([phase, "", "- [x] **TASK-1.1**: Do it"]);
    expect(written(text, { "task:TASK-1.1": verdict })).toContain(`${box} **TASK-1.1**`);
  });

  test("unticked as a glyph is the open glyph again", () => {
    const text = taskList([phase, "", "- ☑ **TASK-1.1**: Do it"]);
    expect(written(text, { "task:TASK-1.1": "failed" })).toContain("- ☐ **TASK-1.1**");
  });

  test("of one mark changes one byte of the file", () => {
    const { source, plan, understood } = understandText(taskList([phase, "", "- [ ] **TASK-1.1**: Dö it ✅"]));
    const bytes = applyEdits(source, writeBackEdits(source, plan, understood, standingWith(understood, verified), now));
    expect(bytes.length).toBe(source.bytes.length);
    expect([...bytes].filter((byte, index) => byte !== source.bytes[index])).toEqual([0x78]);
  });

  test("of a checklist, deliverable and criterion follows its item", () => {
    const text = planDocument([{ run: "touch a", verify: "test -e a" }], {
      deliverables: ["[ ] `a` exists"],
      checklist: ["`a` exists", "`b` exists"],
      more: "## Success Criteria\n\n- [ ] `a` exists\n- [ ] It is pleasant\n",
    });
    const { understood } = understandText(text);
    const keys = understood.items.map((item) => item.key);
    expect(keys).toEqual(["deliverable:1", "check:1", "check:2", "criterion:1", "criterion:2"]);
    const said = { "deliverable:1": "verified", "check:1": "verified", "check:2": "failed", "criterion:1": "verified" };
    const after = written(text, said as Said);
    expect(after).toContain("- [x] `a` exists\n\n## Task List");
    expect(after).toContain("- [x] `a` exists\n- [ ] `b` exists");
    expect(after).toContain("- [x] `a` exists\n- [ ] It is pleasant");
  });
});

describe("a phase", () => {
  test.each<[string, string, Verdict, string]>([
    ["is completed when it is proved", "- PENDING", "verified", "- COMPLETED"],
    ["with a glyph gets both", "- ⏸️ PENDING", "verified", "- ✅ COMPLETED"],
    ["with a glyph behind keeps its order", "- IN PROGRESS ⏳", "verified", "- COMPLETED ✅"],
    ["in small letters keeps them", "- Pending", "verified", "- Completed"],
    ["that failed is in progress", "- PENDING", "failed", "- IN PROGRESS"],
    ["that was completed and went stale is in progress again", "- COMPLETED ✅", "stale", "- IN PROGRESS ⏳"],
    ["that is pending stays as people left it", "- IN PROGRESS", "pending", "- IN PROGRESS"],
    ["that offers a choice is left", "- PENDING/IN PROGRESS/COMPLETED", "verified", "- PENDING/IN PROGRESS/COMPLETED"],
    ["that people blocked stays so while it is not done", "- BLOCKED", "failed", "- BLOCKED"],
    ["that people blocked is completed by proof", "- BLOCKED", "verified", "- COMPLETED"],
    ["without a status gets none", "", "verified", ""],
  ])("%s", (_name, before, verdict, after) => {
    const heading = (status: string): string => `### Phase 1: Work (2 hours) ${status}`.trimEnd();
    const text = taskList([heading(before), "", "- **TASK-1.1**: Do it"]);
    expect(written(text, { "phase:1": verdict })).toBe(taskList([heading(after), "", "- **TASK-1.1**: Do it"]));
  });
});

describe("the control table", () => {
  const steps = [{ run: "touch a", verify: "test -e a" }];
  const all: Said = { plan: "verified", "phase:1": "verified", "step:1": "verified", "task:TASK-1.1": "verified" };

  test.each<[string, string, Said, string]>([
    ["is completed when all is proved", "Ready for Implementation", all, "Completed"],
    ["is in progress once something was done", "Draft", { "step:1": "failed" }, "In Progress"],
    ["is not completed any more when a part went stale", "Completed", { "step:1": "stale" }, "In Progress"],
    ["on hold stays so", "On Hold", all, "On Hold"],
    ["aborted stays so", "Aborted", all, "Aborted"],
    ["blocked stays so while it is not done", "Blocked", { "step:1": "failed" }, "Blocked"],
    ["of another word is left", "Somehow", all, "Somehow"],
    ["with words of its own for done stays", "DONE", all, "DONE"],
  ])("status %s", (_name, before, said, after) => {
    expect(written(planDocument(steps, { status: before }), said)).toContain(`| **Status** | ${after} |`);
  });

  test.each<[string, string, string]>([
    ["plain", "2026-01-10 09:00:00 UTC", now.plain],
    ["ISO 8601", "2026-01-10T09:00:00Z", now.iso],
    ["a day", "2026-01-10", now.date],
    ["something else: it is left", "some day", "some day"],
  ])("Last Updated is written in the form it had: %s", (_name, before, after) => {
    expect(written(planDocument(steps, { lastUpdated: before }), all)).toContain(`| **Last Updated** | ${after} |`);
  });

  test("is untouched, date included, when nothing changed", () => {
    const text = written(planDocument(steps), all);
    expect(written(text, all)).toBe(text);
    expect(written(planDocument(steps), {})).toBe(planDocument(steps));
  });
});

describe("the marker where work goes on", () => {
  const tasks = ["- [x] **TASK-1.1**: One", "- [ ] **TASK-1.2**: Two", "- [ ] **TASK-1.3**: Three"];
  const at = (index: number): string =>
    taskList([phase, "", ...tasks.map((line, place) => (place === index ? `${line} RESUME HERE 👈` : line))]);
  const done = (...ids: string[]): Said => Object.fromEntries(ids.map((id) => [`task:TASK-1.${id}`, "verified"]));

  test("moves behind the first task that is open", () => {
    const after = written(at(0), done("1"));
    expect(after).toBe(at(1));
  });

  test("stays where it is right", () => expect(written(at(1), done("1"))).toBe(at(1)));

  test("goes when every task is done, with the blank before it", () => {
    expect(written(at(2), done("1", "2", "3"))).toBe(
      taskList([phase, "", ...tasks.map((line) => line.replace("[ ]", "[x]"))]),
    );
  });

  test("alone on its line takes the line with it", () => {
    const text = taskList([phase, "", tasks[0] ?? "", "", "RESUME HERE 👈", "", tasks[1] ?? ""]);
    const after = written(text, done("1", "2"));
    expect(after).toBe(taskList([phase, "", tasks[0] ?? "", "", "", "- [x] **TASK-1.2**: Two"]));
  });

  test("alone on the last line without a line end goes as well", () => {
    const text = `${taskList([phase, "", "- [x] **TASK-1.1**: One"])}\nRESUME HERE 👈`;
    expect(written(text, done("1"))).toBe(`${taskList([phase, "", "- [x] **TASK-1.1**: One"])}\n`);
  });

  test("is not added where there is none", () => {
    const text = taskList([phase, "", ...tasks]);
    expect(written(text, done("1"))).toBe(text);
  });
});

describe("a document of any make", () => {
  const plain = planDocument([{ run: "touch a", verify: "test -e a" }]);
  const said: Said = { plan: "verified", "phase:1": "verified", "step:1": "verified", "task:TASK-1.1": "verified" };

  test("with CRLF line ends keeps them", () => {
    const text = plain.replaceAll("\n", "\r\n");
    expect(written(text, said)).toBe(written(plain, said).replaceAll("\n", "\r\n"));
  });

  test("with CRLF and a marker alone on its line loses exactly that line", () => {
    const text = taskList([phase, "", "RESUME HERE 👈", "", "- [ ] **TASK-1.1**: One"]).replaceAll("\n", "\r\n");
    const after = taskList([phase, "", "", "- [x] **TASK-1.1**: One"]).replaceAll("\n", "\r\n");
    expect(written(text, verified)).toBe(after);
  });

  test("with a byte order mark keeps it", () =>
    expect(written(`\uFEFF${plain}`, said)).toBe(`\uFEFF${written(plain, said)}`));

  test("with undecodable bytes keeps them", () => {
    const bytes = Buffer.concat([Buffer.from(plain), Buffer.from([0xff, 0xfe, 0x0a, 0xc3])]);
    const { source, plan, understood } = understandText(bytes);
    const edits = writeBackEdits(source, plan, understood, standingWith(understood, said), now);
    const after = Buffer.from(applyEdits(source, edits));
    expect(after.subarray(-4)).toEqual(Buffer.from([0xff, 0xfe, 0x0a, 0xc3]));
    expect(after.subarray(0, -4).toString()).toBe(written(plain, said));
  });

  test("that holds nothing to tick is not touched", () => {
    for (const text of ["", "# Title\n", "plain words", "| **Status** | Draft |\n"])
      expect(written(text, { plan: "verified" })).toBe(text);
  });

  test("as one part of a split plan gets the edits of its own part alone", () => {
    const first = understandText(taskList([phase, "", "- [ ] **TASK-1.1**: One"]), "docs/IPLAN-001_part1_x.md");
    const second = understandText(
      taskList(["### Phase 2: More", "", "- [ ] **TASK-2.1**: Two"]),
      "docs/IPLAN-001_part2_x.md",
    );
    const understood = {
      ...first.understood,
      phases: [...first.understood.phases, ...second.understood.phases],
    };
    const standing = standingWith(understood, { "task:TASK-1.1": "verified", "task:TASK-2.1": "verified" });
    for (const part of [first, second]) {
      const edits = writeBackEdits(part.source, part.plan, understood, standing, now);
      expect(edits).toHaveLength(1);
      expect(edits[0]).toMatchObject({ text: "x", expected: " " });
    }
  });
});

describe("any standing", () => {
  const text = planDocument(
    [
      { run: "touch a", verify: "test -e a" },
      { run: "touch b", verify: "test -e b" },
    ],
    { deliverables: ["[ ] `a` exists"], checklist: ["`b` exists", "[ ] nice"], more: "- [-] RESUME HERE 👈 tail\n" },
  );
  const { source, plan, understood } = understandText(text);
  const keys = [
    "plan",
    "phase:1",
    "step:1",
    "step:2",
    "task:TASK-1.1",
    "task:TASK-1.2",
    "deliverable:1",
    "check:1",
    "check:2",
  ];
  const anySaid = dictionary(constantFrom(...keys), constantFrom(...verdictOrder));

  test("leaves every byte outside its edits, and says where each edit stood", () => {
    assert(
      property(anySaid, (said) => {
        const edits = writeBackEdits(source, plan, understood, standingWith(understood, said), now);
        const after = new TextDecoder().decode(applyEdits(source, edits));
        const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
        let rest = after;
        let at = 0;
        for (const edit of sorted) {
          const kept = text.slice(at, edit.start);
          expect(rest.startsWith(kept + edit.text)).toBe(true);
          rest = rest.slice(kept.length + edit.text.length);
          at = edit.end;
        }
        expect(rest).toBe(text.slice(at));
      }),
    );
  });

  test("written twice is written once", () => {
    assert(
      property(anySaid, (said) => {
        const once = written(text, said);
        expect(written(once, said)).toBe(once);
      }),
    );
  });

  test("changes nothing but marks, statuses, the date and the marker", () => {
    assert(
      property(anySaid, (said) => {
        const after = written(text, said);
        for (const line of changes(text.replace(" RESUME HERE 👈", ""), after.replace(" RESUME HERE 👈", "")))
          expect(line).toMatch(/^(?:- \[[ x-]\] |\| \*\*(?:Status|Last Updated)\*\* |### Phase 1: )/);
      }),
    );
  });

  test("names what it expects to find, so that a changed text is noticed", () => {
    const edits = writeBackEdits(
      source,
      plan,
      understood,
      standingWith(understood, { "task:TASK-1.1": "verified" }),
      now,
    );
    const other = createSource(
      source.path,
      new TextEncoder().encode(text.replace("- [ ] **TASK-1.1**", "- [-] **TASK-1.1**")),
    );
    expect(() => applyEdits(other, edits)).toThrow();
  });
});
