import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import type { CliResult } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

const plan = planDocument(
  [
    { title: "First", run: "touch a", verify: "test -e a" },
    { title: "Second", run: "touch b", verify: "test -e b" },
  ],
  { deliverables: ["[ ] `a` exists"], checklist: ["Read it aloud"] },
);
const assistant = { environment: { CLAUDECODE: "1" } };
const world = (files: Readonly<Record<string, string>> = {}): SessionWorld =>
  createSessionWorld({ [planPath()]: plan, ...files }, assistant);

const hook = (own: SessionWorld, event: string, call: unknown): Promise<CliResult> =>
  own.call(["hook", event], { input: typeof call === "string" ? call : JSON.stringify(call) });
const tool = (own: SessionWorld, tool_name: string, tool_input: unknown): Promise<CliResult> =>
  hook(own, "pre-tool", { hook_event_name: "PreToolUse", cwd: root, tool_name, tool_input });
const shell = (own: SessionWorld, command: string): Promise<CliResult> => tool(own, "Bash", { command });
const path = `${root}/${planPath()}`;

describe("a hook call that means nothing", () => {
  test.each([
    ["no input", "stop", ""],
    ["no JSON", "pre-tool", "{"],
    ["a list", "pre-tool", "[]"],
    ["a word", "session-start", '"x"'],
    ["no tool", "pre-tool", "{}"],
    ["an unknown event", "poem", "{}"],
    ["no event", "", "{}"],
  ])("(%s) keeps nobody from anything, and says so", async (_name, event, input) => {
    const { code, stdout, stderr } = await hook(world(), event, input);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^iplan hook: /u);
  });

  test("of any form ends with 0 or 1", async () => {
    const own = world();
    const seen: (number | null)[] = [];
    const texts: string[] = [];
    assert(
      property(string(), (text) => void texts.push(text)),
      { numRuns: 40 },
    );
    for (const text of texts)
      for (const tool_input of [text, { command: text }, { file_path: text }, { edits: [text] }, null])
        seen.push((await tool(own, "Write", tool_input)).code);
    expect(new Set(seen)).toEqual(new Set([0, 1]));
  });
});

describe("pre-tool refuses an edit", () => {
  const box = "- [ ] **TASK-1.1**";
  test.each<[string, string, unknown, string]>([
    [
      "that ticks a task",
      "Edit",
      { file_path: path, old_string: box, new_string: box.replace("[ ]", "[x]") },
      "iplan verify IPLAN-001 TASK-1.1",
    ],
    [
      "that ticks by another tool",
      "replace",
      { file_path: planPath(), old_string: box, new_string: box.replace("[ ]", "[x]") },
      "iplan verify IPLAN-001 TASK-1.1",
    ],
    [
      "that ticks by writing all",
      "Write",
      { file_path: path, content: plan.replaceAll("[ ]", "[X]") },
      "iplan verify IPLAN-001 TASK-1.1",
    ],
    [
      "that ticks among others",
      "MultiEdit",
      {
        file_path: path,
        edits: [
          { old_string: "Ada", new_string: "Bob" },
          { old_string: "- [ ] `a`", new_string: "- [x] `a`" },
        ],
      },
      'the box of "`a` exists"',
    ],
    [
      "that ticks an item",
      "Edit",
      { file_path: path, old_string: "- [ ] Read it aloud", new_string: "- [x] Read it aloud" },
      'the box of "Read it aloud"',
    ],
    [
      "that completes a phase",
      "Edit",
      { file_path: path, old_string: "- PENDING", new_string: "- COMPLETED" },
      "the status of phase 1",
    ],
    [
      "that completes the plan",
      "Edit",
      { file_path: path, old_string: "Ready for Implementation", new_string: "Completed" },
      "iplan run IPLAN-001",
    ],
    [
      "through a detour",
      "Edit",
      {
        file_path: `${root}/docs/x/../IPLAN/${planPath().split("/").pop()}`,
        old_string: box,
        new_string: box.replace("[ ]", "[x]"),
      },
      "TASK-1.1",
    ],
    ["of a receipt", "Write", { file_path: `${path}.receipt.ndjson`, content: "{}" }, "iplan verify PLAN TASK"],
    ["of the journal", "Write", { file_path: `${root}/.iplan/runs/a.ndjson`, content: "{}" }, "iplan note PLAN"],
    [
      "of a lease",
      "write_file",
      { file_path: `${root}/.git/iplan/leases/a.1.json`, content: "{}" },
      "iplan next --take",
    ],
    [
      "of the approvals",
      "Write",
      { file_path: "/home/u/.local/state/iplan/workspaces/w-1/approvals.json", content: "{}" },
      "iplan trust PLAN",
    ],
  ])("%s", async (_name, name, input, cure) => {
    const { code, stdout, stderr } = await tool(world(), name, input);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(cure);
  });

  test("of a new plan whose boxes are ticked", async () => {
    const file_path = `${root}/${planPath("IPLAN-002")}`;
    const { code } = await tool(world(), "Write", { file_path, content: plan.replaceAll("[ ]", "[x]") });
    expect(code).toBe(2);
  });

  test("of a generated part", async () => {
    const index = "docs/IPLAN/IPLAN-000_index.md";
    const own = world();
    await own.call(["registry", "IPLAN"]);
    const before = own.text(index);
    const row = before.split("\n").find((line) => line.includes("IPLAN-001")) ?? "";
    const change = {
      file_path: `${root}/${index}`,
      old_string: row,
      new_string: row.replace("IPLAN-001", "IPLAN-007"),
    };
    const refused = await tool(own, "Edit", change);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("iplan registry");
    expect((await tool(own, "Write", { file_path: `${root}/${index}`, content: `Words.\n\n${before}` })).code).toBe(0);
  });

  test("of settings that takes the hooks away", async () => {
    const settings = '{"hooks":{"PreToolUse":[{"hooks":[{"command":"iplan hook pre-tool"}]}]}}';
    const own = world({ ".claude/settings.json": settings });
    const file_path = `${root}/.claude/settings.json`;
    expect((await tool(own, "Write", { file_path, content: "{}" })).stderr).toContain("iplan init --remove");
    expect((await shell(own, "echo '{}' > .claude/settings.json")).code).toBe(2);
    expect((await tool(own, "Write", { file_path, content: settings.replace("{", '{"a":1,') })).code).toBe(0);
  });
});

describe("pre-tool lets pass", () => {
  test.each<[string, string, unknown]>([
    ["words of a plan", "Edit", { file_path: path, old_string: "Ada", new_string: "Bob" }],
    ["unticking", "Edit", { file_path: path, old_string: "nothing such", new_string: "[x]" }],
    [
      "a new task without a tick",
      "Edit",
      { file_path: path, old_string: "- [ ] **TASK-1.1**", new_string: "- [ ] **TASK-1.3**: New\n- [ ] **TASK-1.1**" },
    ],
    ["a source file", "Write", { file_path: `${root}/src/a.ts`, content: "[x] // .iplan" }],
    ["another document with boxes", "Write", { file_path: `${root}/README.md`, content: "- [x] done" }],
    ["a file elsewhere", "Write", { file_path: "/tmp/x.md", content: "- [x] done" }],
    ["reading", "Read", { file_path: `${root}/.iplan/runs/a.ndjson` }],
    ["a tool nobody knows", "Dance", { file_path: path, content: "[x]" }],
    ["a tool without a path", "Edit", {}],
  ])("%s", async (_name, name, input) => {
    expect(await tool(world(), name, input)).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("pre-tool refuses a command", () => {
  const file = planPath();
  test.each([
    ["echo '{}' >> docs/IPLAN/x.md.receipt.ndjson", "iplan verify"],
    ["rm -rf .iplan", "iplan note"],
    ["cd .iplan/runs && rm -f *", "iplan note"],
    ["tee .iplan/runs/x < y", "iplan note"],
    [`echo x | sudo tee "$PWD/.iplan/notes/x"`, "iplan note"],
    ["mv /tmp/forged.ndjson .iplan/runs/", "iplan note"],
    ["cp /tmp/lease .git/iplan/leases/a.2.json", "iplan next --take"],
    ["bash -c 'rm -r .iplan/runs'", "iplan note"],
    ["(cd /tmp; true) && eval 'rm -r .iplan'", "iplan note"],
    ["for f in a; do truncate -s 0 .iplan/runs/$f; done", "iplan note"],
    ["x=$(rm -r .iplan)", "iplan note"],
    ["python3 -c \"open('.iplan/runs/a','w').write('x')\"", "iplan note"],
    ["node <<'EOF'\nrequire('fs').writeFileSync('docs/a.receipt.ndjson','')\nEOF", "iplan verify"],
    ["echo y > ~/.local/state/iplan/workspaces/w/approvals.json", "iplan trust"],
    [`sed -i 's/\\[ \\]/[x]/' ${file}`, "set by proof"],
    [`sed -i.bak -e 's/PENDING/COMPLETED/' ${file}`, "set by proof"],
    [`perl -pi -e 's/\\[ \\]/[x]/' ${file}`, "set by proof"],
    [`python3 - <<'EOF'\np='${file}'\nopen(p,'w').write(open(p).read().replace('[ ]','[x]'))\nEOF`, "set by proof"],
    [`cat > ${file} <<'EOF'\n${plan.replaceAll("[ ]", "[x]")}\nEOF`, "iplan verify IPLAN-001 TASK-1.1"],
    [`cp ticked.md ${file}`, "iplan verify IPLAN-001 TASK-1.1"],
    ["iplan sign IPLAN-001 1 --reason 'looks fine'", "person's word"],
    ["npx --no-install iplan sign IPLAN-001 1 --reason x", "person's word"],
    ["node node_modules/.bin/iplan sign 1 1 --reason x", "person's word"],
    ["./node_modules/.bin/iplan --cwd . sign 1 1 --reason x", "person's word"],
    ["true && timeout 5 iplan sign 1 1 --reason x", "person's word"],
    ["sh -c 'iplan sign 1 1 --reason x'", "person's word"],
    ["iplan trust IPLAN-001", "for people"],
    ["yes | iplan trust IPLAN-001", "for people"],
    ["iplan trust IPLAN-001 --approve=abc", "for people"],
    ["iplan trust IPLAN-001 --json --approve=abc", "for people"],
    ["iplan run IPLAN-001 --trust=abc", "approved by people"],
    ["iplan verify IPLAN-001 --trust abc", "approved by people"],
    ["iplan check --accept", "for people"],
    ["iplan init --remove", "for people"],
    ["CLAUDECODE= iplan run IPLAN-001", "who asks"],
    ["unset CLAUDECODE; iplan run IPLAN-001", "who asks"],
    ["env -u CLAUDECODE iplan status", "who asks"],
    ["env -i PATH=$PATH iplan status", "who asks"],
    ["export CLAUDECODE= && iplan status", "who asks"],
    ["script -qc 'iplan trust IPLAN-001' /dev/null", "who asks"],
  ])("%s", async (command, cure) => {
    const own = world({ "ticked.md": plan.replaceAll("[ ]", "[x]") });
    const { code, stdout, stderr } = await shell(own, command);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(cure);
  });

  test.each([
    "npm test",
    "git status && git add -A && git commit -m 'iplan sign is for people'",
    "cat .iplan/runs/a.ndjson | head",
    "grep -rn '\\[x\\]' docs/IPLAN",
    "ls .iplan > /tmp/list",
    "iplan next --take",
    "iplan run IPLAN-001",
    "iplan verify IPLAN-001 TASK-1.1",
    "iplan note IPLAN-001 --block 'iplan sign is needed'",
    "iplan trust IPLAN-001 --json",
    "echo 'ask a person: iplan trust IPLAN-001'",
    `sed -i 's/Ada/Bob/' ${file}`,
    `cp ${file} /tmp/backup.md`,
    `cat ${file} | sed 's/\\[ \\]/[x]/'`,
    "rm -rf build dist",
    "python3 -c \"print(open('.iplan/runs/a').read())\"",
    "if [",
    "",
  ])("but not: %s", async (command) => {
    expect(await shell(world(), command)).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("of Gemini CLI in the same way", async () => {
    const call = {
      hook_event_name: "BeforeTool",
      cwd: root,
      tool_name: "run_shell_command",
      tool_input: { command: "rm -r .iplan" },
    };
    expect((await hook(world(), "pre-tool", call)).code).toBe(2);
  });
});

describe("stop", () => {
  const stopping = (own: SessionWorld, more = {}): Promise<CliResult> =>
    hook(own, "stop", { hook_event_name: "Stop", cwd: root, stop_hook_active: false, ...more });

  test("lets go who took nothing", async () => {
    expect(await stopping(world())).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("holds who leaves what was taken unproved, with the command to run, and only once", async () => {
    const own = world();
    await own.call(["next", "--take"]);
    const { code, stderr } = await stopping(own);
    expect(code).toBe(2);
    expect(stderr).toContain("You took IPLAN-001 step:1, and it is pending: not run");
    expect(stderr).toContain("iplan run IPLAN-001 --only 1");
    expect(stderr).toContain("iplan note IPLAN-001 --block 'reason' --unit step:1");
    expect((await stopping(own, { stop_hook_active: true })).code).toBe(0);
  });

  test.each<[string, (own: SessionWorld) => Promise<unknown>]>([
    ["proved it", async (own) => (await own.approve("1"), own.call(["run", "1"]))],
    ["gave it back", (own) => own.call(["note", "1", "--release"])],
    ["said why it cannot go on", (own) => own.call(["note", "1", "--block", "no key"])],
    ["waited until it was nobody's", (own) => Promise.resolve(own.host.clock.advance(3_600_000))],
  ])("lets go who %s", async (_name, act) => {
    const own = createSessionWorld({ [planPath()]: plan }, { environment: { IPLAN_HOLDER: "me" } });
    await own.call(["next", "--take"]);
    expect((await stopping(own)).code).toBe(2);
    await act(own);
    expect((await stopping(own)).code).toBe(0);
  });

  test("holds nobody to what somebody else took", async () => {
    const own = world();
    await own.call(["next", "--take", "--as", "other"]);
    expect((await stopping(own)).code).toBe(0);
  });

  test("of Gemini CLI in the same way, without its variable", async () => {
    const own = createSessionWorld({ [planPath()]: plan }, { environment: { GEMINI_CLI: "1" } });
    await own.call(["next", "--take"]);
    const bare = own.host.machine.environment as Record<string, string | undefined>;
    delete bare["GEMINI_CLI"];
    expect((await stopping(own, { hook_event_name: "AfterAgent" })).code).toBe(2);
  });
});

describe("task-completed", () => {
  test.each([
    ["that names the unit's title is held", "Do the first", 2],
    ["that names its step is held", "finish step 1", 2],
    ["without words is held", "", 2],
    ["of another task is not", "Tidy up", 0],
  ])("a task %s", async (_name, task_subject, code) => {
    const own = world();
    await own.call(["next", "--take"]);
    const call = {
      hook_event_name: "TaskCompleted",
      cwd: root,
      task_id: "1",
      ...(task_subject === "" ? {} : { task_subject }),
    };
    expect((await hook(own, "task-completed", call)).code).toBe(code);
  });
});

describe("session-start and pre-compact", () => {
  test("hand over the unit and where all plans stand", async () => {
    const { code, stdout } = await hook(world(), "session-start", {
      hook_event_name: "SessionStart",
      cwd: root,
      source: "startup",
    });
    const { hookSpecificOutput } = JSON.parse(stdout) as { hookSpecificOutput: Record<string, string> };
    expect(code).toBe(0);
    expect(hookSpecificOutput["hookEventName"]).toBe("SessionStart");
    expect(hookSpecificOutput["additionalContext"]).toContain("IPLAN-001 pending");
    expect(hookSpecificOutput["additionalContext"]).toContain("Run it with: iplan run IPLAN-001");
    expect((hookSpecificOutput["additionalContext"] ?? "").length).toBeLessThan(4000);
  });

  test("say nothing where there is no plan, and where all is done", async () => {
    const empty = createSessionWorld({});
    expect(await hook(empty, "session-start", { cwd: root })).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await hook(empty, "pre-compact", { cwd: root })).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("before a conversation is cut, hand over everything to go on", async () => {
    const own = world();
    await own.call(["note", "1", "Port 8080 is taken"]);
    const claude = await hook(own, "pre-compact", { hook_event_name: "PreCompact", cwd: root, trigger: "auto" });
    expect(claude.stdout).toMatch(/^Keep what follows/u);
    expect(claude.stdout).toContain("deviation (Claude Code): Port 8080 is taken");
    expect(claude.stdout).toContain("step:2 pending: Second (TASK-1.2), after step:1");
    const gemini = await hook(own, "pre-compact", { hook_event_name: "PreCompress", cwd: root });
    expect((JSON.parse(gemini.stdout) as { systemMessage: string }).systemMessage).toContain("Port 8080");
  });
});

describe("next --full", () => {
  test("is what a fresh reader starts from", async () => {
    const own = world();
    await own.call(["note", "1", "--block", "no key", "--unit", "2"]);
    const { stdout, code } = await own.call(["next", "--full"]);
    expect(code).toBe(0);
    for (const part of [
      "IPLAN-001 is pending",
      "Show that a plan runs.",
      "Phase 1 pending, 0 of 2 tasks",
      "step:2: no key",
      "iplan next IPLAN-001 --take",
      "touch a",
    ])
      expect(stdout).toContain(part);
    expect(await own.data(["next", "--full"])).toMatchObject({
      plan: "IPLAN-001",
      open: ["step:1 pending: First (TASK-1.1)", "step:2 pending: Second (TASK-1.2), after step:1"],
      next: { unit: { id: "step:1" } },
    });
  });
});
