import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "iplan-package-"));

function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

describe("the packed package, installed in an empty folder", () => {
  beforeAll(() => {
    const packed = run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], root).trim();
    writeFileSync(join(folder, "package.json"), '{ "name": "empty", "private": true }\n');
    run(
      "npm",
      ["install", "--offline", "--no-audit", "--no-fund", "--silent", join(folder, packed.split("\n").at(-1) ?? "")],
      folder,
    );
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("brings nothing but itself", () => {
    const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as {
      packages: Record<string, unknown>;
    };
    expect(Object.keys(lock.packages)).toEqual(["", "node_modules/iplan"]);
  });

  test("runs", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    expect(run(join(folder, "node_modules/.bin/iplan"), ["--version"], folder).trim()).toBe(version);
  });

  test("checks a document", () => {
    writeFileSync(join(folder, "IPLAN-001_x.md"), "# IPLAN-001: X\n\n## Objective\n\nDo it.\n");
    const answer = JSON.parse(runFailing(join(folder, "node_modules/.bin/iplan"), ["check", "--json"], folder)) as {
      data: { summary: { documents: number } };
    };
    expect(answer.data.summary.documents).toBe(1);
  });

  test.each([
    "iplan",
    "iplan/model",
    "iplan/session",
  ])("gives %s to import, with its types, and nothing else", (name) => {
    const script = `const m = await import(${JSON.stringify(name)}); console.log(Object.keys(m).join(" "))`;
    const given = run("node", ["--input-type=module", "-e", script], folder).trim().split(" ");
    // Why: what parts of the library take from each other has names of a letter or two.
    expect(given.filter((one) => one.length < 4)).toEqual([]);
    expect(given.length).toBeGreaterThan(3);
    const { exports } = JSON.parse(readFileSync(join(folder, "node_modules/iplan/package.json"), "utf8")) as {
      exports: Record<string, { types: string }>;
    };
    const entry = exports[name === "iplan" ? "." : `./${name.slice("iplan/".length)}`];
    expect(existsSync(join(folder, "node_modules/iplan", entry?.types ?? "missing"))).toBe(true);
  });

  test("carries every page of the documentation that its own pages link to", () => {
    const packed = join(folder, "node_modules/iplan");
    const pages = readdirSync(packed, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));
    expect(pages).toContain("docs/guide/first-steps.md");
    const dead = pages.flatMap((page) => {
      const text = readFileSync(join(packed, page), "utf8").replace(/^(`{3,})[^]*?^\1|`[^`\n]*`/gm, "");
      const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)\s]*)?\)/g)].map((match) => match[1] ?? "");
      return links
        .filter((link) => !/^\w+:/.test(link))
        .map((link) => normalize(join(dirname(page), link)))
        .filter((path) => path.startsWith("docs/") && !existsSync(join(packed, path)));
    });
    expect(dead).toEqual([]);
  });

  test("carries the licences of what it bundles", () => {
    const notices = readFileSync(join(folder, "node_modules/iplan/dist/THIRD-PARTY.txt"), "utf8");
    for (const name of ["canonicalize", "commander", "yaml"]) expect(notices).toContain(`${name} `);
  });

  test("is found by init in the project's packages: schema, server and hooks are named by a path that works everywhere", () => {
    writeFileSync(join(folder, "CLAUDE.md"), "# Ours\n");
    run(join(folder, "node_modules/.bin/iplan"), ["init", "--assistants", "claude"], folder);
    const [first = ""] = readFileSync(join(folder, "iplan.config.yaml"), "utf8").split("\n");
    const path = first.slice(first.indexOf("=") + 1);
    expect(path).toBe("./node_modules/iplan/dist/config.schema.json");
    const schema = JSON.parse(readFileSync(join(folder, path), "utf8")) as { properties: Record<string, unknown> };
    expect(Object.keys(schema.properties)).toContain("waivers");
    for (const name of [".mcp.json", ".claude/settings.json"]) {
      if (existsSync(join(folder, name))) expect(readFileSync(join(folder, name), "utf8")).not.toContain(folder);
    }
    run(join(folder, "node_modules/.bin/iplan"), ["init", "--remove"], folder);
    expect(existsSync(join(folder, "iplan.config.yaml"))).toBe(false);
  });

  test("has nothing that publint calls an error", async () => {
    const { messages } = await publint({ pkgDir: root, level: "error" });
    // Why: it knows no first line of a program but Node's own; ours is a shell's, which starts Node. That it runs is tested above.
    expect(messages.filter(({ code }) => code !== "BIN_FILE_NOT_EXECUTABLE")).toEqual([]);
  });
});

function runFailing(program: string, args: readonly string[], cwd: string): string {
  try {
    return run(program, args, cwd);
  } catch (error) {
    return String((error as { stdout?: string }).stdout ?? "");
  }
}
