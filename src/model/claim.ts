import type { VersionBound } from "./plan.ts";

/** How a measured number is compared with what a sentence says. */
export type Comparison = VersionBound["operator"];

/** A value of JSON or YAML that is no list or map. */
export type PlainValue = string | number | boolean | null;

/** Whether a path is there, and as what. */
export interface PathClaim {
  readonly kind: "path";
  readonly path: string;
  readonly expect: "exists" | "absent" | "file" | "directory" | "created" | "executable" | "not-empty";
}

/** How many entries a directory holds. */
export interface CountClaim {
  readonly kind: "count";
  readonly directory: string;
  readonly pattern?: string;
  readonly of: "file" | "directory" | "entry";
  readonly operator: Comparison;
  readonly count: number;
  readonly recursive: boolean;
}

/** A text in what commands printed. */
export interface OutputClaim {
  readonly kind: "output";
  readonly text: string;
  readonly form: "literal" | "regex";
  readonly expect: "present" | "absent";
  readonly command?: string;
}

/** A row of a table that commands printed: cells in this order, others may stand between them. */
export interface RowClaim {
  readonly kind: "row";
  readonly cells: readonly string[];
  readonly command?: string;
}

/** The version that a command told. */
export interface VersionClaim {
  readonly kind: "version";
  readonly command: string;
  readonly bounds: readonly VersionBound[];
}

/** How a tool ended that the plan runs. */
export interface CleanClaim {
  readonly kind: "clean";
  readonly tool: string;
}

/** What tools count as findings. */
export type FindingWord = "errors" | "warnings" | "problems" | "vulnerabilities" | "high" | "critical";

/** How much a linter, type checker or scanner counts in its own summary. */
export interface FindingsClaim {
  readonly kind: "findings";
  readonly tool: string;
  readonly of: FindingWord;
  readonly operator: Comparison;
  readonly count: number;
}

/** How many tests passed, failed or were skipped by the runner's own summary. */
export interface TestsClaim {
  readonly kind: "tests";
  readonly of: "passed" | "failed" | "skipped" | "run";
  readonly operator: Comparison;
  readonly count: number;
}

/** A share of the code that tests reached, in percent, by the report of the coverage tool. */
export interface CoverageClaim {
  readonly kind: "coverage";
  readonly of: "lines" | "branches" | "functions" | "statements" | "any";
  readonly operator: Comparison;
  readonly value: number;
  /** The command that measured it; absent: the only one that did. */
  readonly command?: string;
}

/** A number in what commands printed. */
export interface NumberClaim {
  readonly kind: "number";
  readonly subject: string;
  readonly operator: Comparison;
  readonly value: number;
  readonly unit?: string;
  readonly command?: string;
}

/** How a command of the plan ended. */
export interface ExitClaim {
  readonly kind: "exit";
  readonly command: string;
  /** A status, or any but 0. */
  readonly status: number | "failure";
}

/** How long a command of the plan took. */
export interface DurationClaim {
  readonly kind: "duration";
  readonly command: string;
  readonly operator: Comparison;
  readonly ms: number;
}

/** A text in a file, or in the files below a directory. */
export interface ContentClaim {
  readonly kind: "content";
  readonly path: string;
  readonly text: string;
  readonly form: "literal" | "regex";
  readonly expect: "present" | "absent";
}

/** The size of a file, or of all files below a directory. */
export interface SizeClaim {
  readonly kind: "size";
  readonly path: string;
  readonly of: "bytes" | "lines";
  readonly operator: Comparison;
  readonly amount: number;
}

/** A value in a JSON or YAML file. */
export interface ValueClaim {
  readonly kind: "value";
  readonly path: string;
  /** Keys joined by dots; numbers for places in lists. */
  readonly key: string;
  readonly expect: "present" | "absent" | "equal";
  /** With `equal`. */
  readonly value?: PlainValue;
}

/** Whether a file can be read as what it is. */
export interface ValidClaim {
  readonly kind: "valid";
  readonly path: string;
  readonly format: "JSON" | "YAML" | "front matter";
}

/** A class or function that a source file defines. */
export interface DefinitionClaim {
  readonly kind: "definition";
  readonly path: string;
  readonly name: string;
}

/** A port of this machine. */
export interface PortClaim {
  readonly kind: "port";
  readonly port: number;
  readonly expect: "open" | "closed";
}

/** An answer of a server on this machine. */
export interface UrlClaim {
  readonly kind: "url";
  readonly url: string;
  /** Absent: any answer below 400. */
  readonly status?: number;
}

/** A background command of the plan that still runs. */
export interface ProcessClaim {
  readonly kind: "process";
  readonly command: string;
}

/** A variable of the environment the plan's shell has. Its value is never looked at. */
export interface VariableClaim {
  readonly kind: "variable";
  readonly name: string;
  readonly expect: "set" | "unset";
}

/** A program on PATH. */
export interface InstalledClaim {
  readonly kind: "installed";
  readonly program: string;
}

/** The state of the repository; the plan and what belongs to it do not count as changes. */
export interface GitClaim {
  readonly kind: "git";
  readonly expect: "clean" | "branch" | "tag" | "tracked" | "unchanged";
  /** Branch, tag or path; absent with `clean`. */
  readonly name?: string;
}

/** An outcome as a check. Carried out by `execute/probes`; a claim never starts a program. */
export type Claim =
  | PathClaim
  | CountClaim
  | OutputClaim
  | RowClaim
  | VersionClaim
  | CleanClaim
  | FindingsClaim
  | TestsClaim
  | CoverageClaim
  | NumberClaim
  | ExitClaim
  | DurationClaim
  | ContentClaim
  | SizeClaim
  | ValueClaim
  | ValidClaim
  | DefinitionClaim
  | PortClaim
  | UrlClaim
  | ProcessClaim
  | VariableClaim
  | InstalledClaim
  | GitClaim;

/** The claim of one kind. */
export type ClaimOf<K extends Claim["kind"]> = Extract<Claim, { readonly kind: K }>;
