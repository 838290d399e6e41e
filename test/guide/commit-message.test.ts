import { describe, expect, test } from "vitest";
import { commitMessage, type CommitTrailer } from "#guide/commit-message";
import { planDocument } from "../support/plan-document.ts";
import { understandText } from "../support/understood-document.ts";

const graph: readonly CommitTrailer[] = [
  { name: "Implements", ids: ["TASKS-001"] },
  { name: "Satisfies", ids: ["REQ-001", "REQ-002"] },
  { name: "Tests", ids: ["BDD-001"] },
  { name: "IPLAN", ids: ["IPLAN-001"] },
];
const trailers = "Implements: TASKS-001\nSatisfies: REQ-001, REQ-002\nTests: BDD-001\nIPLAN: IPLAN-001";

const messageOf = (text: string, known = graph, isRecord = false) =>
  commitMessage(understandText(text).understood, known, isRecord);
const ofCommand = (run: string) => messageOf(planDocument([{ run: "true" }, { run }]));

describe("the message of a plan's commit", () => {
  test.each<[string, string, string]>([
    ["-m of its commit step", "git commit -m 'Add the wall'", "Add the wall"],
    ["several -m as paragraphs", "git commit -m 'Add the wall' -m 'It holds.'", "Add the wall\n\nIt holds."],
    ["--message=", "git add a && git commit --message='Add the wall' -- a", "Add the wall"],
    ["-am", "git -c user.name=x commit -am 'Add the wall'", "Add the wall"],
    [
      "a here-document on standard input",
      "git commit -F - <<'EOF'\nAdd the wall\n\n# not a comment\nEOF",
      "Add the wall\n\n# not a comment",
    ],
    ["a here-document with tabs", "git commit --file=- <<-EOF\n\tAdd the wall\n\tEOF", "Add the wall"],
    ["cat in a substitution", "git commit -m \"$(cat <<'EOF'\nAdd the wall\nEOF\n)\"", "Add the wall"],
    ["the commit inside of a condition", "if true; then\n  git commit -m 'Add the wall'\nfi", "Add the wall"],
  ])("is taken from %s", (_what, run, body) => {
    expect(ofCommand(run).text).toBe(`${body}\n\n${trailers}\n`);
  });

  test.each<[string, string, RegExp]>([
    ["only bash can know it", 'git commit -m "Release $VERSION"', /only bash knows/],
    ["a here-document expands", "git commit -F - <<EOF\nRelease $VERSION\nEOF", /only bash knows/],
    ["it lies in a file", "git commit -F message.txt", /only bash knows/],
    ["it is not filled in", "git commit -m '[commit message following format]'", /not filled in/],
    ["its ids are not filled in", "git commit -m 'Add it' -m 'Implements: TASKS-NNN'", /not filled in/],
    ["it is empty", "git commit -m ''", /is empty/],
  ])("is composed where %s", (_why, run, note) => {
    const { text, notes } = ofCommand(run);
    expect(text).toBe(`A small plan\n\nShow that a plan runs.\n\n${trailers}\n`);
    expect(notes).toEqual([expect.stringMatching(note)]);
  });

  test("is composed without a word where the plan has none", () => {
    const { text, notes, subject } = messageOf(planDocument([{ run: "true" }], { title: "Long ".repeat(20) }));
    expect(subject.length).toBeLessThanOrEqual(72);
    expect(text.startsWith("Long Long")).toBe(true);
    expect(notes).toEqual([]);
  });

  test("is what stands in a section of its own, before any command", () => {
    const more = "\n## Commit Message\n\n```text\nAdd the wall\n```\n";
    expect(messageOf(planDocument([{ run: "git commit -m 'Other'" }], { more })).subject).toBe("Add the wall");
    const fenced = "\n## Appendix\n\n**Commit message**:\n\n```\nAdd the gate\n```\n";
    expect(messageOf(planDocument([{ run: "true" }], { more: fenced })).subject).toBe("Add the gate");
  });

  test("has the trailers of the graph in place of those that were written, and keeps all others", () => {
    const written = [
      "Add the wall",
      "Tests: all of them are green now.",
      "[Traceability]\n- Implements: TASKS-009\n- Satisfies: REQ-009\n- Tests: BDD-009 scenarios",
      "Reviewed-by: Ann <ann@example.org>\nRefs: #12",
    ];
    const { text } = ofCommand(`git commit -F - <<'EOF'\n${written.join("\n\n")}\nEOF`);
    expect(text).toBe(
      `Add the wall\n\nTests: all of them are green now.\n\n${trailers}\nReviewed-by: Ann <ann@example.org>\nRefs: #12\n`,
    );
  });

  test("keeps what the plan wrote where the graph knows nothing, and says so", () => {
    const known = graph.map(({ name, ids }) => ({ name, ids: name === "Tests" || name === "Implements" ? [] : ids }));
    const run = "git commit -m 'Add the wall' -m 'Implements: TASKS-001'";
    const { text, notes } = messageOf(planDocument([{ run }]), known);
    expect(text).toBe("Add the wall\n\nImplements: TASKS-001\nSatisfies: REQ-001, REQ-002\nIPLAN: IPLAN-001\n");
    expect(notes).toEqual([expect.stringContaining("Implements: TASKS-001 stands as the plan wrote it")]);
  });

  test("says that it is a record where nothing but the plan is committed", () => {
    const { text } = messageOf(planDocument([{ run: "git commit -m 'Add the wall' -m 'Refs: #12'" }]), graph, true);
    expect(text).toBe(`Record IPLAN-001: A small plan\n\n${trailers}\n`);
  });
});
