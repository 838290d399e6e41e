import { assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { readManifests } from "#author/plan-facts/manifests";
import { readTomlLines } from "#author/plan-facts/toml-lines";

const read = (name: string, text: string) => readManifests(new Map([[name, text]]));
const toolsOf = (name: string, text: string) =>
  read(name, text).tools.map((tool) => `${tool.name} ${tool.version ?? "any"}`);
const json = (value: unknown) => JSON.stringify(value);

describe("what a project's manifest asks for", () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      "engines and known packages of package.json",
      "package.json",
      json({ engines: { node: ">=20.19" }, devDependencies: { vitest: "4.1.12", "left-pad": "1.0.0" } }),
      ["node >=20.19", "vitest 4.1.12"],
    ],
    ["a package.json that says nothing of its engine", "package.json", "{}", ["node any"]],
    ["a package.json that is broken", "package.json", "{", []],
    [
      "the Python and the checkers of pyproject.toml",
      "pyproject.toml",
      '[project]\nrequires-python = ">=3.11"\n[project.optional-dependencies]\ndev = [\n  "pytest>=8.0", # runner\n  "mypy",\n]\n[tool.ruff]\n',
      ["python >=3.11", "pytest >=8.0", "mypy any", "ruff any"],
    ],
    [
      "those of a poetry project",
      "pyproject.toml",
      '[tool.poetry.dependencies]\npython = "^3.12"\n[tool.poetry.group.dev.dependencies]\npytest = { version = "^8", optional = true }\n',
      ["python ^3.12", "pytest ^8"],
    ],
    ["the Go of go.mod", "go.mod", "module example.org/x\n\ngo 1.22\n", ["go >=1.22"]],
    ["the Rust of Cargo.toml", "Cargo.toml", '[package]\nname = "x"\nrust-version = "1.75"\n', ["cargo >=1.75"]],
    ["a Cargo.toml without a version", "Cargo.toml", '[package]\nname = "x"\n', ["cargo any"]],
    [
      "the Java of pom.xml",
      "pom.xml",
      "<project><properties><maven.compiler.release>21</maven.compiler.release></properties></project>",
      ["java >=21", "mvn any"],
    ],
  ])("%s", (_name, file, text, tools) => expect(toolsOf(file, text)).toEqual(tools));
});

describe("how a project runs its tests", () => {
  test.each<[string, string, string, string, string]>([
    ["a test script", "package.json", json({ scripts: { test: "x" } }), "npm test", "node --test a/b.test.js"],
    [
      "the script that a new package has by default",
      "package.json",
      json({ scripts: { test: 'echo "Error: no test specified" && exit 1' } }),
      "node --test",
      "node --test a/b.test.js",
    ],
    [
      "vitest",
      "package.json",
      json({ devDependencies: { vitest: "4" } }),
      "npx --no-install vitest run",
      "npx --no-install vitest run a/b.test.js",
    ],
    [
      "jest",
      "package.json",
      json({ dependencies: { jest: "29" } }),
      "npx --no-install jest",
      "npx --no-install jest a/b.test.js",
    ],
    ["nothing but node", "package.json", "{}", "node --test", "node --test a/b.test.js"],
    ["pytest", "pyproject.toml", "[tool.pytest.ini_options]\n", "pytest", "pytest a/b.test.js"],
    [
      "no runner of Python",
      "pyproject.toml",
      '[project]\nname = "x"\n',
      "python -m unittest",
      "python -m unittest a/b.test.js",
    ],
    ["go", "go.mod", "go 1.22\n", "go test ./...", "go test ./a"],
    ["cargo", "Cargo.toml", "", "cargo test", "cargo test"],
    ["maven", "pom.xml", "", "mvn -q test", "mvn -q test -Dtest=b.test"],
  ])("%s", (_name, file, text, suite, some) => {
    const [runner] = read(file, text).runners;
    expect([runner?.suite, runner?.some(["a/b.test.js"])]).toEqual([suite, some]);
  });

  test("with programs for scenarios, types and style where it has them", () => {
    const packages = { typescript: "7", eslint: "9", "@cucumber/cucumber": "12" };
    const [script] = read("package.json", json({ devDependencies: packages })).runners;
    expect([script?.types, script?.lint, script?.scenarios?.("a.feature")]).toEqual([
      "npx --no-install tsc --noEmit",
      "npx --no-install eslint .",
      "npx --no-install cucumber-js a.feature",
    ]);
    const [python] = read("pyproject.toml", '[project]\ndependencies = ["behave", "mypy", "ruff"]\n').runners;
    expect([python?.types, python?.lint, python?.scenarios?.("a.feature")]).toEqual([
      "mypy .",
      "ruff check .",
      "behave a.feature",
    ]);
    expect(read("package.json", "{}").runners[0]).not.toHaveProperty("types");
  });

  test("is nothing without a manifest", () => {
    expect(readManifests(new Map())).toEqual({ tools: [], runners: [] });
  });
});

describe("lines of TOML", () => {
  test("give texts, lists over several lines and tables; what they cannot say is passed over", () => {
    const text = [
      "# a comment",
      'top = "one"',
      "[a.'b']",
      "lit = 'two' # rest",
      "number = 3",
      'list = ["x", "y]", # [',
      "  'z',",
      "]",
      "[[c]]",
      'inline = { version = "1.2", features = ["f"] }',
    ].join("\n");
    const { texts, lists, tables } = readTomlLines(text);
    expect(Object.fromEntries(texts)).toEqual({ top: "one", "a.b.lit": "two", "a.b.number": "", "c.inline": "1.2" });
    expect(Object.fromEntries(lists)).toEqual({ "a.b.list": ["x", "y]", "z"] });
    expect([...tables]).toEqual(["a.b", "c"]);
  });

  test("of any text are read", () => {
    assert(
      property(string({ unit: "binary" }), (text) => {
        readTomlLines(`[a\n${text}\nb = [${text}`);
        for (const name of ["package.json", "pyproject.toml", "go.mod", "Cargo.toml", "pom.xml"]) read(name, text);
      }),
    );
  });
});
