import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assistantSetups, hookCommand, isHookCommand, type ProgramCommand } from "#author/setup/assistants";
import { jsonValue, readJson } from "#author/setup/json-tree";
import {
  isEmptySettings,
  mergeSettings,
  type SettingsParts,
  settingsFiles,
  stripSettings,
} from "#author/setup/settings-merge";

const command: ProgramCommand = { kind: "package", path: "" };
const files = settingsFiles(Object.values(assistantSetups));
const mcp = files.get(".mcp.json") as SettingsParts;
const claude = files.get(".claude/settings.json") as SettingsParts;
const gemini = files.get(".gemini/settings.json") as SettingsParts;

function textOf(result: ReturnType<typeof mergeSettings>): string {
  if ("problem" in result) throw new Error(result.problem);
  return result.text;
}
const merge = (text: string, parts: SettingsParts, by = command): string => textOf(mergeSettings(text, parts, by));
const strip = (text: string, parts: SettingsParts): string => textOf(stripSettings(text, parts));
const read = (text: string): unknown => jsonValue(readJson(text));

const server = `"iplan": {
      "command": "npx",
      "args": [
        "--no-install",
        "iplan",
        "mcp"
      ]
    }`;

describe("a server in a file of settings", () => {
  test.each([
    ["is written into a new file", "", `{\n  "mcpServers": {\n    ${server}\n  }\n}\n`],
    [
      "stands behind other servers",
      '{\n  "mcpServers": {\n    "a": {}\n  }\n}\n',
      `{\n  "mcpServers": {\n    "a": {},\n    ${server}\n  }\n}\n`,
    ],
    [
      "stands behind the remark of the last one",
      '{\n  "mcpServers": {\n    "a": {} // mine\n  }\n}',
      `{\n  "mcpServers": {\n    "a": {}, // mine\n    ${server}\n  }\n}`,
    ],
    [
      "keeps a comma at the end where there was one",
      '{\n  "mcpServers": {\n    "a": {}, // mine\n  },\n}',
      `{\n  "mcpServers": {\n    "a": {}, // mine\n    ${server},\n  },\n}`,
    ],
    [
      "takes over the indentation",
      '{\n\t"theme": "dark"\n}\n',
      `{\n\t"theme": "dark",\n\t"mcpServers": {\n\t\t"iplan": {\n\t\t\t"command": "npx",\n\t\t\t"args": [\n\t\t\t\t"--no-install",\n\t\t\t\t"iplan",\n\t\t\t\t"mcp"\n\t\t\t]\n\t\t}\n\t}\n}\n`,
    ],
    [
      "stays on the line of a file of one line",
      '{"a":1}',
      '{"a":1, "mcpServers": { "iplan": { "command": "npx", "args": [ "--no-install", "iplan", "mcp" ] } }}',
    ],
  ])("%s", (_name, before, after) => {
    expect(merge(before, mcp, { kind: "packages-above", path: "" })).toBe(after);
    expect(merge(after, mcp, { kind: "packages-above", path: "" })).toBe(after);
  });

  test("keeps what a person added to it, and follows the program to another path", () => {
    const old = '{"mcpServers": {"iplan": {"command": "/old/iplan", "args": ["mcp"], "env": {"A": "b"}}}}';
    expect(read(merge(old, mcp, { kind: "path", path: "/new/iplan" }))).toEqual({
      mcpServers: { iplan: { command: "/new/iplan", args: ["mcp"], env: { A: "b" } } },
    });
  });

  test.each([
    ["broken JSON", '{"a": 1,\n  b\n}', "is not JSON: a name in double quotes is missing (line 2)"],
    ["a list", "[]", "is not JSON: an object in braces is expected (line 1)"],
    [
      "servers that are no object",
      '{\n"mcpServers": 3}',
      'is not JSON: "mcpServers" is expected to be an object in braces (line 2)',
    ],
  ])("%s is refused", (_name, text, problem) => expect(mergeSettings(text, mcp, command)).toEqual({ problem }));
});

describe("hooks in a file of settings", () => {
  test("of Claude Code have the form it reads, each with a path from the project's root", () => {
    const { hooks } = read(merge("{}", claude)) as { hooks: Record<string, unknown> };
    expect(Object.keys(hooks)).toEqual(["SessionStart", "PreCompact", "PreToolUse", "Stop", "TaskCompleted"]);
    expect(hooks["PreToolUse"]).toEqual([
      {
        matcher: "Edit|MultiEdit|Write|NotebookEdit|Bash",
        hooks: [
          { type: "command", command: '"$CLAUDE_PROJECT_DIR"/node_modules/.bin/iplan hook pre-tool', timeout: 60 },
        ],
      },
    ]);
  });

  test("of Gemini CLI stand beside its server, with names and milliseconds", () => {
    const { hooks, mcpServers } = read(merge("", gemini)) as { hooks: Record<string, unknown>; mcpServers: unknown };
    expect(mcpServers).toHaveProperty("iplan");
    expect(Object.keys(hooks)).toEqual(["SessionStart", "PreCompress", "BeforeTool", "AfterAgent"]);
    expect(hooks["AfterAgent"]).toEqual([
      {
        hooks: [
          {
            type: "command",
            command: '"$GEMINI_PROJECT_DIR"/node_modules/.bin/iplan hook stop',
            name: "iplan-stop",
            timeout: 60_000,
          },
        ],
      },
    ]);
  });

  const mine =
    '{\n  "hooks": {\n    "Stop": [\n      { "hooks": [{ "type": "command", "command": "mine" }] }\n    ]\n  }\n}\n';

  test("stand behind those of a person, and go without them", () => {
    const merged = merge(mine, claude);
    expect((read(merged) as { hooks: { Stop: unknown[] } }).hooks.Stop).toHaveLength(2);
    expect(merge(merged, claude)).toBe(merged);
    expect(strip(merged, claude)).toBe(mine);
  });

  test("that a person put into a group of their own are found there", () => {
    const own = merge("{}", claude).replace(
      '"hooks": [\n          {\n            "type": "command",',
      '"hooks": [\n          { "type": "command", "command": "mine" },\n          {\n            "type": "command",',
    );
    expect(own).toContain('"mine"');
    expect(merge(own, claude)).toBe(own);
    const left = read(strip(own, claude));
    expect(left).toEqual({ hooks: { SessionStart: [{ hooks: [{ type: "command", command: "mine" }] }] } });
  });

  test("follow the program to another path", () => {
    const moved = merge(merge("{}", claude), claude, { kind: "path", path: "/opt/my tools/iplan" });
    expect(moved).toContain('"command": "\'/opt/my tools/iplan\' hook stop"');
    expect(moved).not.toContain("node_modules");
  });

  test.each([
    ["npx --no-install iplan hook stop", true],
    ['"$CLAUDE_PROJECT_DIR"/node_modules/.bin/iplan hook stop', true],
    ["/usr/lib/iplan/dist/iplan.js hook stop", true],
    ["'/a b/iplan' hook stop", true],
    ["my-iplan hook stop", false],
    ["npx --no-install iplan hook pre-tool", false],
    ["echo iplan", false],
  ])("%s is ours: %s", (line, isOurs) => expect(isHookCommand(line, "stop")).toBe(isOurs));
});

describe("no command names the program alone", () => {
  const commands: readonly ProgramCommand[] = [
    command,
    { kind: "packages-above", path: "" },
    { kind: "path", path: "/usr/bin/iplan" },
  ];
  test.each(commands)("$kind", (by) => {
    for (const [, parts] of files) {
      const value = parts.server?.value(by) as { command: string; args: string[] } | undefined;
      const isResolved = value?.command.includes("/") || value?.args[0] === "--no-install";
      if (value !== undefined) expect(isResolved, JSON.stringify(value)).toBe(true);
      for (const { event } of parts.hooks?.entries ?? []) {
        expect(hookCommand(by, parts.hooks?.rootWord ?? "", event)).toMatch(/^(?:npx --no-install |["'/])/);
      }
    }
  });
});

const written = fc.dictionary(
  fc.constantFrom("a", "theme", "hooks", "mcpServers"),
  fc.oneof(
    fc.json({ maxDepth: 2 }).map((text) => JSON.parse(text) as unknown),
    fc.dictionary(
      fc.constantFrom("other", "Stop"),
      fc.array(fc.dictionary(fc.constantFrom("hooks", "matcher"), fc.string(), { maxKeys: 2 }), { maxLength: 2 }),
    ),
  ),
  { maxKeys: 4 },
);
const style = fc.constantFrom<string | number>(0, 1, 2, 4, "\t");
const remarked = fc.boolean();

describe("any file of settings", () => {
  test("keeps everything else, is the same the second time, and has its values back without ours", () => {
    let merged = 0;
    fc.assert(
      fc.property(written, style, remarked, (value, indent, hasRemarks) => {
        const plain = JSON.stringify(value, undefined, indent);
        const text = hasRemarks && indent !== 0 ? plain.replace(/,\n/g, ", // remark\n") : plain;
        for (const parts of [gemini, mcp, claude]) {
          const result = mergeSettings(text, parts, command);
          if ("problem" in result) continue;
          merged += 1;
          const after = read(result.text) as Record<string, unknown>;
          for (const [key, kept] of Object.entries(value))
            if (key === "a" || key === "theme") expect(after[key]).toEqual(kept);
          expect(textOf(mergeSettings(result.text, parts, command))).toBe(result.text);
          expect(withoutEmpty(read(strip(result.text, parts)))).toEqual(withoutEmpty(read(text)));
        }
      }),
      { numRuns: 1500 },
    );
    expect(merged).toBeGreaterThan(500);
  });
});

function withoutEmpty(value: unknown): unknown {
  const entries = Object.entries(value as Record<string, unknown>);
  const isEmpty = (name: string, each: unknown): boolean =>
    (name === "hooks" || name === "mcpServers") && JSON.stringify(each).replaceAll(/"\w+":\[\],?/g, "") === "{}";
  const lists = entries.map(([name, each]) => [name, name === "hooks" ? withoutLists(each) : each] as const);
  return Object.fromEntries(lists.filter(([name, each]) => !isEmpty(name, each)));
}

/** Why: an empty list of hooks and none say the same. */
function withoutLists(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, each]) => !(Array.isArray(each) && each.length === 0)));
}

test("what is left of a file that held nothing else is empty", () => {
  expect(isEmptySettings(strip(merge("", gemini), gemini))).toBe(true);
  expect(strip("", gemini)).toBe("");
});
