import { createMemoryHost } from "#host/memory";
import { defaultConfig } from "#model/config";
import { nodeAt, plainValue } from "#session/config-node";
import { readConfig } from "#session/config";
import { parseDuration } from "#session/config-values";
import { loadProfile } from "#session/profile-source";
import { readYaml } from "#session/read-yaml";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const today = "2025-11-25";

const whole = `
profile: aidoc-dotted
docs: docs/
sources: ["src/**"]
ignore: [drafts/]
timeout: 90s
secrets: [API_KEY]
policy: {network: deny, destructive: deny}
rules:
  plan/untied-step: off
  document/size: error
waivers:
  - rule: plan/*
    path: docs/old/**
    reason: written before the rules
    expires: 2026-01-31
reports: [build/junit.xml]
`;

describe("the settings", () => {
  test("are all read", async () => {
    expect(await readConfig(whole, today)).toEqual({
      problems: [],
      config: {
        profile: "aidoc-dotted",
        docs: "docs",
        sources: ["src/**"],
        ignore: ["drafts/"],
        timeoutMs: 90_000,
        secrets: ["API_KEY"],
        policy: { ...defaultConfig.policy, network: "deny", destructive: "deny" },
        rules: { "plan/untied-step": "off", "document/size": "error" },
        waivers: [{ rule: "plan/*", path: "docs/old/**", reason: "written before the rules", expires: "2026-01-31" }],
        reports: ["build/junit.xml"],
      },
    });
  });

  test.each([
    "",
    "# nothing yet\n",
    "docs:\n",
    "{}",
    "null",
  ])("have defaults for what is not there: %j", async (text) => {
    expect(await readConfig(text, today)).toEqual({ config: defaultConfig, problems: [] });
  });

  const wrong: readonly [text: string, kind: string, key: string, covered: string, message: string][] = [
    ["colour: red", "unknown-key", "colour", "colour", "Known are: profile, docs, sources"],
    ["assistants: [x]", "unknown-key", "assistants", "assistants", "is no setting"],
    ["toString: 1", "unknown-key", "toString", "toString", "is no setting"],
    ["profile: 5", "bad-value", "profile", "5", "must be a text"],
    ["docs: ../x", "bad-value", "docs", "../x", "inside the workspace"],
    ["docs: /x", "bad-value", "docs", "/x", "inside the workspace"],
    ["ignore: x", "bad-value", "ignore", "x", "must be a list"],
    ["ignore: [1]", "bad-value", "ignore[0]", "1", "must be a text"],
    ["timeout: 5", "bad-value", "timeout", "5", "such as `90s`"],
    ["timeout: 0s", "bad-value", "timeout", "0s", "such as `90s`"],
    ["secrets: [A-B]", "bad-value", "secrets[0]", "A-B", "name of a variable"],
    ["policy: allow", "bad-value", "policy", "allow", "must be a map"],
    ["policy: {network: maybe}", "bad-value", "policy.network", "maybe", "one of allow, confirm, deny"],
    ["policy: {danger: deny}", "unknown-key", "policy.danger", "danger", "Known are: read, workspace"],
    ["policy: {assistants: OUR_AGENT}", "bad-value", "policy.assistants", "OUR_AGENT", "must be a list"],
    ["policy: {assistants: [a b]}", "bad-value", "policy.assistants[0]", "a b", "the name of a variable"],
    ["policy: {destructive: allow}", "bad-value", "policy.destructive", "destructive", "confirmation of their own"],
    ["rules: {plan/x: loud}", "bad-value", "rules.plan/x", "loud", "one of error, warning, info, off"],
    ["waivers: [x]", "bad-value", "waivers[0]", "x", "must be a map"],
    [
      "waivers: [{rule: a/b, path: x}]",
      "waiver-without-reason",
      "waivers[0].reason",
      "{rule: a/b, path: x}",
      "says why",
    ],
    ["waivers: [{rule: a/b, path: x, reason: ' '}]", "waiver-without-reason", "waivers[0].reason", "' '", "says why"],
    ["waivers: [{path: x, reason: r}]", "bad-value", "waivers[0]", "{path: x, reason: r}", "names its rule and place"],
    ["waivers: [{rule: a/b, path: x, reason: r, until: never}]", "unknown-key", "waivers[0].until", "until", "expires"],
    [
      "waivers: [{rule: a/b, path: x, reason: r, expires: 2025-11-24}]",
      "expired-waiver",
      "waivers[0].expires",
      "2025-11-24",
      "ended on",
    ],
    [
      "waivers: [{rule: a/b, path: x, reason: r, expires: 2025-02-30}]",
      "bad-value",
      "waivers[0].expires",
      "2025-02-30",
      "a day such as",
    ],
    [
      "waivers: [{rule: a/b, path: x, reason: r, expires: soon}]",
      "bad-value",
      "waivers[0].expires",
      "soon",
      "a day such as",
    ],
    ["- a", "bad-value", "", "- a", "must be a map of settings"],
    ["docs: [a", "bad-value", "", "", "is not YAML"],
    ["docs: a\ndocs: b", "bad-value", "", "d", "Map keys must be unique"],
    ["a: &x 1\ndocs: *x", "bad-value", "", "*x", "has aliases"],
    ["? [a]\n: 1", "bad-value", "", "? [a]\n: 1", "key that is no text"],
    [`${"[".repeat(50)}${"]".repeat(50)}`, "bad-value", "", "[", "nested too deep"],
  ];

  test.each(wrong)("%j is %s at %s", async (text, kind, key, covered, message) => {
    const { problems, config } = await readConfig(text, today);
    const problem = problems.find((each) => each.kind === kind && each.key === key);
    expect(problem?.message).toContain(message);
    const range = problem?.range as { start: number; end: number };
    expect(text.slice(range.start, range.end)).toContain(covered);
    expect(config).toMatchObject({ profile: "aidoc-16", docs: ".", timeoutMs: 600_000, policy: defaultConfig.policy });
  });

  test.each([
    ["rules:\n  trace/uncoverd: error\n", "rules.trace/uncoverd", "Did you mean trace/uncovered?"],
    ['rules:\n  "trace/*": off\n', "rules.trace/*", "docs/rules/README.md"],
    ['waivers:\n  - {rule: trace/nope, path: "**", reason: x}\n', "waivers[0].rule", 'There is no rule "trace/nope".'],
  ])("a name that no rule has is told: %j", async (text, key, message) => {
    const { problems } = await readConfig(text, today);
    expect(problems).toMatchObject([{ key, message: expect.stringContaining(message) }]);
  });

  test("a waiver whose end cannot be read holds no more", async () => {
    const { config } = await readConfig("waivers: [{rule: a/b, path: x, reason: r, expires: soon}]", today);
    expect(config.waivers).toEqual([{ rule: "a/b", path: "x", reason: "r", expires: "0000-00-00" }]);
  });

  test("a rule written `off` by an older tool is off", async () => {
    expect((await readConfig("rules: {a/b: false}", today)).config.rules).toEqual({ "a/b": "off" });
  });

  test("a bomb of aliases is refused and not built", async () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const items = Array.from({ length: 10 }, () => (level === 0 ? "x" : `*a${level - 1}`));
      return `a${level}: &a${level} [${items.join(",")}]`;
    });
    const { problems } = await readConfig(levels.join("\n"), today);
    expect(problems.some((each) => each.message.includes("has aliases"))).toBe(true);
  });

  test("aliases have one cause, and what they stand for is not judged", async () => {
    const { problems } = await readConfig("docs: &d docs\nsources: [*d, *d]\nignore: [*d, 1]\n", today);
    expect(problems.map(({ key, cause }) => [key, cause])).toEqual([
      ["", "has aliases, which are not followed"],
      ["", "has aliases, which are not followed"],
      ["", "has aliases, which are not followed"],
      ["ignore[1]", undefined],
    ]);
  });

  test("a file that is too large is refused", async () => {
    const { problems } = await readConfig(`# ${"x".repeat(1_000_001)}`, today);
    expect(problems[0]?.message).toContain("too large");
  });

  test("of any text are read without a throw", async () => {
    const piece = fc.constantFrom(
      "docs: ",
      "- ",
      "a: ",
      "[",
      "]",
      "{",
      "}",
      "\n",
      "  ",
      "*x",
      "&x ",
      "!t ",
      "'",
      '"',
      "|",
      ": ",
      "x",
      "? ",
      "<<: ",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
        const { config } = await readConfig(pieces.join(""), today);
        expect(config.timeoutMs).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ["90s", 90_000],
  ["5m", 300_000],
  ["1h", 3_600_000],
  ["500ms", 500],
  [" 2m ", 120_000],
  ["0s", undefined],
  ["8000h", undefined],
  ["5", undefined],
  ["5 minutes", undefined],
  ["-5m", undefined],
  ["", undefined],
])("the duration %j is %s ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test("a node is found by path, or the nearest above it", async () => {
  const text = "a:\n  - name: x\n    b: [1, 2]\nc: 3\n";
  const { root } = await readYaml(text);
  if (root === undefined) throw new Error("no root");
  const shown = (path: string): string => {
    const { start, end } = nodeAt(root, path);
    return text.slice(start, end).trim();
  };
  expect(shown("a[x].b[1]")).toBe("2");
  expect(shown("a[0].b")).toBe("[1, 2]");
  expect(shown("a[nope].b")).toBe("- name: x\n    b: [1, 2]");
  expect(shown("c.d")).toBe("3");
  expect(plainValue(root)).toEqual({ a: [{ name: "x", b: [1, 2] }], c: 3 });
});

describe("the profile", () => {
  const load = (profile: string, files: Record<string, string> = {}): ReturnType<typeof loadProfile> => {
    const host = createMemoryHost({ files: { "/w/a": "", ...files } });
    host.files.link("/w/out", "/etc");
    return loadProfile(host.files, "/w", { ...defaultConfig, profile });
  };

  test("is a built-in one by name", async () => {
    expect(await load("aidoc-dotted")).toMatchObject({ profile: { name: "aidoc-dotted" }, problems: [] });
  });

  test("is a file of the workspace by path", async () => {
    const loaded = await load("house.yaml", { "/w/house.yaml": "extends: aidoc-16\nname: house\n" });
    expect(loaded).toMatchObject({ profile: { name: "house" }, path: "house.yaml", problems: [] });
  });

  test.each([
    ["nope", {}],
    ["none.yaml", {}],
    ["../x.yaml", { "/x.yaml": "extends: aidoc-16" }],
    ["/x.yaml", { "/x.yaml": "extends: aidoc-16" }],
    ["out/x.yaml", { "/etc/x.yaml": "extends: aidoc-16" }],
    ["a.yaml", { "/w/a.yaml/b": "" }],
  ])("%s is none", async (name, files) => {
    const { profile, problems } = await load(name, files as unknown as Record<string, string>);
    expect(profile.name).toBe("aidoc-16");
    expect(problems.map((each) => each.message)).toEqual([expect.stringContaining(`There is no profile "${name}"`)]);
  });

  test("that is broken says where and leaves the default", async () => {
    const text = "extends: aidoc-16\nlayers:\n  - type: REQ\n    element: maybe\n";
    const { profile, problems, path } = await load("p.yaml", { "/w/p.yaml": text });
    expect([profile.name, path]).toEqual(["aidoc-16", "p.yaml"]);
    expect(problems).toHaveLength(1);
    const range = problems[0]?.range as { start: number; end: number };
    expect(text.slice(range.start, range.end)).toBe("maybe");
    expect(problems[0]?.message).toBe("`layers[REQ].element` must be required, recommended or none.");
  });

  test.each([
    ["[", "The profile is not YAML"],
    ["", "The profile must be a map"],
  ])("of the text %j is none", async (text, message) => {
    const { problems } = await load("p.yaml", { "/w/p.yaml": text });
    expect(problems[0]?.message).toContain(message);
  });
});
