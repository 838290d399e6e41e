import { assistantSetups } from "#author/setup/assistants";
import type { DirectoryEntry, Files } from "#model/ports";
import { builtInProfiles } from "#profile/find-profile";
import { classifyDocument } from "../classify.ts";
import { loadIgnoreRules } from "../ignore-rules.ts";
import { neverEntered } from "../workspace.ts";

/** What lies in a directory before a workspace is made of it. */
export interface ProjectFacts {
  /** Whether the directory lies in a repository of git. */
  readonly hasGit: boolean;
  /** Directory that holds all documents; absent where there are none. */
  readonly docs?: string;
  /** Built-in profiles with the number of documents whose names fit them, the best first; none where there are no documents. */
  readonly profiles: readonly { readonly name: string; readonly documents: number }[];
  readonly languages: readonly string[];
  readonly packageManager?: string;
  readonly testRunner?: string;
  readonly ci?: string;
  /** Names of what lies in the directory itself. */
  readonly names: ReadonlySet<string>;
  /** Files of assistants that are there. */
  readonly signs: ReadonlySet<string>;
}

type Sign = readonly [file: string, means: string];

/** Files that tell a language. */
const languageSigns: readonly Sign[] = [
  ["tsconfig.json", "TypeScript"],
  ["package.json", "JavaScript"],
  ["pyproject.toml", "Python"],
  ["setup.py", "Python"],
  ["requirements.txt", "Python"],
  ["go.mod", "Go"],
  ["Cargo.toml", "Rust"],
  ["pom.xml", "Java"],
  ["build.gradle", "Java"],
  ["build.gradle.kts", "Kotlin"],
  ["Gemfile", "Ruby"],
  ["composer.json", "PHP"],
  ["Package.swift", "Swift"],
];

const managerSigns: readonly Sign[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
  ["package.json", "npm"],
  ["uv.lock", "uv"],
  ["poetry.lock", "poetry"],
  ["Pipfile", "pipenv"],
  ["pyproject.toml", "pip"],
  ["requirements.txt", "pip"],
  ["go.mod", "go"],
  ["Cargo.toml", "cargo"],
  ["pom.xml", "maven"],
  ["build.gradle", "gradle"],
  ["build.gradle.kts", "gradle"],
  ["Gemfile", "bundler"],
  ["composer.json", "composer"],
];

const runnerSigns: readonly Sign[] = [
  ["vitest.config.ts", "vitest"],
  ["vitest.config.js", "vitest"],
  ["jest.config.js", "jest"],
  ["jest.config.ts", "jest"],
  ["playwright.config.ts", "playwright"],
  ["pytest.ini", "pytest"],
  ["conftest.py", "pytest"],
  ["tox.ini", "tox"],
  ["go.mod", "go test"],
  ["Cargo.toml", "cargo test"],
  ["pom.xml", "mvn test"],
  ["build.gradle", "gradle test"],
  ["build.gradle.kts", "gradle test"],
  ["phpunit.xml", "phpunit"],
  [".rspec", "rspec"],
];

const ciSigns: readonly Sign[] = [
  [".github/workflows", "GitHub Actions"],
  [".gitlab-ci.yml", "GitLab CI"],
  ["Jenkinsfile", "Jenkins"],
  [".circleci", "CircleCI"],
  ["azure-pipelines.yml", "Azure Pipelines"],
  ["bitbucket-pipelines.yml", "Bitbucket Pipelines"],
];

/** Words of manifests that name a test runner, where no file of its own does. */
const runnerWords: readonly (readonly [file: string, word: string, runner: string])[] = [
  ["package.json", '"vitest"', "vitest"],
  ["package.json", '"jest"', "jest"],
  ["package.json", '"mocha"', "mocha"],
  ["package.json", "node --test", "node --test"],
  ["package.json", '"test":', "npm test"],
  ["pyproject.toml", "pytest", "pytest"],
  ["requirements.txt", "pytest", "pytest"],
  ["setup.cfg", "pytest", "pytest"],
];

const assistantSigns: readonly string[] = Object.values(assistantSetups).flatMap(({ signs }) => signs);

/** Manifests that make a directory a project of its own. */
export const manifests: readonly string[] = [...new Set(languageSigns.map(([file]) => file))];

/** Looks at a directory; opens manifests only, and runs nothing. */
export function findProject(files: Files, root: string): ProjectFacts {
  const found = documentsBelow(files, root);
  const names = new Set(files.list(root).map((entry) => entry.name));
  const first = (signs: readonly Sign[]): string | undefined =>
    signs.find(([file]) => files.stat(`${root}/${file}`) !== undefined)?.[1];
  const languages = [...new Set(languageSigns.flatMap(([file, name]) => (names.has(file) ? [name] : [])))];
  const packageManager = first(managerSigns);
  const testRunner = first(runnerSigns) ?? runnerInManifest(files, root);
  const ci = first(ciSigns);
  return {
    hasGit: isInGit(files, root),
    ...found,
    // Why: a project in TypeScript has a package.json as well.
    languages: languages.includes("TypeScript") ? languages.filter((name) => name !== "JavaScript") : languages,
    ...(packageManager === undefined ? {} : { packageManager }),
    ...(testRunner === undefined ? {} : { testRunner }),
    ...(ci === undefined ? {} : { ci }),
    names,
    signs: assistantFiles(files, root),
  };
}

/** Files by which programs of assistants are known that are there. */
export function assistantFiles(files: Files, root: string): ReadonlySet<string> {
  return new Set(assistantSigns.filter((sign) => files.stat(`${root}/${sign}`) !== undefined));
}

/** True when a directory or one above it holds `.git`. */
export function isInGit(files: Files, root: string): boolean {
  for (let directory = root; ; directory = directory.slice(0, directory.lastIndexOf("/"))) {
    if (files.stat(`${directory}/.git`) !== undefined) return true;
    if (directory === "" || directory === "/") return false;
  }
}

function runnerInManifest(files: Files, root: string): string | undefined {
  return runnerWords.find(([file, word]) => {
    const stat = files.stat(`${root}/${file}`);
    if (stat?.kind !== "file" || stat.size > 1_000_000) return false;
    return new TextDecoder().decode(files.read(`${root}/${file}`)).includes(word);
  })?.[2];
}

/** Directories deeper than this are not looked into. */
const deepest = 8;

function documentsBelow(files: Files, root: string): Pick<ProjectFacts, "docs" | "profiles"> {
  const paths = documentPaths(files, root);
  if (paths.length === 0) return { profiles: [] };
  const counts = new Map<string, number>();
  for (const path of paths) {
    // Why: a later dialect takes the ids of an earlier one as well; what fits both is of the earlier.
    const fitting = Object.values(builtInProfiles).find(
      (each) => classifyDocument(each, path).artifactId !== undefined,
    );
    if (fitting !== undefined) counts.set(fitting.name, (counts.get(fitting.name) ?? 0) + 1);
  }
  const profiles = [...counts].map(([name, documents]) => ({ name, documents }));
  const docs = commonDirectory(paths.map((path) => path.split("/").slice(0, -2)));
  return { docs, profiles: profiles.sort((one, other) => other.documents - one.documents) };
}

function documentPaths(files: Files, root: string): readonly string[] {
  const rules = loadIgnoreRules(files, root, []);
  const paths: string[] = [];
  const enter = (directory: string, depth: number): void => {
    const entries = listed(files, `${root}/${directory}`);
    if (entries.some(({ name, kind }) => name === ".gitignore" && kind === "file")) rules.add(directory);
    for (const { name, kind } of entries) {
      const path = directory === "" ? name : `${directory}/${name}`;
      if (kind === "file" && isDocument(path) && !rules.ignores(path)) paths.push(path);
      const isEntered =
        kind === "directory" && depth < deepest && !neverEntered.has(name) && !rules.ignores(`${path}/`);
      if (isEntered) enter(path, depth + 1);
    }
  };
  enter("", 0);
  return paths;
}

function listed(files: Files, path: string): readonly DirectoryEntry[] {
  try {
    return files.list(path.replace(/\/$/u, ""));
  } catch {
    return [];
  }
}

function isDocument(path: string): boolean {
  return Object.values(builtInProfiles).some((profile) => classifyDocument(profile, path).type !== undefined);
}

/** The directory above the folders of all documents: `docs` for `docs/REQ/a.md` and `docs/SPEC/x/b.yaml`. */
function commonDirectory(folders: readonly (readonly string[])[]): string {
  const [first = [], ...rest] = folders;
  let length = first.length;
  for (const folder of rest) {
    let same = 0;
    while (same < length && folder[same] === first[same]) same += 1;
    length = same;
  }
  return length === 0 ? "." : first.slice(0, length).join("/");
}
