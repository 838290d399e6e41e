import type { Severity } from "./finding.ts";
import type { RiskClass } from "./understanding.ts";

/** What happens to an approved command of a risk class: it runs, asks first, or never runs. */
export type PolicyDecision = "allow" | "confirm" | "deny";

/** A finding someone decided to live with: what, where, why and until when. */
export interface ConfigWaiver {
  /** A rule code; `plan/*` covers a family. */
  readonly rule: string;
  /** Glob over workspace-relative paths. */
  readonly path: string;
  readonly reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`; absent: it does not end. */
  readonly expires?: string;
}

/** The settings of a workspace, with defaults for everything. */
export interface Config {
  /** Name of a built-in profile, or workspace-relative path of the project's own. */
  readonly profile: string;
  /** Workspace-relative directory under which documents lie; `.` is the whole workspace. */
  readonly docs: string;
  /** Globs of source files whose tags count. */
  readonly sources: readonly string[];
  /** Patterns, as in `.gitignore`, of what walks pass over. */
  readonly ignore: readonly string[];
  /** How long a block may run, in milliseconds, unless its annotation says otherwise. */
  readonly timeoutMs: number;
  /** Names of variables whose values must never be written anywhere. */
  readonly secrets: readonly string[];
  readonly policy: Readonly<Record<RiskClass, PolicyDecision>>;
  /** Variables by which further assistants' programs are known: `policy.assistants`. */
  readonly assistants?: readonly string[];
  /** Severities of single rules where they differ; `off` silences one. */
  readonly rules: Readonly<Record<string, Severity | "off">>;
  readonly waivers: readonly ConfigWaiver[];
  /** Globs of reports that tools write: JUnit, LCOV and their like. */
  readonly reports: readonly string[];
}

/** Where reports are looked for unless the settings say otherwise: the usual places of test runners and coverage tools. */
export const usualReports: readonly string[] = [
  "reports/**",
  "test-results/**",
  "test-reports/**",
  "coverage/*",
  "junit.xml",
  "coverage.xml",
  "lcov.info",
  "*.sarif",
  "target/surefire-reports/*.xml",
  "target/failsafe-reports/*.xml",
  "build/test-results/**",
  "build/reports/**",
  ".benchmarks/**",
];

/** The settings of a workspace without a configuration file. */
export const defaultConfig: Config = {
  profile: "aidoc-16",
  docs: ".",
  sources: ["src/**", "lib/**", "app/**", "tests/**", "test/**"],
  ignore: [],
  timeoutMs: 600_000,
  secrets: [],
  policy: {
    read: "allow",
    workspace: "allow",
    outside: "allow",
    network: "allow",
    publish: "allow",
    destructive: "confirm",
  },
  rules: {},
  waivers: [],
  reports: usualReports,
};
