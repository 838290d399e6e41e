import type { RuleName } from "#rules/codes";
import { ruleRegistry } from "#rules/registry";
import { runRules } from "#rules/run-rules";
import { describe, expect, test } from "vitest";
import { hash } from "./synthetic.ts";
import { contextUnderTest } from "./workbench.ts";

function messages(rule: RuleName, content: string, more: { receipt?: string } = {}): readonly string[] {
  const context = contextUnderTest({ content, ...more });
  const rules = [ruleRegistry[rule]];
  return runRules([context], { hash, today: "2026-06-01", rules }).findings.map((one) => one.message);
}

const control = (...rows: readonly string[]): string =>
  `## Document Control\n\n| Item | Details |\n|---|---|\n${rows.map((row) => `| ${row} |\n`).join("")}`;
const block = (...lines: readonly string[]): string =>
  `## Execution Steps\n\n**Step 1: Do it**\n\n\`\`\`bash\n${lines.join("\n")}\n\`\`\`\n`;

describe("Last Updated before Created", () => {
  test.each([
    ["2026-02-03 09:00:00 UTC", "2026-02-03 08:59:59 UTC", true],
    ["2026-02-03 09:00:00 UTC", "2026-02-03 09:00:00 UTC", false],
    ["2026-02-03T09:00:00+02:00", "2026-02-03T08:00:00Z", false],
    ["2026-02-03T09:00:00+02:00", "2026-02-03T06:59:00Z", true],
    ["2026-02-03 09:00:00 EST", "2026-02-03T08:00:00Z", false],
    ["2026-02-05 09:00:00 XYZ", "2026-02-02 09:00:00 ABC", true],
    ["2026-02-03", "2026-02-03 01:00:00 UTC", false],
    ["2026-02-03", "2026-02-02", true],
  ])("%s, then %s: %s", (created, updated, expected) => {
    const found = messages("document/date-order", control(`**Created** | ${created}`, `**Last Updated** | ${updated}`));
    expect(found.length > 0).toBe(expected);
  });
});

describe("commands wait for a person", () => {
  test.each([
    ["vim notes.md", true],
    ["git rebase -i HEAD~2", true],
    ["git rebase main", false],
    ["git add -p", true],
    ["git commit --amend", true],
    ["git commit -F message.txt", false],
    ["docker run -it alpine sh", true],
    ["docker run --rm alpine true", false],
    ["docker ps -t", false],
    ["ls | less", false],
    ["python3 -c 'print(1)'", false],
    ["python3", true],
    ["echo 1 | python3", false],
    ["node < app.js", false],
    ["apt-get install jq", true],
    ["DEBIAN_FRONTEND=noninteractive apt-get install -yq jq", false],
    ["apt-get update", false],
    ["npm init -y", false],
    ["npm install", false],
    ["read -p 'Name? ' name", true],
    ["while read -r line; do echo; done < x", false],
    ["ssh-keygen -t ed25519", true],
    ["ssh-keygen -t ed25519 -N '' -f key", false],
    ["gh auth login", true],
    ["gh auth status", false],
    ["gh auth login --with-token < token", false],
    ["if true; then nano x; fi", true],
    ["case $x in a) top;; esac", true],
    ["for f in a; do vi $f; done", true],
    ["until false; do htop; done", true],
    ["echo $(git commit)", true],
    ["edit() { vim x; }", true],
    ["! passwd", true],
    ["{ passwd; } || true", true],
    ["(cd x && git commit)", true],
    ["[[ -n $(docker run -t x) ]]", true],
  ])("%s: %s", (command, expected) => {
    expect(messages("plan/interactive-command", block(command)).length > 0).toBe(expected);
  });
});

describe("where a cd leads", () => {
  test.each([
    ["twice from the same place", ["cd a", "cd b"], true],
    ["back in between", ["cd a", "cd /srv/x", "cd b"], false],
    ["home in between", ["cd a", "cd", "cd b"], false],
    ["inside parentheses", ["(cd a)", "(cd b)"], false],
    ["in the background", ["cd a &", "cd b"], false],
    ["with a variable", ["cd a", 'cd "$HOME/x"'], false],
    ["with options", ["cd -P a", "cd -- b"], true],
    ["to where it was", ["cd a", "cd -"], false],
  ])("%s", (_title, commands, expected) => {
    const steps = commands.map((command, at) => `**Step ${at + 1}: Go**\n\n\`\`\`bash\n${command}\n\`\`\`\n`);
    const found = messages("plan/directory-not-established", `## Execution Steps\n\n${steps.join("\n")}`);
    expect(found.length > 0).toBe(expected);
  });
});

describe("an unguarded cd", () => {
  test.each([
    [["cd build", "rm -rf *"], true],
    [["cd build && rm -rf *"], false],
    [["if cd build; then rm -rf *; fi"], false],
    [["rm -rf *", "cd build"], false],
    [["set -euo pipefail", "cd build", "rm -rf *"], false],
    [["(cd build; rm -rf *)"], false],
  ])("%j: %s", (lines, expected) => {
    expect(messages("plan/unsafe-cd", block(...lines)).length > 0).toBe(expected);
  });
});

describe("receipts", () => {
  const plan = "# IPLAN-001: A\n\n## Task List\n\n### Phase 1: B\n- [x] **TASK-1.1**: c\n- [x] **TASK-1.2**: d\n";
  const line = (unit: string, verdict: string, at: string): string =>
    JSON.stringify({ v: 1, kind: "task", unit, verdict, subject: "<current>", at, title: "", evidence: [] });

  test("that are absent give one finding for all ticks", () => {
    expect(messages("evidence/tick-without-receipt", plan)).toEqual([
      expect.stringMatching(/^TASK-1\.1 is ticked, but there is no receipt\..*\(and 1 more place\)$/),
    ]);
  });

  test("decide by their last line on a unit", () => {
    const receipt = [
      line("task:TASK-1.1", "verified", "2026-01-02"),
      line("task:TASK-1.2", "failed", "2026-01-03"),
      line("task:TASK-1.2", "verified", "2026-01-02"),
    ].join("\n");
    expect(messages("evidence/tick-without-receipt", plan, { receipt })).toEqual([
      expect.stringContaining("TASK-1.2 is ticked, but the receipt calls it failed."),
    ]);
  });

  test("of a completed plan must speak of every task", () => {
    const done = plan.replace("## Task", `${control("**Status** | Completed")}\n## Task`);
    expect(
      messages("evidence/completed-without-receipt", done, { receipt: line("task:TASK-1.1", "verified", "1") }),
    ).toEqual([expect.stringContaining("does not call verified: TASK-1.2.")]);
    expect(messages("evidence/completed-without-receipt", done)).toEqual([
      expect.stringContaining("there is no receipt"),
    ]);
  });
});

describe("what is not bash", () => {
  test("a block too deep to be understood is told, not passed over", () => {
    const deep = `${"{ ".repeat(300)}true;${" };".repeat(300)}`;
    expect(messages("plan/bash-syntax", block(deep))).toEqual([expect.stringContaining("too long or too deep")]);
  });

  test("an unterminated here-document is one finding, of its own rule", () => {
    const open = block("cat > a <<EOF", "x");
    expect(messages("plan/bash-syntax", open)).toEqual([]);
    expect(messages("plan/unterminated-heredoc", open)).toHaveLength(1);
  });
});

describe("a title", () => {
  test.each([
    ["# The gateway", "The title does not name the plan's id. Write # IPLAN-001: The gateway."],
    [
      "# IPLAN-01: The gateway",
      "IPLAN-01 is not written as this profile writes ids, such as IPLAN-001. Rename it, or choose the profile it follows in iplan.config.yaml.",
    ],
    ["# IPLAN-001: The gateway", undefined],
  ])("%s is told %s", (heading, message) => {
    expect(messages("document/title", `${heading}\n\n## Objective\n\nConnect.\n`)).toEqual(
      message === undefined ? [] : [message],
    );
  });
});

describe("estimates that do not add up", () => {
  test("are told without the noise of fractions", () => {
    const tasks = [1, 2, 3]
      .map((n) => `- [ ] **TASK-1.${n}**: part ${n} (${n === 3 ? "0.2" : "0.1"} hours)\n`)
      .join("");
    const content = `# IPLAN-001: X\n\n## Task List\n\n### Phase 1: Parts (0.1 hours)\n\n${tasks}`;
    expect(messages("plan/estimates-disagree", content)).toEqual([
      "The tasks of phase 1 add up to 24 min, its heading says 6 min. Correct one of them.",
    ]);
  });
});
