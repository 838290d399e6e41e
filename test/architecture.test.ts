import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { floors, longestFile, mayImportHost, outsideRooms } from "../tools/floors.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly lines: number;
  readonly imports: readonly string[];
}

const files: readonly SourceFile[] = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .map((name) => readSource(join("src", name).replaceAll("\\", "/")));

const byPath = new Map(files.map((file) => [file.path, file]));

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const imports = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^;"']*?from\s*["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|(?:^|\n)import\s*["']([^"']+)["']/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
  return { path, room: path.split("/")[1] ?? "", lines: text.split("\n").length - 1, imports };
}

/** The workspace file an import leads to, or undefined for packages. */
function targetOf(file: SourceFile, specifier: string): string | undefined {
  if (specifier.startsWith("#")) return `src/${specifier.slice(1)}.ts`;
  if (specifier.startsWith(".")) return relative(root, join(root, dirname(file.path), specifier)).replaceAll("\\", "/");
  return undefined;
}

function importProblems(file: SourceFile): string[] {
  const allowed = floors[file.room];
  if (allowed === undefined) return [`${file.path}: no room of this name in tools/floors.ts`];
  return file.imports.flatMap((specifier) => {
    if (specifier.startsWith("node:") && !outsideRooms.includes(file.room))
      return [`${file.path} imports ${specifier}: use a port`];
    const target = targetOf(file, specifier);
    if (target === undefined) return [];
    if (!byPath.has(target)) return [`${file.path} imports ${specifier}, which is no file`];
    const room = target.split("/")[1] ?? "";
    if (room === file.room)
      return specifier.startsWith("#") ? [`${file.path} imports its own room through ${specifier}`] : [];
    if (!specifier.startsWith("#")) return [`${file.path} imports ${specifier}: between rooms use #${room}/…`];
    if (room === "host" && mayImportHost.test(file.path)) return [];
    return allowed.includes(room)
      ? []
      : [`${file.path} imports ${specifier}: ${file.room} may import ${allowed.join(", ") || "nothing"}`];
  });
}

function firstCycle(): string[] | undefined {
  const state = new Map<string, "open" | "done">();
  const trail: string[] = [];
  const visit = (path: string): string[] | undefined => {
    if (state.get(path) === "done") return undefined;
    if (state.get(path) === "open") return [...trail.slice(trail.indexOf(path)), path];
    state.set(path, "open");
    trail.push(path);
    const file = byPath.get(path);
    for (const specifier of file?.imports ?? []) {
      const target = file === undefined ? undefined : targetOf(file, specifier);
      const cycle = target === undefined ? undefined : visit(target);
      if (cycle !== undefined) return cycle;
    }
    trail.pop();
    state.set(path, "done");
    return undefined;
  };
  for (const file of files) {
    const cycle = visit(file.path);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function reachable(): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = ["src/interfaces/cli/launch.ts", "src/session/index.ts", "src/model/index.ts", "src/host/memory.ts"];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const file = byPath.get(path);
    if (file === undefined || seen.has(path)) continue;
    seen.add(path);
    for (const specifier of file.imports) {
      const target = targetOf(file, specifier);
      if (target !== undefined) queue.push(target);
    }
  }
  return seen;
}

describe("the floors", () => {
  test("there are files to check", () => expect(files.length).toBeGreaterThan(50));
  test("every import goes down, through #room/file", () => expect(files.flatMap(importProblems)).toEqual([]));
  test("no cycle, not even of types", () => expect(firstCycle()).toBeUndefined());
  test("no file is longer than the limit", () => {
    expect(files.filter((file) => file.lines > longestFile).map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
  });
  test("no default export", () => {
    expect(
      files
        .filter((file) => /^export default/m.test(readFileSync(join(root, file.path), "utf8")))
        .map((file) => file.path),
    ).toEqual([]);
  });
  test("every file is reached from an entry", () => {
    const seen = reachable();
    expect(files.filter((file) => !seen.has(file.path)).map((file) => file.path)).toEqual([]);
  });
  test("lint refuses what the table refuses", () => {
    const lint = JSON.parse(readFileSync(join(root, ".oxlintrc.json"), "utf8")) as { overrides: { files: string[] }[] };
    const rooms = lint.overrides.flatMap((override) => override.files);
    for (const room of Object.keys(floors)) expect(rooms).toContain(`src/${room}/**`);
  });
});
