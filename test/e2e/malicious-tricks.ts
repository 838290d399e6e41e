import { chmodSync, linkSync, mkdirSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { planDocument, planPath } from "../support/plan-document.ts";
import { folderFor, type MaliciousWorld } from "./malicious-world.ts";

/** A repository's trick: how it is laid out, and with which environment of an innocent user it is read. */
export interface Trick {
  readonly lay: (world: MaliciousWorld) => void;
  readonly environment?: (world: MaliciousWorld) => Readonly<Record<string, string>>;
}

const trick = (lay: Trick["lay"], environment?: Trick["environment"]): Trick =>
  environment === undefined ? { lay } : { lay, environment };

/** What a repository can make its own git do, by setting. */
export const gitSettings: Readonly<Record<string, (world: MaliciousWorld) => readonly (readonly [string, string])[]>> =
  {
    "a file system monitor": ({ bait }) => [["core.fsmonitor", bait]],
    "a folder of hooks": ({ root }) => [["core.hooksPath", join(root, "hooks")]],
    "an external diff": ({ bait }) => [["diff.external", bait]],
    "a clean filter": ({ bait }) => [
      ["filter.x.clean", bait],
      ["filter.x.process", bait],
      ["filter.x.required", "true"],
    ],
    "a smudge filter": ({ bait }) => [["filter.x.smudge", bait]],
    "a program for ssh": ({ bait }) => [
      ["core.sshCommand", bait],
      ["remote.origin.url", "ssh://nowhere.invalid/x"],
    ],
    "pagers and editors": ({ bait }) =>
      [
        "core.pager",
        "pager.status",
        "pager.log",
        "core.editor",
        "core.askPass",
        "credential.helper",
        "gpg.program",
      ].map((key) => [key, bait] as const),
    "aliases of every command": ({ bait }) =>
      ["status", "log", "rev-parse", "config", "diff", "show", "ls-files"].map((name) => [`alias.${name}`, `!${bait}`]),
    "a text conversion": ({ bait }) => [
      ["diff.x.textconv", bait],
      ["diff.x.command", bait],
      ["merge.x.driver", bait],
    ],
    "promised objects": ({ bait }) => [
      ["core.repositoryFormatVersion", "1"],
      ["extensions.partialClone", "origin"],
      ["remote.origin.promisor", "true"],
      ["remote.origin.url", `ext::${bait}`],
      ["remote.origin.uploadpack", bait],
      ["protocol.ext.allow", "always"],
    ],
  };

/** A repository whose git would start something. */
export function gitTrick(settings: (typeof gitSettings)[string]): Trick {
  return trick((world) => {
    world.write(".gitattributes", "* filter=x diff=x merge=x\n");
    for (const name of ["post-index-change", "pre-commit", "reference-transaction"]) {
      world.write(`hooks/${name}`, `#!/bin/sh\n${world.mark}\n`);
      chmodSync(join(world.root, "hooks", name), 0o755);
    }
    world.commit();
    for (const [key, value] of settings(world)) world.git("config", key, value);
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(world.root, planPath()), later, later);
  });
}

/** Where the receipt of the plan lies. */
export const receipt: string = `${planPath()}.receipt.ndjson`;

const config = (text: string): Trick => trick((world) => world.write("iplan.config.yaml", text));

/** Every trick, by what it is. */
export const tricks: Readonly<Record<string, Trick>> = {
  ...Object.fromEntries(Object.entries(gitSettings).map(([name, settings]) => [`git: ${name}`, gitTrick(settings)])),
  "git: a submodule with settings of its own": trick((world) => {
    world.commit();
    const sub = join(world.root, "sub");
    mkdirSync(sub);
    execFileSync("git", ["init", "-q"], { cwd: sub });
    execFileSync("git", ["config", "core.fsmonitor", world.bait], { cwd: sub });
    world.write(
      ".gitmodules",
      `[submodule "sub"]\n\tpath = sub\n\turl = ext::${world.bait}\n\tupdate = !${world.bait}\n`,
    );
  }),
  "git: a folder that is a bare repository": trick((world) => {
    world.write("docs/HEAD", "ref: refs/heads/main\n");
    world.write("docs/config", `[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = ${world.bait}\n`);
    mkdirSync(join(world.root, "docs/objects"));
    mkdirSync(join(world.root, "docs/refs"));
  }),
  "git: a .git file that leads elsewhere": trick((world) => world.write(".git", `gitdir: ${world.outside}\n`)),
  "start files of the shell in .env and settings": trick((world) => {
    for (const name of [".env", ".envrc", ".bashrc", ".profile", ".bash_env"]) world.write(name, `${world.mark}\n`);
    world.write(".env", `BASH_ENV=${world.bait}\nENV=${world.bait}\nNODE_OPTIONS=--require=${world.bait}\n`);
    world.write(
      "iplan.config.yaml",
      `docs: docs\nenvironment:\n  BASH_ENV: ${world.bait}\nenv: {ENV: ${world.bait}}\n`,
    );
  }),
  "start files of the shell in the user's own variables": trick(
    (world) => world.write("env.sh", `${world.mark}\n`),
    (world) => ({ BASH_ENV: join(world.root, "env.sh"), ENV: "./env.sh" }),
  ),
  "packages: a program called iplan, and modules of that name": trick((world) => {
    for (const name of ["node_modules/.bin/iplan", "node_modules/.bin/git", "node_modules/.bin/bash"]) {
      world.write(name, `#!/bin/sh\n${world.mark}\n`);
      chmodSync(join(world.root, name), 0o755);
    }
    const harm = `require("node:fs").writeFileSync(${JSON.stringify(join(world.outside, "pwned"))}, "")\n`;
    for (const name of ["iplan", "yaml", "canonicalize", "ignore", "commander"]) {
      world.write(`node_modules/${name}/index.js`, harm);
      world.write(`node_modules/${name}/package.json`, `{"name":"${name}","main":"index.js"}`);
    }
    world.write(
      ".npmrc",
      "node-options=--require=./node_modules/iplan/index.js\nscript-shell=./node_modules/.bin/bash\n",
    );
    const imports = Object.fromEntries(["model", "host", "session", "plan"].map((room) => [`#${room}/*`, "./evil.js"]));
    world.write("package.json", JSON.stringify({ name: "iplan", type: "commonjs", imports, bin: "./evil.js" }));
    world.write("evil.js", harm);
    world.write("iplan.config.js", harm);
    world.write("iplan.config.mjs", harm);
  }),
  "a PATH with the current directory in it": trick(
    (world) => {
      world.commit();
      for (const name of ["git", "bash", "node", "ps", "sh"]) {
        world.write(name, `#!/bin/sh\n${world.mark}\n`);
        chmodSync(join(world.root, name), 0o755);
      }
    },
    () => ({ PATH: `.::node_modules/.bin:${process.env["PATH"] ?? ""}` }),
  ),
  "a HOME that is relative": trick(
    () => undefined,
    () => ({ HOME: ".", XDG_STATE_HOME: "state" }),
  ),
  "links: a document": trick((world) => {
    writeFileSync(
      join(world.outside, "secret.md"),
      planDocument([{ run: "true" }], { id: "IPLAN-050", title: "SECRET" }),
    );
    symlinkSync(join(world.outside, "secret.md"), join(world.root, planPath("IPLAN-050")));
    symlinkSync("/dev/zero", join(world.root, planPath("IPLAN-051")));
  }),
  "links: the state": trick((world) => symlinkSync(world.outside, join(world.root, ".iplan"))),
  "links: the journals": trick((world) => {
    mkdirSync(join(world.root, ".iplan"));
    for (const name of ["runs", "notes", "evidence", "locks"])
      symlinkSync(world.outside, join(world.root, ".iplan", name));
  }),
  "links: the receipt": trick((world) => symlinkSync("/dev/zero", join(world.root, receipt))),
  "links: the settings, to a device that never ends": trick((world) => {
    rmSync(join(world.root, "iplan.config.yaml"));
    symlinkSync("/dev/zero", join(world.root, "iplan.config.yaml"));
  }),
  "links: the settings, out of the workspace": trick((world) => {
    writeFileSync(join(world.outside, "c.yaml"), "docs: elsewhere\n");
    rmSync(join(world.root, "iplan.config.yaml"));
    symlinkSync(join(world.outside, "c.yaml"), join(world.root, "iplan.config.yaml"));
  }),
  "links: the ignore file": trick((world) => symlinkSync("/dev/zero", join(world.root, ".gitignore"))),
  "links: a profile": trick((world) => {
    symlinkSync("/dev/zero", join(world.root, "profile.yaml"));
    world.write("iplan.config.yaml", "profile: profile.yaml\n");
  }),
  "links: a circle of folders": trick((world) => {
    symlinkSync("..", join(world.root, "docs/up"));
    symlinkSync("self", join(world.root, "docs/self"));
  }),
  "pipes in the place of files": trick((world) => {
    rmSync(join(world.root, "iplan.config.yaml"));
    mkdirSync(join(world.root, ".iplan/runs"), { recursive: true });
    const pipes = ["iplan.config.yaml", ".gitignore", receipt, planPath("IPLAN-052"), ".iplan/runs/x.ndjson"];
    for (const name of pipes) execFileSync("mkfifo", [join(world.root, name)]);
  }),
  "hard links to files outside": trick((world) => {
    writeFileSync(join(world.outside, "victim"), smallVictim);
    linkSync(join(world.outside, "victim"), folderFor(world, ".iplan/runs/01ARZ3NDEKTSV4RRFFQ69G5FAV.ndjson"));
    linkSync(join(world.outside, "victim"), join(world.root, receipt));
  }),
  "ids: with slashes, dots, nulls": trick((world) => {
    for (const [index, id] of hostileIds.entries())
      world.write(`docs/IPLAN/IPLAN-${100 + index}_x_20260101_000000.md`, planDocument([{ run: "true" }], { id }));
  }),
  "settings: patterns that run away": config(
    `ignore:\n  - "${"**/a/".repeat(40)}b"\n  - "${"*a".repeat(60)}b"\n  - "(a+)+$"\nwaivers:\n  - {rule: "${"*".repeat(500)}x", path: "${"**/".repeat(300)}x", reason: y}\n`,
  ),
  "an ignore file with patterns that run away": trick((world) => {
    world.commit();
    world.write(".gitignore", `${"**/a/".repeat(40)}b\n${"[a-z]*".repeat(90)}Z\n`.repeat(20));
    world.write(`docs/${"a/".repeat(60)}IPLAN-060_${"a".repeat(150)}_20260101_000000.md`, "# IPLAN-060: x\n");
  }),
  "settings: larger than any": trick((world) => {
    world.write("iplan.config.yaml", "docs: docs\n");
    truncateSync(join(world.root, "iplan.config.yaml"), 3 * 1024 ** 3);
  }),
  "a receipt larger than any": trick((world) => {
    world.write(receipt, "x\n");
    truncateSync(join(world.root, receipt), 3 * 1024 ** 3);
  }),
  "a journal larger than any": trick((world) => {
    const path = ".iplan/runs/IPLAN-001.01ARZ3NDEKTSV4RRFFQ69G5FAV.ndjson";
    world.write(path, "x\n");
    truncateSync(join(world.root, path), 3 * 1024 ** 3);
  }),
  "settings: a bomb of aliases": config(bomb()),
  "settings: nested without end": config(`docs: ${"[".repeat(20_000)}`),
  "settings: keys of prototypes": config(
    "__proto__:\n  docs: /\nconstructor: {prototype: {docs: /}}\nrules: {__proto__: off, constructor: off, toString: off}\npolicy: {__proto__: allow}\nprofile: __proto__\n",
  ),
  "settings: a built-in profile that is none": config("profile: constructor\n"),
  "receipts and journals: keys of prototypes": trick((world) => {
    const line = { v: 1, kind: "step", verdict: "verified", unit: "__proto__", title: "x", subject: "x", at: "x" };
    const rest = { journal: "x", evidence: [], actor: { name: "x", kind: "person", __proto__: null } };
    world.write(receipt, `${JSON.stringify({ ...line, ...rest })}\n{"__proto__":{"x":1}}\n`);
    const event = `{"v":1,"type":"__proto__","plan":"IPLAN-001","run":"x","seq":1,"at":"","prev":"","hash":"","__proto__":{"x":1}}\n`;
    world.write(".iplan/runs/x.ndjson", event);
  }),
};

const smallVictim = "precious\n";

const hostileIds = [
  "../../outside/pwned",
  "IPLAN/../../x",
  "/etc/passwd",
  "IPLAN-\u0000x",
  "CON",
  "NUL.md",
  "aux:stream",
  "__proto__",
  "constructor",
  "..",
  ".",
  "%2e%2e%2f",
  "-rf",
  "--help",
  "$(touch pwned)",
  "IPLAN-".padEnd(5000, "9"),
  "\u202eNALPI",
];

function bomb(): string {
  const lines = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [index, name] of [..."bcdefghij"].entries())
    lines.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${"abcdefghi"[index]}`).join(", ")}]`);
  return `${lines.join("\n")}\nignore: *j\n`;
}
