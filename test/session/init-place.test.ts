import { describe, expect, test } from "vitest";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";
import { git, noConfig, project } from "../support/setup-project.ts";

describe("the directory that init sets up", () => {
  test.each([
    [
      "the one it stands in, when a project begins there",
      { "packages/a/package.json": "{}", ...git },
      "packages/a",
      "packages/a",
    ],
    ["the root of the repository from a folder in it", { "src/a.ts": "", ...git }, "src", ""],
    ["the workspace above", { [noConfig]: "docs: docs\n", "packages/a/package.json": "{}" }, "packages/a", ""],
    ["the one it stands in, without git or manifest", { "notes/a.txt": "" }, "notes", "notes"],
  ])("is %s", async (_name, files, from, expected) => {
    const world = project(files);
    world.host.files.remove(`${root}/package.json`);
    if (noConfig in files) world.host.files.put(`${root}/${noConfig}`, "docs: docs\n");
    const { data } = JSON.parse((await world.call(["init", "--json"], { cwd: `${root}/${from}` })).stdout) as {
      data: { root: string };
    };
    expect(data.root).toBe(`${root}${expected === "" ? "" : `/${expected}`}`);
  });

  test("is never the home", async () => {
    const world = createSessionWorld({}, { environment: { HOME: root } });
    const { code, stderr } = await world.call(["init"]);
    expect([code, stderr.includes("is no project; nothing was written")]).toEqual([2, true]);
  });
});

describe("what init finds", () => {
  test.each([
    [
      { "tsconfig.json": "", "pnpm-lock.yaml": "", "vitest.config.ts": "", ".github/workflows/a.yml": "" },
      { languages: "TypeScript", packages: "pnpm", tests: "vitest", CI: "GitHub Actions" },
    ],
    [
      { "package.json": '{"scripts": {"test": "node --test"}}' },
      { languages: "JavaScript", packages: "npm", tests: "node --test" },
    ],
    [
      { "pyproject.toml": "[tool.pytest.ini_options]\n", "uv.lock": "" },
      { languages: "JavaScript, Python", packages: "npm", tests: "pytest" },
    ],
    [{ "12_IPLAN/IPLAN-01_a.md": "", "01_BRD/BRD-01_a.md": "" }, { documents: "2 by aidoc-dotted, below ." }],
    [
      { "d/REQ/REQ-001_a.md": "", "d/REQ/REQ-002_a.md": "", "d/BRD/BRD-01_a.md": "" },
      { documents: "2 by aidoc-16, 1 by aidoc-dotted, below d" },
    ],
    [
      { ".cursor/x": "", "GEMINI.md": "" },
      { documents: "none yet", assistants: "Gemini CLI, Cursor" },
    ],
  ])("%j", async (files, expected) => {
    const world = project(files);
    expect((await world.data(["init"]))["found"]).toMatchObject(expected);
  });

  test("a mix of dialects is said in the settings", async () => {
    const world = project({ "d/REQ/REQ-001_a.md": "", "d/REQ/REQ-002_a.md": "", "d/BRD/BRD-01_a.md": "" });
    await world.call(["init"]);
    expect(world.text(noConfig)).toContain(
      "# Mixed: the names of 2 documents fit aidoc-16, those of 1 fit aidoc-dotted.\nprofile: aidoc-16\n",
    );
  });
});

describe("doctor says of the setup", () => {
  const setupOf = async (world: SessionWorld): Promise<object | undefined> =>
    ((await world.data(["doctor"]))["examinations"] as { subject: string }[]).find(
      ({ subject }) => subject === "setup",
    );

  test("that there is none", async () => {
    expect(await setupOf(project({ "CLAUDE.md": "x\n" }))).toMatchObject({
      state: "note",
      finding: "iplan init has written nothing here",
    });
  });

  test("that it is up to date", async () => {
    const world = project(git);
    await world.call(["init", "--assistants", "codex"]);
    expect(await setupOf(world)).toEqual({
      subject: "setup",
      state: "ok",
      finding: ".iplan/config.schema.json, .gitignore, AGENTS.md",
    });
  });

  test("what is out of date, and the cure", async () => {
    const world = project();
    await world.call(["init", "--assistants", "codex"]);
    const digest = world.host.hash.sha256("old\n").slice(0, 12);
    world.host.files.put(`${root}/AGENTS.md`, `<!-- iplan:begin ${digest} -->\nold\n<!-- iplan:end -->\n`);
    expect(await setupOf(world)).toMatchObject({
      state: "note",
      finding: "out of date: AGENTS.md",
      cure: expect.stringContaining("iplan init") as string,
    });
  });

  test("what was changed by hand", async () => {
    const world = project();
    await world.call(["init", "--assistants", "codex"]);
    world.host.files.put(`${root}/AGENTS.md`, world.text("AGENTS.md").replace("iplan next", "iplan status"));
    expect(await setupOf(world)).toMatchObject({
      state: "ok",
      finding: ".iplan/config.schema.json; changed by hand: AGENTS.md",
    });
  });

  test("what is broken", async () => {
    const world = project({ "AGENTS.md": "<!-- iplan:end -->\n" });
    expect(await setupOf(world)).toMatchObject({
      state: "problem",
      finding: expect.stringContaining("AGENTS.md line 1") as string,
    });
  });
});

describe("settings of assistants", () => {
  const claude = ["--assistants", "claude"];
  const settings = ".claude/settings.json";
  const changeOf = async (world: SessionWorld, words: readonly string[]): Promise<object | undefined> =>
    ((await world.data(["init", ...words]))["changes"] as { path: string }[]).find(({ path }) => path === settings);

  test("get hooks that call this program by its path, behind what is there", async () => {
    const world = project({ [settings]: '{\n  "model": "x" // mine\n}\n' });
    expect(await changeOf(world, claude)).toMatchObject({ state: "update" });
    expect(world.text(settings)).toMatch(/^\{\n {2}"model": "x", \/\/ mine\n {2}"hooks": \{/);
    expect(world.text(settings)).toContain('"command": "/usr/bin/iplan hook pre-tool"');
  });

  test("that are broken are left alone, and said", async () => {
    const world = project({ [settings]: '{ "hooks": {\n' });
    const { code, stdout } = await world.call(["init", ...claude]);
    expect([code, stdout.includes("is not JSON: a bracket has no end (line 1)")]).toEqual([1, true]);
    expect(world.text(settings)).toBe('{ "hooks": {\n');
    expect(world.text("CLAUDE.md")).toContain("iplan next");
  });

  test("name the project's own package where there is one", async () => {
    const world = project({ "node_modules/.bin/iplan": "", [settings]: "{}\n" });
    await world.call(["init", ...claude]);
    expect(world.text(settings)).toContain('"\\"$CLAUDE_PROJECT_DIR\\"/node_modules/.bin/iplan hook stop"');
    expect(world.text(noConfig)).toContain("$schema=./node_modules/iplan/dist/config.schema.json");
  });

  test("of a package in a larger repository ask for that of the directory above", async () => {
    const world = project({ "node_modules/.bin/iplan": "", "packages/a/package.json": "{}" });
    await world.call(["init", ...claude], { cwd: `${root}/packages/a` });
    expect(world.text(`packages/a/${settings}`)).toContain('"npx --no-install iplan hook stop"');
  });

  test("follow the program when it moved, and doctor says that it did", async () => {
    const world = project({ [settings]: "{}\n" });
    await world.call(["init", ...claude]);
    world.host.files.put(`${root}/${settings}`, world.text(settings).replaceAll("/usr/bin/iplan", "/opt/old/iplan"));
    const { stdout } = await world.call(["doctor"]);
    expect(stdout).toContain(`out of date: ${settings}`);
    expect(await changeOf(world, [])).toMatchObject({ state: "update" });
    expect(world.text(settings)).not.toContain("/opt/old");
  });

  test("are not written for a program without a path", async () => {
    const world = project({ [settings]: "{}\n" }, { programs: {} });
    expect(await changeOf(world, claude)).toMatchObject({
      state: "failed",
      note: "this program has no path by which it can be started",
    });
    expect(world.text(settings)).toBe("{}\n");
  });
});

test("iplan alone names init where nothing is set up, and the first plan where something is", async () => {
  const world = project();
  expect((await world.call([])).stdout).toContain("  iplan init\n  iplan new iplan --title");
  await world.call(["init"]);
  expect((await world.call([])).stdout).not.toContain("iplan init");
});

describe("an init that dies", () => {
  const files = { ...git, "AGENTS.md": "# Mine", ".claude/settings.json": '{"a":1}', ".gitignore": "dist\n" };
  const words = ["init", "--assistants", "claude,gemini"];
  // Why: what a writer that died left beside a file is swept by the next write of that file.
  const everything = (world: SessionWorld): Readonly<Record<string, string>> => {
    const below = (folder: string): (readonly [string, string])[] =>
      world.host.files.list(folder).flatMap(({ name, kind }) => {
        const path = `${folder}/${name}`;
        return kind === "directory"
          ? below(path)
          : [[path.slice(root.length + 1), world.host.files.text(path) ?? kind]];
      });
    return Object.fromEntries(below(root).filter(([path]) => path !== ".iplan/setup.json" && !path.endsWith(".tmp")));
  };

  test("at whatever write is completed by the next one, and taken back to the byte", async () => {
    const whole = project(files);
    const before = everything(whole);
    const start = whole.host.files.operations;
    await whole.call(words);
    const writes = whole.host.files.operations - start;
    expect(writes).toBeGreaterThan(20);
    for (let at = 1; at <= writes; at++) {
      const world = project(files);
      world.host.files.failAt(at, "crash");
      await world.call(words).catch(() => undefined);
      world.host.files.onOperation = undefined;
      expect((await world.call(words)).code, `write ${at}`).toBe(0);
      expect(everything(world), `write ${at}`).toEqual(everything(whole));
      expect((await world.call(["init", "--remove"])).code, `write ${at}`).toBe(0);
      expect(everything(world), `write ${at}`).toEqual(before);
    }
  });
});
