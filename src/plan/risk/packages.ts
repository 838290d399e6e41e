import type { ShellWord } from "#model/shell-syntax";
import { hasOption, operands, subcommand } from "../shell/invocation.ts";
import { type RiskFinding, type RiskRule, fetches, found } from "./risk-finding.ts";

interface Manager {
  readonly reads?: readonly string[];
  readonly fetches?: readonly string[];
  readonly publishes?: readonly string[];
  /** Subcommands that change things outside of the workspace. */
  readonly outside?: readonly string[];
  readonly destroys?: readonly string[];
  /** What it does without a subcommand. */
  readonly bare?: "fetches" | "reads" | "writes";
  /** Options that make it change the machine instead of the workspace. */
  readonly global?: readonly string[];
  readonly valued?: readonly string[];
  /** Each of its words is a task of its own: `mvn clean deploy`. */
  readonly tasks?: boolean;
}

function manager(table: Manager): RiskRule {
  return (call) => {
    const sub = subcommand(call, table.valued ?? []);
    const { values } = call;
    const outside = hasOption(values, ...(table.global ?? []))
      ? found("outside", "changes this machine, not the workspace")
      : [];
    const names =
      table.tasks === true && sub !== undefined ? [sub.name, ...operands(sub.rest).map(taskOf)] : [sub?.name];
    return [...names.flatMap((name) => judged(table, name, values)), ...outside];
  };
}

function taskOf(word: ShellWord): string {
  const text = word.literal ?? word.raw;
  return text.slice(text.lastIndexOf(":") + 1) === "publish" ? "publish" : text;
}

function judged(table: Manager, name: string | undefined, values: readonly string[]): readonly RiskFinding[] {
  if (name === undefined) return bare(table, values);
  if (table.reads?.includes(name)) return [];
  if (table.destroys?.includes(name)) return found("destructive", `\`${name}\` destroys what it names`);
  if (table.publishes?.includes(name)) return found("publish", "publishes to others");
  if (table.outside?.includes(name)) return found("outside", "changes this machine");
  if (table.fetches?.includes(name)) return fetches("fetches packages");
  return [{ risk: "workspace", reason: `may write files (\`${name}\`)`, writes: false }];
}

function bare(table: Manager, values: readonly string[]): readonly RiskFinding[] {
  if (table.bare === undefined || table.bare === "reads" || hasOption(values, "--version", "-v", "-V", "--help", "-h"))
    return [];
  return table.bare === "fetches"
    ? fetches("fetches packages")
    : [{ risk: "workspace", reason: "may write files", writes: false }];
}

const npm: Manager = {
  reads: [
    "ls",
    "list",
    "ll",
    "la",
    "root",
    "bin",
    "prefix",
    "why",
    "explain",
    "help",
    "fund",
    "query",
    "get",
    "licenses",
  ],
  fetches: [
    "install",
    "i",
    "ci",
    "add",
    "update",
    "up",
    "upgrade",
    "audit",
    "view",
    "info",
    "show",
    "outdated",
    "search",
    "ping",
    "init",
    "create",
    "dedupe",
    "whoami",
    "import",
  ],
  publishes: ["publish", "unpublish", "deprecate", "dist-tag", "owner", "access", "login", "logout", "adduser"],
  global: ["-g", "--global"],
  valued: ["--prefix", "-C", "--filter", "-w", "--workspace", "--cwd", "--dir"],
};

const pip: Manager = {
  reads: ["list", "show", "freeze", "check", "--version", "config", "debug", "inspect", "help", "hash"],
  fetches: ["install", "download", "wheel", "index", "search"],
  outside: ["cache"],
};

const systemPackages: RiskRule = (call) => {
  const sub = subcommand(call)?.name;
  if (sub === undefined || ["list", "show", "search", "policy", "info", "depends", "leaves", "outdated"].includes(sub))
    return [];
  if (sub === "purge") return found("destructive", "deletes packages of this machine with their settings");
  const network = ["remove", "autoremove", "uninstall", "del", "erase"].includes(sub)
    ? []
    : found("network", "fetches packages");
  return [...found("outside", "changes the packages of this machine"), ...network];
};

const cargo: Manager = {
  reads: ["tree", "metadata", "version", "search", "help", "locate-project", "pkgid"],
  fetches: ["add", "fetch", "update", "generate-lockfile"],
  publishes: ["publish", "yank", "owner", "login"],
  outside: ["install", "uninstall"],
};

const poetry: Manager = {
  reads: ["show", "check", "env", "version", "config", "about"],
  fetches: ["add", "install", "update", "lock", "sync", "self", "search"],
  publishes: ["publish"],
};

/** `npm version` and `npm config list` tell; with something to set they write. */
const node =
  (table: Manager): RiskRule =>
  (call) => {
    const sub = subcommand(call, npm.valued);
    const first = operands(sub?.rest ?? [])[0]?.literal;
    if (sub?.name === "npm") return judged(npm, first, call.values);
    const tells =
      (sub?.name === "version" && first === undefined) ||
      (sub?.name === "config" && ["list", "ls", "get", undefined].includes(first));
    return tells ? [] : manager(table)(call);
  };

const dotnet: Manager = {
  reads: ["--info", "list"],
  fetches: ["restore", "add", "tool"],
  publishes: ["publish"],
  bare: "reads",
};

const maven: Manager = {
  fetches: ["dependency:resolve", "dependency:go-offline"],
  publishes: ["deploy", "release:perform"],
  bare: "reads",
  tasks: true,
};

const gradle: Manager = {
  reads: ["tasks", "dependencies", "projects"],
  publishes: ["publish", "uploadArchives"],
  bare: "writes",
  tasks: true,
};

/** Package managers and build tools, by what their subcommands touch. */
export const packagePrograms: Readonly<Record<string, RiskRule>> = {
  npm: node(npm),
  pnpm: node({ ...npm, bare: "reads" }),
  yarn: node({ ...npm, bare: "fetches", outside: ["global"] }),
  bun: node({ ...npm, bare: "reads" }),
  npx: () => fetches("may fetch the package it runs"),
  corepack: manager({ outside: ["enable", "disable"], fetches: ["prepare", "use", "install"] }),
  pip: manager(pip),
  pip3: manager(pip),
  pipx: manager({ reads: ["list"], outside: ["install", "uninstall", "upgrade", "inject", "ensurepath"] }),
  pipenv: manager({ reads: ["graph", "check"], fetches: ["install", "update", "sync", "lock"] }),
  poetry: manager(poetry),
  pdm: manager({ ...poetry, reads: ["list", "info", "show"] }),
  hatch: manager({ publishes: ["publish"], fetches: ["env", "dep"] }),
  uv: manager({
    ...poetry,
    reads: ["tree", "version"],
    fetches: ["add", "sync", "lock", "pip", "venv"],
    outside: ["tool", "python", "self"],
  }),
  conda: manager({ reads: ["list", "info"], fetches: ["create", "install", "update", "env"] }),
  twine: manager({ reads: ["check"], publishes: ["upload", "register"] }),
  cargo: manager(cargo),
  rustup: manager({
    reads: ["show", "which"],
    outside: ["update", "install", "default", "component", "target", "toolchain", "self"],
  }),
  go: manager({
    reads: ["version", "env", "list", "doc", "vet"],
    fetches: ["get", "mod", "work"],
    outside: ["install"],
    valued: ["-C"],
  }),
  gem: manager({
    reads: ["list", "env", "which"],
    outside: ["install", "uninstall", "update"],
    publishes: ["push", "yank"],
  }),
  bundle: manager({ reads: ["list", "show", "check", "info"], fetches: ["install", "update", "add"], bare: "fetches" }),
  composer: manager({
    reads: ["show", "validate", "licenses"],
    fetches: ["install", "update", "require", "create-project"],
  }),
  mvn: manager(maven),
  mvnw: manager(maven),
  gradle: manager(gradle),
  gradlew: manager(gradle),
  dotnet: (call) =>
    call.values[0] === "nuget" && ["push", "delete"].includes(call.values[1] ?? "")
      ? found("publish", "publishes to others")
      : manager(dotnet)(call),
  make: manager({
    publishes: ["deploy", "publish", "release"],
    outside: ["install", "uninstall"],
    bare: "writes",
    valued: ["-C", "-f"],
    tasks: true,
  }),
  apt: systemPackages,
  "apt-get": systemPackages,
  aptitude: systemPackages,
  dnf: systemPackages,
  yum: systemPackages,
  apk: systemPackages,
  brew: systemPackages,
  snap: systemPackages,
  pacman: (call) => (call.values.some((value) => /^-Q|^-Ss/.test(value)) ? [] : systemPackages(call)),
  choco: systemPackages,
};
