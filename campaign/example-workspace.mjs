import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const example = resolve(fileURLToPath(new URL("..", import.meta.url)), "examples/parcel-locker");

/** A copy of the example workspace, whose packages must be installed in the repository. */
export function createExampleWorkspace(directory) {
  if (!existsSync(join(example, "node_modules"))) throw new Error("run `npm ci` in examples/parcel-locker first");
  const left = new Set(["node_modules", "reports", ".iplan"]);
  cpSync(example, directory, { recursive: true, filter: (from) => !left.has(basename(from)) });
  symlinkSync(join(example, "node_modules"), join(directory, "node_modules"), "dir");
  const git = (...args) => execFileSync("git", args, { cwd: directory, stdio: "ignore" });
  git("init", "--quiet");
  git("config", "user.name", "Campaign");
  git("config", "user.email", "campaign@example.org");
  git("config", "commit.gpgsign", "false");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Documents");
  const folder = join(directory, "docs/IPLAN");
  const document = join(folder, readdirSync(folder).find((name) => name.endsWith(".md")) ?? "");
  const commits = () =>
    Number(execFileSync("git", ["rev-list", "--count", "HEAD"], { cwd: directory, encoding: "utf8" }));
  return {
    directory,
    plan: "IPLAN-001",
    documents: [document],
    // What is left at the end is the judgement of people.
    accepts: [0, 4],
    // The journal itself counts how often the actions of each step were started.
    effects: () => startedActions(directory),
    falseOf: () => (commits() > 2 ? ["the commit was made more than once"] : []),
    expected: [],
  };
}

function startedActions(directory) {
  const folder = join(directory, ".iplan/runs");
  const counts = new Map();
  if (!existsSync(folder)) return counts;
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".ndjson"))) {
    for (const event of eventsOf(join(folder, name))) {
      if (event.type === "block-started" && event.role === "action")
        counts.set(event.unit, (counts.get(event.unit) ?? 0) + 1);
    }
  }
  return counts;
}

function eventsOf(path) {
  return readFileSync(path, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}
