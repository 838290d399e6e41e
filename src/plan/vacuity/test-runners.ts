import { hasOption } from "../shell/invocation.ts";
import type { CheckKind } from "./check-kind.ts";
import { type CheckRule, check, has, oneOf, settingOf, weak } from "./check-rule.ts";

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
  const kind = scriptKind(name);
  const loose = ["--if-present", "--passWithNoTests"].find((option) => hasOption(values, option));
  return loose === undefined
    ? { kind, strength: "checks" }
    : { kind, strength: "weak", note: `with \`${loose}\` it passes when there is nothing to run` };
};

const packages = oneOf(
  packageScript,
  check("security", { needs: ["audit"], mutedBy: ["--audit-level=none"] }),
  check("presence", { needs: ["ls", "list"] }),
);

const make: CheckRule = (values) => {
  if (hasOption(values, "-i", "--ignore-errors"))
    return { kind: "build", strength: "never", note: "`-i` makes it pass whatever fails" };
  if (hasOption(values, "-n", "--dry-run", "--just-print", "-q", "-t", "--touch"))
    return { kind: "build", strength: "weak", note: "with this option it runs nothing" };
  const target = values.find((value) => !value.startsWith("-") && !value.includes("="));
  return target !== undefined && scripts.test(target.replace(/-/g, ":"))
    ? { kind: scriptKind(target), strength: "checks" }
    : undefined;
};

const maven = check("tests", {
  needs: ["test", "verify", "package", "install"],
  mutedBy: ["-Dmaven.test.failure.ignore", "-fn", "--fail-never"],
  weakenedBy: ["-DskipTests", "-Dmaven.test.skip", "-DskipITs"],
});

/** Maven's goals stand anywhere among its words. */
const mavenGoals: CheckRule = (values) => {
  const goal = values.find((value) => /^(?:test|verify|package|install)$/.test(value));
  return goal === undefined ? undefined : maven([goal, ...values]);
};

const gradle: CheckRule = (values) => {
  const left = values.filter((_value, index) => values[index - 1] === "-x");
  const tasks = values.filter((value, index) => !value.startsWith("-") && values[index - 1] !== "-x");
  if (!tasks.some((task) => /(?:^|:)(?:check|build|\w*[tT]est|\w*[vV]erify)$/.test(task))) return undefined;
  if (left.some((task) => /(?:test|check)$/i.test(task)))
    return { kind: "tests", strength: "weak", note: "`-x` leaves the tests out" };
  return check("tests", { weakenedBy: ["--dry-run", "-m"] })(values);
};

/** A bound on coverage: without one the report only prints. */
const coverageReport: CheckRule = (values) => {
  if (!has(values, ["report"])) return undefined;
  const bound = settingOf(values, "--fail-under");
  if (bound === undefined) return weak("tests", "without `--fail-under` it prints and passes")(values);
  return Number(bound) === 0
    ? { kind: "tests", strength: "never", note: "a bound of 0 can never be missed" }
    : { kind: "tests", strength: "checks" };
};

const coverageTool: CheckRule = (values) => {
  if (values[0] !== "check-coverage") return { kind: "tests", strength: "checks" };
  const bounds = ["--lines", "--branches", "--functions", "--statements"].flatMap(
    (name) => settingOf(values, name) ?? [],
  );
  return bounds.length > 0 && bounds.every((bound) => Number(bound) === 0)
    ? { kind: "tests", strength: "never", note: "a bound of 0 can never be missed" }
    : { kind: "tests", strength: "checks" };
};

const snapshots = ["-u", "--update", "--updateSnapshot"] as const;
const listing = [
  "--collect-only",
  "--co",
  "--setup-only",
  "--setup-plan",
  "--fixtures",
  "--markers",
  "--help",
  "-h",
] as const;
const pytest = check("tests", { weakenedBy: [...listing, "--suppress-no-test-exit-code", "--snapshot-update"] });
const cucumber = check("tests", { weakenedBy: ["--dry-run", "-d"] });

/** Test runners and builders by program. */
export const testRunners: Readonly<Record<string, CheckRule>> = {
  pytest,
  "py.test": pytest,
  unittest: check("tests"),
  nosetests: check("tests", { weakenedBy: ["--collect-only"] }),
  tox: check("tests", { weakenedBy: ["--notest", "-l", "--listenvs", "--showconfig"] }),
  nox: check("tests", { weakenedBy: ["--list", "-l", "--install-only"] }),
  behave: cucumber,
  jest: check("tests", { weakenedBy: ["--passWithNoTests", "--listTests", "--showConfig", ...snapshots] }),
  vitest: check("tests", { not: ["list"], weakenedBy: ["--passWithNoTests", ...snapshots] }),
  mocha: check("tests", { weakenedBy: ["--dry-run"] }),
  ava: check("tests", { weakenedBy: snapshots }),
  tap: check("tests"),
  jasmine: check("tests"),
  "cucumber-js": cucumber,
  cucumber,
  playwright: check("tests", { needs: ["test"], weakenedBy: ["--list", "--pass-with-no-tests", ...snapshots] }),
  cypress: check("tests", { needs: ["run"] }),
  rspec: check("tests", { weakenedBy: ["--dry-run"] }),
  phpunit: check("tests", { weakenedBy: ["--list-tests", "--list-groups", "--list-suites"] }),
  ctest: check("tests", { weakenedBy: ["-N", "--show-only"] }),
  bats: check("tests", { weakenedBy: ["--count", "-c"] }),
  prove: check("tests", { weakenedBy: ["--dry", "-D"] }),
  go: oneOf(
    check("tests", { needs: ["test"], weakenedBy: ["-list"] }),
    check("lint", { needs: ["vet"] }),
    check("build", { needs: ["build"] }),
  ),
  mvn: mavenGoals,
  mvnw: mavenGoals,
  gradle,
  gradlew: gradle,
  dotnet: oneOf(
    check("tests", { needs: ["test"], weakenedBy: ["--list-tests", "-t"] }),
    check("build", { needs: ["build"] }),
  ),
  swift: check("tests", { needs: ["test", "build"] }),
  coverage: oneOf(coverageReport, check("tests", { needs: ["run"] })),
  c8: coverageTool,
  nyc: coverageTool,
  npm: packages,
  pnpm: packages,
  yarn: packages,
  bun: oneOf(check("tests", { needs: ["test"], weakenedBy: ["--update-snapshots"] }), packageScript),
  deno: oneOf(
    check("tests", { needs: ["test"], weakenedBy: ["--permit-no-files", "--no-run"] }),
    check("lint", { needs: ["lint"] }),
    check("types", { needs: ["check"] }),
  ),
  node: oneOf(
    check("tests", { needs: ["--test"], weakenedBy: ["--test-name-pattern", "--test-update-snapshots"] }),
    check("validity", { needs: ["--check", "-c"] }),
  ),
  cargo: oneOf(
    check("tests", { needs: ["test"], weakenedBy: ["--no-run"] }),
    check("tests", { needs: ["nextest"], weakenedBy: ["--no-run", "--no-tests=pass", "--no-tests=warn"] }),
    check("lint", { needs: ["clippy"] }),
    check("types", { needs: ["check"] }),
    check("format", { needs: ["--check"] }),
    check("build", { needs: ["build"] }),
    check("security", { needs: ["audit", "deny"] }),
  ),
  make,
  gmake: make,
};
