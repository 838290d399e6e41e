import { isPlainObject, type PlainObject } from "#profile/shape";
import type { ProjectFacts, TestRunner, ToolFacts } from "./facts.ts";
import { readTomlLines, type TomlFacts } from "./toml-lines.ts";

type ManifestReader = (text: string, from: string) => ProjectFacts;

/** Manifests that are read, in the order in which their tools are listed, each with its reader. */
const readers: Readonly<Record<string, ManifestReader>> = {
  "package.json": packageJson,
  "pyproject.toml": pyproject,
  "go.mod": goModule,
  "Cargo.toml": cargo,
  "pom.xml": pom,
};

/** File names of the manifests that are read. */
export const manifestNames: readonly string[] = Object.keys(readers);

/** What the manifests of a project ask for; `texts` are their contents by name. */
export function readManifests(texts: ReadonlyMap<string, string>): ProjectFacts {
  const read = manifestNames.flatMap((name) => {
    const text = texts.get(name);
    return text === undefined ? [] : [readers[name]?.(text, name) ?? { tools: [], runners: [] }];
  });
  return { tools: read.flatMap(({ tools }) => tools), runners: read.flatMap(({ runners }) => runners) };
}

const scriptEndings: readonly string[] = [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".jsx", ".tsx"];
const local = "npx --no-install";

/** Programs of packages that a verification may call. */
const programs: Readonly<Record<string, string>> = {
  typescript: "tsc",
  vitest: "vitest",
  jest: "jest",
  mocha: "mocha",
  eslint: "eslint",
  "@cucumber/cucumber": "cucumber-js",
};

function packageJson(text: string, from: string): ProjectFacts {
  const value = parsed(text);
  if (value === undefined) return { tools: [], runners: [] };
  const packages = { ...textsOf(value["dependencies"]), ...textsOf(value["devDependencies"]) };
  const engines = textsOf(value["engines"]);
  const known = Object.keys(programs).filter((name) => packages[name] !== undefined);
  const tools: ToolFacts[] = ["node", "npm", "pnpm", "yarn"].flatMap((name) =>
    engines[name] === undefined ? [] : [{ name, version: engines[name], from }],
  );
  if (engines["node"] === undefined) tools.unshift({ name: "node", from });
  const packed = known.map((name) => ({
    name,
    ...(packages[name] === undefined ? {} : { version: packages[name] }),
    from,
  }));
  return { tools: [...tools, ...packed], runners: [scriptRunner(textsOf(value["scripts"]), packages)] };
}

function scriptRunner(
  scripts: Readonly<Record<string, string>>,
  packages: Readonly<Record<string, string>>,
): TestRunner {
  const has = (name: string): boolean => packages[name] !== undefined;
  const words = has("vitest")
    ? `${local} vitest run`
    : has("jest")
      ? `${local} jest`
      : has("mocha")
        ? `${local} mocha`
        : "node --test";
  // Why: what the scaffold of a new package writes there only fails.
  const script =
    scripts["test"] === undefined || scripts["test"].includes("no test specified") ? undefined : "npm test";
  return {
    tools: ["node", "npx", ...(script === undefined ? [] : ["npm"])],
    endings: scriptEndings,
    suite: script ?? words,
    some: (files) => `${words} ${files.join(" ")}`,
    ...(has("@cucumber/cucumber") ? { scenarios: (file: string) => `${local} cucumber-js ${file}` } : {}),
    ...(has("typescript") ? { types: `${local} tsc --noEmit` } : {}),
    ...(has("eslint") ? { lint: `${local} eslint .` } : {}),
  };
}

function pyproject(text: string, from: string): ProjectFacts {
  const toml = readTomlLines(text);
  const asked = requirementsOf(toml);
  const python = toml.texts.get("project.requires-python") ?? toml.texts.get("tool.poetry.dependencies.python");
  const has = (name: string): boolean => asked.has(name) || toml.tables.has(`tool.${name}`);
  const checkers = ["pytest", "mypy", "ruff", "behave"].filter(
    (name) => has(name) || toml.tables.has(`tool.${name}.ini_options`),
  );
  const tools: ToolFacts[] = [
    { name: "python", ...(python === undefined ? {} : { version: python }), from },
    ...checkers.map((name) => {
      const version = asked.get(name);
      return { name, ...(version === undefined || version === "" ? {} : { version }), from };
    }),
  ];
  const runs = checkers.includes("pytest") ? "pytest" : "python -m unittest";
  const runner: TestRunner = {
    tools: checkers.includes("pytest") ? checkers : ["python", ...checkers],
    endings: [".py"],
    suite: runs,
    some: (files) => `${runs} ${files.join(" ")}`,
    ...(checkers.includes("behave") ? { scenarios: (file: string) => `behave ${file}` } : {}),
    ...(checkers.includes("mypy") ? { types: "mypy ." } : {}),
    ...(checkers.includes("ruff") ? { lint: "ruff check ." } : {}),
  };
  return { tools, runners: [runner] };
}

/** Packages that a Python project asks for, each with its bound. */
function requirementsOf({ texts, lists }: TomlFacts): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [key, list] of lists) {
    if (!/^(?:project\.(?:optional-)?dependencies|dependency-groups|build-system)/u.test(key)) continue;
    for (const one of list) {
      const [, name = "", bound = ""] = /^([\w.-]+)(?:\[[^\]]*\])?[ \t]*(\S[^;]*)?/u.exec(one) ?? [];
      found.set(name.toLowerCase(), bound.trim());
    }
  }
  for (const [key, bound] of texts) {
    const name = /^tool\.poetry\.(?:[\w-]+\.){0,2}?dependencies\.([\w.-]+)$/u.exec(key)?.[1];
    if (name !== undefined) found.set(name.toLowerCase(), bound);
  }
  return found;
}

function goModule(text: string, from: string): ProjectFacts {
  const version = /^go[ \t]+(\d[\w.]*)[ \t]*$/mu.exec(text)?.[1];
  const runner: TestRunner = {
    tools: ["go"],
    endings: [".go"],
    suite: "go test ./...",
    some: (files) => `go test ${[...new Set(files.map((file) => `./${folderOf(file)}`))].join(" ")}`,
    types: "go vet ./...",
  };
  return {
    tools: [{ name: "go", ...(version === undefined ? {} : { version: `>=${version}` }), from }],
    runners: [runner],
  };
}

function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

function cargo(text: string, from: string): ProjectFacts {
  const version = readTomlLines(text).texts.get("package.rust-version");
  const runner: TestRunner = {
    tools: ["cargo"],
    endings: [".rs"],
    suite: "cargo test",
    some: () => "cargo test",
    types: "cargo check",
    lint: "cargo clippy -- -D warnings",
  };
  const tool = { name: "cargo", ...(version === undefined ? {} : { version: `>=${version}` }), from };
  return { tools: [tool], runners: [runner] };
}

function pom(text: string, from: string): ProjectFacts {
  const version = /<(?:maven\.compiler\.release|java\.version|maven\.compiler\.source)>[ \t]*(\d[\d.]*)[ \t]*</u.exec(
    text,
  )?.[1];
  const runner: TestRunner = {
    tools: ["mvn"],
    endings: [".java", ".kt"],
    suite: "mvn -q test",
    some: (files) => `mvn -q test -Dtest=${files.map((file) => classOf(file)).join(",")}`,
  };
  const java = { name: "java", ...(version === undefined ? {} : { version: `>=${version}` }), from };
  return { tools: [java, { name: "mvn", from }], runners: [runner] };
}

function classOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/u, "");
}

function parsed(text: string): PlainObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isPlainObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (!isPlainObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
