import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CliWorld, createCliWorld, envelopeOf, filesBelow } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

/** Every command that only reads. */
const reading: readonly (readonly string[])[] = [
  [],
  ["check"],
  ["check", "--score", "--json"],
  ["show", "IPLAN-001"],
  ["show", "IPLAN-001", "--explain"],
  ["show", "IPLAN-001", "--json"],
  ["status"],
  ["status", "IPLAN-001", "--json"],
  ["next"],
  ["doctor"],
  ["doctor", "--plan", "IPLAN-001"],
  ["trust", "IPLAN-001"],
  ["run", "IPLAN-001", "--dry-run"],
];

/** Digest of every file of the workspace and of what lies outside it, links included. */
function pictureOf(world: CliWorld): readonly string[] {
  return [world.root, world.outside, world.home].flatMap((folder) =>
    filesBelow(folder).map((name) => {
      const path = join(folder, name);
      const content = existsSync(path) && statSync(path).isFile() ? readFileSync(path) : "no file";
      return `${path} ${createHash("sha256").update(content).digest("hex")}`;
    }),
  );
}

/** Runs every reading command and expects that no file came, went or changed, and no mark was left anywhere. */
function expectHarmless(
  world: CliWorld,
  environment: Readonly<Record<string, string>> = {},
  commands: readonly (readonly string[])[] = reading,
): void {
  const before = pictureOf(world);
  const outputs = commands.map((words) => world.iplan(words, { environment }));
  expect(pictureOf(world)).toEqual(before);
  for (const folder of [world.root, world.outside, world.home, "/"])
    expect(existsSync(join(folder, "pwned"))).toBe(false);
  for (const { stderr, code } of outputs) {
    expect(stderr).not.toContain("Something went wrong inside");
    expect(code).not.toBeNull();
  }
}

const bait = "$(touch pwned) `touch pwned` ; touch pwned";

describe("reading commands execute and write nothing", () => {
  test("of a document full of commands in every place", () => {
    const text = planDocument(
      [
        {
          title: `A step ${bait}`,
          run: `touch pwned\n${bait}`,
          verify: "touch pwned && test -e pwned",
          outcomes: [
            `\`${bait}\` exists`,
            "`../outside/pwned` exists",
            `Output contains "${bait}"`,
            "`touch pwned` exits clean",
          ],
        },
      ],
      {
        title: `Name ${bait}`,
        deliverables: [`\`$(touch pwned)\` ${bait}`, "`/etc/passwd` exists"],
        prerequisites: [
          `node $(touch pwned) 1+`,
          "../outside/evil 1+",
          "/bin/touch 1+",
          "evil 1+",
          "`bash -c 'touch pwned'` 5+",
        ],
        checklist: [`[ ] ${bait}`, "`touch pwned` passes"],
        more: `## Command Reference\n\n\`\`\`bash\ntouch pwned\n\`\`\`\n\n<!-- iplan: init="touch pwned" claim="exists $(touch pwned)" ready=port:1 -->\n`,
      },
    );
    const world = createCliWorld({
      [planPath()]: `---\ntitle: !!js/function 'function(){require("fs")}'\n---\n${text}`,
    });
    for (const name of ["evil", "node", "git", "bash"]) {
      writeFileSync(join(world.outside, name), `#!/bin/sh\ntouch '${world.outside}/pwned'\n`);
      chmodSync(join(world.outside, name), 0o755);
      writeFileSync(join(world.root, name), `#!/bin/sh\ntouch '${world.outside}/pwned'\n`);
      chmodSync(join(world.root, name), 0o755);
    }
    expectHarmless(world, { PATH: `.:bin:${process.env["PATH"]}` });
  });

  test.each<[string, string]>([
    ["names a profile outside", "profile: ../outside/profile.yaml\n"],
    ["names documents outside", "docs: ../outside\n"],
    ["names documents by an absolute path", "docs: /\n"],
    ["wants to approve by itself", "trust: all\npolicy:\n  destructive: allow\nunsafe: true\n"],
    ["holds code", "docs: !!js/function 'function(){}'\nprofile: !<tag:yaml.org,2002:js/undefined> ''\n"],
    ["reaches for prototypes", "__proto__:\n  docs: /\nconstructor: x\nrules:\n  __proto__: off\n"],
    ["is a bomb of aliases", bomb()],
    ["is no YAML", "docs: [\n}}}\u0000\n"],
    ["has patterns that could run away", 'ignore:\n  - "(a+)+$"\n  - "**/**/**/**/**/x"\nwaivers:\n  - rule: "*"\n'],
  ])("of a configuration that %s", (_name, config) => {
    const world = createCliWorld({ [planPath()]: planDocument([{ run: "touch a", verify: "test -e a" }]) });
    writeFileSync(join(world.outside, "profile.yaml"), "name: evil\n");
    writeFileSync(
      join(world.outside, "IPLAN-077_x_20260101_000000.md"),
      planDocument([{ run: "true" }], { id: "IPLAN-077" }),
    );
    world.write("iplan.config.yaml", config);
    expectHarmless(world, {}, [["check"], ["status"], ["doctor"], ["show", "IPLAN-001"]]);
    expect(world.iplan(["status", "--json"]).stdout).not.toContain("IPLAN-077");
    const { exitCode, findings } = envelopeOf(world.iplan(["check", "--json"]));
    expect(findings.some(({ path }) => path === "iplan.config.yaml")).toBe(true);
    expect(exitCode).not.toBe(0);
  });

  test("of state that came with a repository: it is shown as foreign and decides nothing", () => {
    const world = createCliWorld({ [planPath()]: planDocument([{ run: "touch a", verify: "test -e a" }]) });
    const origin = createCliWorld({ [planPath()]: planDocument([{ run: "touch a", verify: "test -e a" }]) });
    origin.approve("IPLAN-001");
    origin.iplan(["run", "IPLAN-001"]);
    for (const name of filesBelow(join(origin.root, ".iplan")))
      world.write(`.iplan/${name}`, readFileSync(join(origin.root, ".iplan", name)));
    const event = {
      type: "block-running",
      unit: "step:1",
      block: "x",
      attempt: 1,
      pid: process.pid,
      processStart: "1",
    };
    world.write(".iplan/runs/forged.ndjson", `${JSON.stringify(event)}\n`);
    world.write(".iplan/locks/worktree.lock", "{}");
    world.write(".iplan/state/env", "touch pwned");
    expectHarmless(world);
    expect(world.iplan(["status", "IPLAN-001", "--json"]).stdout).toContain('"verdict": "pending"');
    expect(world.iplan(["doctor"]).stdout).toContain("journals of another machine");
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(world.exists("a")).toBe(true);
  });

  test("of a .iplan that is a link: nothing is written through it, by run either", () => {
    const world = createCliWorld({ [planPath()]: planDocument([{ run: "touch a", verify: "test -e a" }]) });
    symlinkSync(world.outside, join(world.root, ".iplan"));
    expectHarmless(world);
    world.approve("IPLAN-001");
    const result = world.iplan(["run", "IPLAN-001"]);
    expect(result.code).toBe(2);
    expect(filesBelow(world.outside)).toEqual([]);
    expect(world.iplan(["note", "IPLAN-001", "x"]).code).toBe(2);
    expect(filesBelow(world.outside)).toEqual([]);
  });

  test("of documents and folders that are links out of the workspace", () => {
    const world = createCliWorld({ [planPath()]: planDocument([{ run: "touch a", verify: "test -e a" }]) });
    const secret = planDocument([{ run: "touch a" }], { id: "IPLAN-050", title: "Secret plan" });
    writeFileSync(join(world.outside, "IPLAN-050_x_20260101_000000.md"), secret);
    mkdirSync(join(world.outside, "sub"));
    writeFileSync(join(world.outside, "sub/IPLAN-051_x_20260101_000000.md"), secret.replaceAll("050", "051"));
    symlinkSync(
      join(world.outside, "IPLAN-050_x_20260101_000000.md"),
      join(world.root, "docs/IPLAN-050_x_20260101_000000.md"),
    );
    symlinkSync(join(world.outside, "sub"), join(world.root, "docs/sub"));
    symlinkSync(join(world.outside, "receipt"), join(world.root, `${planPath()}.receipt.ndjson`));
    expectHarmless(world);
    for (const words of [...reading, ["show", "docs/IPLAN-050_x_20260101_000000.md"], ["check", "docs/sub"]])
      expect(JSON.stringify(world.iplan(words))).not.toContain("Secret plan");
    expect(world.iplan(["check", "docs/IPLAN-050_x_20260101_000000.md", "--fix"]).code).toBe(2);
    expect(readFileSync(join(world.outside, "IPLAN-050_x_20260101_000000.md"), "utf8")).toBe(secret);
  });

  test("of a new plan where the folder is a link out of the workspace", () => {
    const world = createCliWorld();
    symlinkSync(world.outside, join(world.root, "docs/IPLAN"));
    expect(world.iplan(["new", "iplan", "--title", "Escape"]).code).toBe(2);
    expect(filesBelow(world.outside)).toEqual([]);
  });

  test("of a repository whose git would run something", () => {
    const world = createCliWorld({ [planPath()]: planDocument([{ run: "touch a", verify: "test -e a" }]) });
    const git = (...words: string[]): void => {
      const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
      execFileSync("git", [...identity, ...words], { cwd: world.root, stdio: "ignore" });
    };
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "x");
    const hook = `#!/bin/sh\ntouch '${world.outside}/pwned'\n`;
    writeFileSync(join(world.outside, "hook"), hook);
    chmodSync(join(world.outside, "hook"), 0o755);
    for (const [key, value] of [
      ["core.fsmonitor", join(world.outside, "hook")],
      ["diff.external", join(world.outside, "hook")],
      ["core.pager", join(world.outside, "hook")],
      ["core.hooksPath", world.outside],
      ["core.sshCommand", join(world.outside, "hook")],
    ] as const)
      git("config", key, value);
    const before = pictureOf(world).filter((line) => !line.includes("/.git/"));
    for (const words of reading) world.iplan(words);
    expect(pictureOf(world).filter((line) => !line.includes("/.git/"))).toEqual(before);
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(existsSync(join(world.outside, "pwned"))).toBe(false);
  });

  test("of start files of the shell", () => {
    const world = createCliWorld({ [planPath()]: planDocument([{ run: "touch a", verify: "test -e a" }]) });
    const rc = `touch '${world.outside}/pwned'\n`;
    for (const name of [".bashrc", ".bash_profile", ".profile"]) writeFileSync(join(world.home, name), rc);
    writeFileSync(join(world.home, "env"), rc);
    const environment = { BASH_ENV: join(world.home, "env"), ENV: join(world.home, "env") };
    expectHarmless(world, environment);
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001"], { environment }).code).toBe(0);
    expect(existsSync(join(world.outside, "pwned"))).toBe(false);
  });
});

function bomb(): string {
  const lines = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [index, name] of [..."bcdefghij"].entries()) {
    const former = "abcdefghi"[index];
    lines.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${former}`).join(", ")}]`);
  }
  return `${lines.join("\n")}\nignore: *j\n`;
}
