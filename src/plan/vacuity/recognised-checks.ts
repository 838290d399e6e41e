import { hasOption } from "../shell/invocation.ts";
import type { CheckKind, CheckRule, KnownCheck } from "./check-rule.ts";
import { presenceChecks } from "./presence-checks.ts";

export type { CheckKind, KnownCheck } from "./check-rule.ts";

interface CheckTable {
  /** It is a check only with one of these as subcommand or option. */
  readonly needs?: readonly string[];
  /** Options that make it pass whatever it finds. */
  readonly mutedBy?: readonly string[];
  /** Options with which it does not really check. */
  readonly weakenedBy?: readonly string[];
  /** Options or subcommands with which it does something else. */
  readonly not?: readonly string[];
}

function check(kind: CheckKind, table: CheckTable = {}): CheckRule {
  const { needs = [], mutedBy = [], weakenedBy = [], not = [] } = table;
  return (values) => {
    if (needs.length > 0 && !has(values, needs)) return undefined;
    if (not.length > 0 && has(values, not)) return undefined;
    const muted = mutedBy.find((option) => hasOption(values, option));
    if (muted !== undefined) return { kind, strength: "never", note: `\`${muted}\` makes it pass whatever it finds` };
    const weakened = weakenedBy.find((option) => hasOption(values, option));
    if (weakened !== undefined)
      return { kind, strength: "weak", note: `with \`${weakened}\` it may pass without checking anything` };
    return { kind, strength: "checks" };
  };
}

function has(values: readonly string[], names: readonly string[]): boolean {
  const sub = values.find((value) => !value.startsWith("-"));
  return names.some((name) => (name.startsWith("-") ? hasOption(values, name) : sub === name));
}

/** The first of several rules that knows the call. */
function oneOf(...rules: readonly CheckRule[]): CheckRule {
  return (values) => {
    for (const rule of rules) {
      const known = rule(values);
      if (known !== undefined) return known;
    }
    return undefined;
  };
}

const scripts =
  /^(?:test|lint|check|verify|typecheck|type-check|types|build|tsc|coverage|e2e|ci|validate|format:check|fmt:check)(?::|$)/;

function scriptKind(name: string): CheckKind {
  if (/lint/.test(name)) return "lint";
  if (/type|tsc/.test(name)) return "types";
  return /build/.test(name) ? "build" : "tests";
}

/** `npm test`, `npm run lint`, `yarn build`: scripts whose names promise a check. */
const packageScript: CheckRule = (values) => {
  const words = values.filter((value) => !value.startsWith("-"));
  const named = words[0] === "run" || words[0] === "run-script";
  const name = named ? words[1] : words[0];
  // Why: `npm ci` installs, `npm run ci` runs a script.
  if (name === undefined || (!named && name === "ci") || !(scripts.test(name) || name === "t")) return undefined;
  const weak = hasOption(values, "--if-present");
  const kind = scriptKind(name);
  return weak
    ? { kind, strength: "weak", note: "with `--if-present` it passes when there is no such script" }
    : { kind, strength: "checks" };
};

const packages = oneOf(
  packageScript,
  check("security", { needs: ["audit"] }),
  check("presence", { needs: ["ls", "list"] }),
);

const node = oneOf(
  check("tests", { needs: ["--test"], weakenedBy: ["--test-name-pattern"] }),
  check("validity", { needs: ["--check", "-c"] }),
);

const git = oneOf(
  check("comparison", { needs: ["diff"], not: ["--stat", "--name-only"] }),
  check("presence", { needs: ["ls-files"], not: ["--others"] }),
  check("presence", { needs: ["rev-parse", "show-ref", "cat-file", "fsck", "merge-base", "grep"] }),
);

const grep = check("comparison");

const curl: CheckRule = (values) =>
  hasOption(values, "-f", "--fail", "--fail-with-body")
    ? { kind: "presence", strength: "checks" }
    : { kind: "presence", strength: "weak", note: "curl exits 0 on an HTTP error; add `-f`" };

const make: CheckRule = (values) => {
  if (hasOption(values, "-i", "--ignore-errors"))
    return { kind: "build", strength: "never", note: "`-i` makes it pass whatever fails" };
  if (hasOption(values, "-n", "--dry-run", "-q"))
    return { kind: "build", strength: "weak", note: "with `-n` it runs nothing" };
  const target = values.find((value) => !value.startsWith("-") && !value.includes("="));
  return target !== undefined && scripts.test(target.replace(/-/g, ":"))
    ? { kind: scriptKind(target), strength: "checks" }
    : undefined;
};

const cargo = oneOf(
  check("tests", { needs: ["test", "nextest"], weakenedBy: ["--no-run"] }),
  check("lint", { needs: ["clippy"] }),
  check("types", { needs: ["check"] }),
  check("format", { needs: ["--check"] }),
  check("build", { needs: ["build"] }),
  check("security", { needs: ["audit", "deny"] }),
);

const terraform = oneOf(check("validity", { needs: ["validate"] }), check("format", { needs: ["-check"] }));
const lint = (mutedBy: readonly string[] = [], not: readonly string[] = []): CheckRule =>
  check("lint", { mutedBy, not });

const jq = oneOf(check("comparison", { needs: ["-e", "--exit-status"] }), check("validity"));

const inlineCheck =
  (option: string): CheckRule =>
  (values) => {
    const code = values[values.indexOf(option) + 1];
    if (!values.includes(option) || code === undefined) return undefined;
    if (/except[^\n]{0,80}:\s*(?:pass|print\b)|catch\s*(?:\([^)]{0,40}\))?\s*\{\s*(?:\}|console\.)/.test(code)) {
      return { kind: "validity", strength: "weak", note: "its code catches the failure" };
    }
    return /\bimport\b|\bassert\b|\braise\b|\bexit\b|\bthrow\b|require\(/.test(code)
      ? { kind: "presence", strength: "checks" }
      : undefined;
  };

const python = oneOf(inlineCheck("-c"), check("validity", { needs: ["json.tool", "py_compile", "compileall"] }));

/** Known checks by program. */
const checks: Readonly<Record<string, CheckRule>> = {
  ...presenceChecks,
  pytest: check("tests", { weakenedBy: ["--collect-only", "--co", "--setup-only", "--fixtures"] }),
  "py.test": check("tests", { weakenedBy: ["--collect-only"] }),
  unittest: check("tests"),
  nosetests: check("tests"),
  tox: check("tests"),
  nox: check("tests"),
  behave: check("tests", { weakenedBy: ["--dry-run", "-d"] }),
  jest: check("tests", { weakenedBy: ["--passWithNoTests", "--listTests"] }),
  vitest: check("tests", { weakenedBy: ["--passWithNoTests", "list"] }),
  mocha: check("tests", { weakenedBy: ["--dry-run"] }),
  ava: check("tests"),
  tap: check("tests"),
  jasmine: check("tests"),
  "cucumber-js": check("tests", { weakenedBy: ["--dry-run", "-d"] }),
  cucumber: check("tests", { weakenedBy: ["--dry-run", "-d"] }),
  playwright: check("tests", { needs: ["test"], weakenedBy: ["--list", "--pass-with-no-tests"] }),
  cypress: check("tests", { needs: ["run"] }),
  rspec: check("tests", { weakenedBy: ["--dry-run"] }),
  phpunit: check("tests", { weakenedBy: ["--list-tests"] }),
  ctest: check("tests", { weakenedBy: ["-N", "--show-only"] }),
  bats: check("tests", { weakenedBy: ["--count", "-c"] }),
  go: oneOf(
    check("tests", { needs: ["test"], weakenedBy: ["-list"] }),
    check("lint", { needs: ["vet"] }),
    check("build", { needs: ["build"] }),
  ),
  mvn: check("tests", {
    needs: ["test", "verify", "package", "install"],
    mutedBy: ["-Dmaven.test.failure.ignore", "-fn"],
    weakenedBy: ["-DskipTests"],
  }),
  mvnw: check("tests", { needs: ["test", "verify", "package", "install"], weakenedBy: ["-DskipTests"] }),
  gradle: check("tests", { needs: ["test", "check", "build"], weakenedBy: ["--dry-run", "-m"] }),
  gradlew: check("tests", { needs: ["test", "check", "build"], weakenedBy: ["--dry-run", "-m"] }),
  dotnet: oneOf(
    check("tests", { needs: ["test"], weakenedBy: ["--list-tests", "-t"] }),
    check("build", { needs: ["build"] }),
  ),
  swift: check("tests", { needs: ["test", "build"] }),
  coverage: oneOf(check("tests", { needs: ["report"] }), check("tests", { needs: ["run"] })),
  c8: check("tests"),
  nyc: check("tests"),
  npm: packages,
  pnpm: packages,
  yarn: packages,
  bun: oneOf(check("tests", { needs: ["test"] }), packageScript),
  deno: oneOf(
    check("tests", { needs: ["test"] }),
    check("lint", { needs: ["lint"] }),
    check("types", { needs: ["check"] }),
  ),
  eslint: lint([], ["--print-config", "--init"]),
  oxlint: lint(),
  biome: check("lint", { needs: ["check", "lint", "ci", "format"], not: ["--write"] }),
  standard: lint(),
  xo: lint(),
  stylelint: lint(),
  ruff: oneOf(
    check("lint", { needs: ["check"], mutedBy: ["--exit-zero", "-e"] }),
    check("format", { needs: ["--check", "--diff"] }),
  ),
  flake8: lint(["--exit-zero"]),
  pylint: lint(["--exit-zero", "--fail-under=0"]),
  pycodestyle: lint(),
  pydocstyle: lint(),
  shellcheck: lint(),
  hadolint: lint(["--no-fail"]),
  yamllint: lint([], ["--list-files"]),
  markdownlint: lint(),
  "golangci-lint": check("lint", { needs: ["run"], mutedBy: ["--issues-exit-code=0"] }),
  rubocop: lint(),
  mypy: check("types"),
  pyright: check("types"),
  tsc: check("types", { not: ["--init", "--watch", "-w"] }),
  flow: check("types", { needs: ["check"] }),
  sorbet: check("types"),
  black: check("format", { needs: ["--check", "--diff"] }),
  isort: check("format", { needs: ["--check", "--check-only", "-c"] }),
  prettier: check("format", { needs: ["--check", "-c", "--list-different", "-l"] }),
  rustfmt: check("format", { needs: ["--check"] }),
  cargo,
  bandit: check("security", { mutedBy: ["--exit-zero"] }),
  safety: check("security", { needs: ["check", "scan"] }),
  "pip-audit": check("security"),
  trivy: check("security", { needs: ["--exit-code"] }),
  semgrep: check("security", { needs: ["--error"] }),
  gitleaks: check("security", { mutedBy: ["--exit-code=0"] }),
  pip: oneOf(check("presence", { needs: ["show"] }), check("validity", { needs: ["check"] })),
  pip3: oneOf(check("presence", { needs: ["show"] }), check("validity", { needs: ["check"] })),
  poetry: oneOf(check("validity", { needs: ["check"] }), check("build", { needs: ["build"] })),
  terraform,
  tofu: terraform,
  helm: check("lint", { needs: ["lint", "test", "status"] }),
  docker: oneOf(check("build", { needs: ["build"] }), check("presence", { needs: ["inspect"] })),
  diff: check("comparison"),
  cmp: check("comparison"),
  grep,
  egrep: grep,
  fgrep: grep,
  rg: grep,
  ag: grep,
  zgrep: grep,
  git,
  jq,
  xmllint: check("validity"),
  sha256sum: check("comparison", { needs: ["-c", "--check"] }),
  sha1sum: check("comparison", { needs: ["-c", "--check"] }),
  md5sum: check("comparison", { needs: ["-c", "--check"] }),
  shasum: check("comparison", { needs: ["-c", "--check"] }),
  sort: check("comparison", { needs: ["-c", "-C", "--check"] }),
  bash: check("validity", { needs: ["-n"] }),
  sh: check("validity", { needs: ["-n"] }),
  which: check("presence"),
  type: check("presence"),
  hash: check("presence", { not: ["-r"] }),
  lsof: check("presence"),
  nc: check("presence", { needs: ["-z"] }),
  pg_isready: check("presence"),
  curl,
  wget: check("presence"),
  make,
  node,
  python,
  python3: python,
  expr: check("comparison"),
  let: check("comparison"),
  kill: check("presence", { needs: ["-0"] }),
  wait: (values) => (values.length > 0 ? { kind: "validity", strength: "checks" } : undefined),
};

/** What is known of a call as a check; undefined when it is no known check. */
export function knownCheck(program: string, values: readonly string[]): KnownCheck | undefined {
  return Object.hasOwn(checks, program) ? checks[program]?.(values) : undefined;
}
