import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { readConfig } from "#session/config";
import { configSchema } from "#session/config-schema";
import { root, type SessionWorld } from "../support/session-world.ts";
import { git, noConfig, project } from "../support/setup-project.ts";

/** Every file of the workspace with its text. */
function snapshot(world: SessionWorld): Readonly<Record<string, string>> {
  const below = (folder: string): (readonly [string, string])[] =>
    world.host.files.list(folder).flatMap(({ name, kind }) => {
      const path = `${folder}/${name}`;
      return kind === "directory" ? below(path) : [[path.slice(root.length + 1), world.host.files.text(path) ?? kind]];
    });
  return Object.fromEntries(below(root));
}

interface Change {
  readonly path: string;
  readonly state: string;
  readonly note?: string;
}

async function changes(world: SessionWorld, words: readonly string[]): Promise<readonly Change[]> {
  return (await world.data(["init", ...words]))["changes"] as readonly Change[];
}
const stateOf = (all: readonly Change[], path: string): string | undefined =>
  all.find((change) => change.path === path)?.state;

const everyone = ["--assistants", "claude,gemini,cursor,vscode,codex"];

describe("init", () => {
  test("writes settings that are read without a finding, and a schema that accepts them", async () => {
    const world = project({ "docs/REQ/REQ-001_a.md": "# REQ-001: A\n", "packages/x/a.ts": "" });
    expect((await world.call(["init"])).code).toBe(0);
    const text = world.text(noConfig);
    const { config, problems } = await readConfig(text, "2026-11-20");
    expect(problems).toEqual([]);
    expect(config).toMatchObject({ profile: "aidoc-16", docs: "docs" });
    expect(config.sources).toContain("packages/**");
    expect(text.startsWith("# yaml-language-server: $schema=./.iplan/config.schema.json\n")).toBe(true);
    const schema = JSON.parse(world.text(".iplan/config.schema.json")) as object;
    expect(schema).toEqual(configSchema());
    expect(new Ajv().validateSchema(schema)).toBe(true);
  });

  test("shows every key, and each example is right when it is taken in", async () => {
    const world = project();
    await world.call(["init"]);
    const text = world.text(noConfig).replace(/^# (\w+:)/gm, "$1");
    const { problems } = await readConfig(text, "2026-11-20");
    expect(problems).toEqual([]);
    expect(text.match(/^\w+:/gm)).toHaveLength(10);
  });

  test.each([
    ["nothing to change the second time", {}, everyone],
    ["nothing to change where git is", git, everyone],
    ["nothing to change with folders", git, ["--tree", "--docs", "spec"]],
    ["nothing to change with folders of any name", git, ["--tree", "--docs", "dökü/日 本"]],
  ])("finds %s", async (_name, files, words) => {
    const world = project(files);
    await world.call(["init", ...words]);
    const first = snapshot(world);
    const { code, stdout } = await world.call([
      "init",
      ...words.filter((word, at) => word !== "--docs" && words[at - 1] !== "--docs"),
    ]);
    expect([code, stdout.includes("Everything is there; nothing was changed.")]).toEqual([0, true]);
    expect(snapshot(world)).toEqual(first);
  });

  test.each([
    ["an empty project", {}],
    ["a repository", git],
    ["files without a line end", { ...git, "AGENTS.md": "# Mine", "CLAUDE.md": "", ".gitignore": "dist" }],
    ["files with other line ends", { ...git, "AGENTS.md": "# Mine\r\n\r\n", ".gitignore": "dist\r\n" }],
    [
      "settings of a person",
      {
        ".claude/settings.json": '{\n\t// mine\n\t"hooks": {"Stop": []}, "a": 1,\n}',
        ".mcp.json": '{"mcpServers":{}}',
        ".gemini/settings.json": "{}",
      },
    ],
  ])("and --remove give %s back to the byte", async (_name, files) => {
    const world = project(files);
    const before = snapshot(world);
    expect((await world.call(["init", ...everyone, "--tree"])).code).toBe(0);
    expect(snapshot(world)).not.toEqual(before);
    const { code } = await world.call(["init", "--remove"]);
    expect(code).toBe(0);
    expect(snapshot(world)).toEqual(before);
    expect((await world.call(["init", "--remove"])).stdout).toContain("There is nothing to take away.");
  });

  test("makes the key with which a check is kept, and --remove takes what was kept", async () => {
    const world = project({ ...git, "docs/BRD/BRD-001_a.md": "# BRD-001: A\n" });
    const before = snapshot(world);
    await world.call(["init", "--dry-run"]);
    await world.call(["check"]);
    expect(snapshot(world)).toEqual(before);
    await world.call(["init"]);
    await world.host.timer.sleep(60_000);
    await world.call(["check"]);
    expect(Object.keys(snapshot(world))).toContain(".iplan/cache/check");
    await world.call(["init", "--remove"]);
    expect(snapshot(world)).toEqual(before);
  });

  test("--remove goes by marks and names where another machine wrote them, and keeps the settings", async () => {
    const world = project({ ...git, "AGENTS.md": "# Mine\n", ".gitignore": "dist\n" });
    await world.call(["init", ...everyone]);
    world.host.files.remove(`${root}/.iplan`);
    world.host.files.put(`${root}/AGENTS.md`, `${world.text("AGENTS.md")}\nMore.\n`);
    const removed = await changes(world, ["--remove"]);
    expect(stateOf(removed, noConfig)).toBe("kept");
    expect(Object.keys(snapshot(world)).sort()).toEqual(
      [".git/HEAD", ".gitignore", "AGENTS.md", noConfig, "package.json"].sort(),
    );
    expect(world.text("AGENTS.md")).toBe("# Mine\n\nMore.\n");
    expect(world.text(".gitignore")).toBe("dist\n");
  });

  test("keeps a block that was changed by hand, unless --yes asks for it anew", async () => {
    const world = project();
    await world.call(["init", "--assistants", "codex"]);
    const whole = world.text("AGENTS.md");
    const changed = whole.replace("## Plans (iplan)", "## Our plans");
    world.host.files.put(`${root}/AGENTS.md`, changed);
    expect(stateOf(await changes(world, []), "AGENTS.md")).toBe("kept");
    expect(stateOf(await changes(world, ["--remove", "--dry-run"]), "AGENTS.md")).toBe("kept");
    expect(world.text("AGENTS.md")).toBe(changed);
    expect(stateOf(await changes(world, ["--yes"]), "AGENTS.md")).toBe("update");
    expect(world.text("AGENTS.md")).toBe(whole);
  });

  test("brings a block of an older version up to date, and only the block", async () => {
    const world = project({ "AGENTS.md": "# Mine\n" });
    await world.call(["init", "--assistants", "codex"]);
    const whole = world.text("AGENTS.md");
    const body = "old words\n";
    const digest = world.host.hash.sha256(body).slice(0, 12);
    const old = `# Mine\n\n<!-- iplan:begin ${digest} -->\n${body}<!-- iplan:end -->\n`;
    world.host.files.put(`${root}/AGENTS.md`, old);
    expect(stateOf(await changes(world, []), "AGENTS.md")).toBe("update");
    expect(world.text("AGENTS.md")).toBe(whole);
  });

  test("a second file of instructions that is a link to the first, or reads it, is left alone", async () => {
    const world = project({ "AGENTS.md": "# Mine\n", "GEMINI.md": "Read this:\n@./AGENTS.md\n" });
    world.host.files.link(`${root}/CLAUDE.md`, "AGENTS.md");
    const all = await changes(world, ["--assistants", "claude,gemini"]);
    expect(all.find(({ path }) => path === "CLAUDE.md")?.note).toBe("is a link to AGENTS.md");
    expect(all.find(({ path }) => path === "GEMINI.md")?.note).toBe("reads AGENTS.md");
    expect(world.text("AGENTS.md").match(/iplan:begin/g)).toHaveLength(1);
    expect(world.host.files.stat(`${root}/CLAUDE.md`)?.kind).toBe("link");
  });

  test.each([
    [
      "marks that do not fit together",
      (world: SessionWorld) => world.host.files.put(`${root}/AGENTS.md`, "<!-- iplan:end -->\n"),
      "AGENTS.md",
    ],
    [
      "a link out of the workspace",
      (world: SessionWorld) => world.host.files.link(`${root}/AGENTS.md`, "/etc/motd"),
      "AGENTS.md",
    ],
    [
      "a text in UTF-16",
      (world: SessionWorld) => world.host.files.put(`${root}/AGENTS.md`, "\uFEFFa\0b\0"),
      "AGENTS.md",
    ],
  ])("leaves %s alone, does the rest, and ends with 1", async (_name, spoil, path) => {
    const world = project();
    world.host.files.put("/etc/motd", "hello\n");
    spoil(world);
    const before = world.host.files.text(`${root}/${path}`);
    const { code } = await world.call(["init", "--assistants", "codex"]);
    expect(code).toBe(1);
    expect(world.host.files.text(`${root}/${path}`)).toBe(before);
    expect(world.host.files.text("/etc/motd")).toBe("hello\n");
    expect(world.text(noConfig)).toContain("profile: aidoc-16");
  });

  test("writes nothing at all where one place may not be written", async () => {
    const world = project({ ".cursor/rules": "x" });
    const { files } = world.host;
    const allows = files.allows.bind(files);
    files.allows = (path, access) => path !== root && allows(path, access);
    const before = snapshot(world);
    const { code, stderr } = await world.call(["init"]);
    expect([code, stderr.includes("may not be written; nothing was changed")]).toEqual([2, true]);
    expect(snapshot(world)).toEqual(before);
  });

  test("a dry run shows each file as a diff and writes nothing", async () => {
    const world = project({ "AGENTS.md": "# Mine\n" });
    const before = snapshot(world);
    const { code, stdout } = await world.call(["init", "--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\+\+\+ b\/AGENTS\.md\n@@ -1,1 \+1,\d+ @@\n # Mine\n\+\n\+<!-- iplan:begin/);
    expect(stdout).toContain("would change; nothing was written.");
    expect(snapshot(world)).toEqual(before);
  });

  test("an assistant may set up, not take away", async () => {
    const world = project({}, { environment: { CLAUDECODE: "1" } });
    expect((await world.call(["init"])).code).toBe(0);
    const { code, stderr } = await world.call(["init", "--remove"]);
    expect([code, stderr.includes("usage/assistant-refused")]).toEqual([2, true]);
    expect(world.text(noConfig)).not.toBe("");
  });

  test.each([
    ["an assistant nobody knows", ["--assistants", "hal"]],
    ["documents outside", ["--docs", "../x"]],
    ["a name that breaks a line", ["--docs", "a\nb"]],
    ["documents where settings say it", ["--docs", "x"], { [noConfig]: "docs: docs\n" }],
  ])("refuses %s", async (_name, words, files: Readonly<Record<string, string>> = {}) => {
    const world = project();
    for (const [path, text] of Object.entries(files)) world.host.files.put(`${root}/${path}`, text);
    expect((await world.call(["init", ...words])).code).toBe(2);
  });
});

describe("on a terminal, init", () => {
  test("asks for documents, folders and assistants, shows what it would do, and asks for that", async () => {
    const world = project();
    const { code } = await world.call(["init"], { answers: ["spec", "y", "claude codex", ""] });
    expect(code).toBe(0);
    expect(world.questions).toEqual([
      "Directory of documents [docs]: ",
      "Make a folder for each layer there? [y/N] ",
      "Assistants (claude, gemini, cursor, vscode, codex, none) [none]: ",
      expect.stringMatching(/^Write these \d+ files\? \[Y\/n\] $/),
    ]);
    expect(world.text(noConfig)).toContain("docs: spec");
    expect(world.host.files.stat(`${root}/spec/IPLAN/.gitkeep`)?.kind).toBe("file");
    expect(world.text("CLAUDE.md")).toContain("iplan next");
    expect(world.text("GEMINI.md")).toBe("");
  });

  test("takes what it shows for empty answers, and writes nothing for a no", async () => {
    const world = project({ "CLAUDE.md": "x\n" });
    const before = snapshot(world);
    const { stdout } = await world.call(["init"], { answers: ["", "", "", "n"] });
    expect(stdout).toContain("Nothing was written.");
    expect(snapshot(world)).toEqual(before);
    await world.call(["init"], { answers: ["", "", "", ""] });
    expect(world.text("CLAUDE.md")).toContain("x\n\n<!-- iplan:begin");
  });

  test("asks nothing with --yes", async () => {
    const world = project();
    await world.call(["init", "--yes"], { answers: [] });
    expect(world.questions).toEqual([]);
  });
});
