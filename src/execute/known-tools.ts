/** A program whose version may be asked, under the names plans give it. */
export interface KnownTool {
  /** Executables that provide it, the first found counts. */
  readonly executables: readonly string[];
  readonly versionArguments: readonly string[];
}

const version = ["--version"];

function tool(...executables: string[]): KnownTool {
  return { executables, versionArguments: version };
}

/** Tools by the lower-case names plans use. Only these are ever started to learn their version. */
export const knownTools: Readonly<Record<string, KnownTool>> = {
  node: tool("node", "nodejs"),
  "node.js": tool("node", "nodejs"),
  nodejs: tool("node", "nodejs"),
  npm: tool("npm"),
  npx: tool("npx"),
  pnpm: tool("pnpm"),
  yarn: tool("yarn"),
  python: tool("python3", "python"),
  python3: tool("python3"),
  pip: tool("pip3", "pip"),
  poetry: tool("poetry"),
  uv: tool("uv"),
  pytest: tool("pytest"),
  mypy: tool("mypy"),
  ruff: tool("ruff"),
  git: tool("git"),
  bash: tool("bash"),
  make: tool("make"),
  cmake: tool("cmake"),
  curl: tool("curl"),
  jq: tool("jq"),
  gcc: tool("gcc"),
  docker: tool("docker"),
  "docker compose": { executables: ["docker"], versionArguments: ["compose", "version"] },
  "docker-compose": tool("docker-compose"),
  kubectl: { executables: ["kubectl"], versionArguments: ["version", "--client"] },
  helm: { executables: ["helm"], versionArguments: ["version", "--short"] },
  terraform: tool("terraform"),
  go: { executables: ["go"], versionArguments: ["version"] },
  rust: tool("rustc"),
  rustc: tool("rustc"),
  cargo: tool("cargo"),
  java: { executables: ["java"], versionArguments: ["--version"] },
  maven: tool("mvn"),
  mvn: tool("mvn"),
  gradle: tool("gradle"),
  ruby: tool("ruby"),
  php: tool("php"),
  postgresql: tool("psql"),
  postgres: tool("psql"),
  psql: tool("psql"),
  redis: tool("redis-server", "redis-cli"),
  gcloud: tool("gcloud"),
  aws: tool("aws"),
};
