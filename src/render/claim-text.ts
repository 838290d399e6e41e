import type { Claim, ClaimOf, PathClaim } from "#model/claim";

/** A claim in words: what will be looked at, and what must be seen. */
export function describeClaim(claim: Claim): string {
  return (words[claim.kind] as (claim: Claim) => string)(claim);
}

const words: { readonly [K in Claim["kind"]]: (claim: ClaimOf<K>) => string } = {
  path: ({ path, expect }) => `${path} ${pathWords[expect]}`,
  count: (claim) =>
    `${claim.directory} holds ${claim.operator === "=" ? "" : `${claim.operator} `}${claim.count} ${nouns[claim.of]}${claim.pattern === undefined ? "" : ` named ${claim.pattern}`}`,
  content: ({ path, text, form, expect }) =>
    `${path} ${expect === "present" ? "has" : "does not have"} ${form === "regex" ? `a line like /${text}/` : `"${text}"`}`,
  size: ({ path, of, operator, amount }) => `${path} has ${operator} ${amount} ${of}`,
  value: ({ path, key, expect, value }) =>
    `${path} ${expect === "absent" ? "has no" : "has"} ${key}${expect === "equal" ? ` of ${JSON.stringify(value)}` : ""}`,
  valid: ({ path, format }) => `${path} can be read as ${format}`,
  definition: ({ path, name }) => `${path} defines ${name}`,
  output: ({ text, form, expect }) =>
    `the output ${expect === "present" ? "has" : "does not have"} ${form === "regex" ? `/${text}/` : `"${text}"`}`,
  row: ({ cells }) => `the output has a row with ${cells.map((cell) => `"${cell}"`).join(", ")}`,
  number: ({ subject, operator, value, unit }) =>
    `${subject} is ${operator} ${value}${unit === undefined ? "" : ` ${unit}`} in the output`,
  clean: ({ tool }) => `the plan's own run of ${tool} ended clean`,
  findings: ({ tool, of, operator, count }) => `the plan's own run of ${tool} counts ${operator} ${count} ${of}`,
  tests: ({ of, operator, count }) => `the test runner counts ${operator} ${count} tests as ${of}`,
  coverage: ({ of, operator, value, command }) =>
    `the coverage report${command === undefined ? "" : ` of ${command}`} says ${operator} ${value} %${of === "any" ? "" : ` of ${of}`}`,
  exit: ({ command, status }) =>
    `the plan's own run of ${command} ${status === "failure" ? "failed" : `exited with status ${status}`}`,
  duration: ({ command, operator, ms }) => `the plan's own run of ${command} took ${operator} ${ms} ms`,
  version: ({ command, bounds }) =>
    `${command} reports ${bounds.map((bound) => `${bound.operator} ${bound.version}`).join(" and ")}`,
  installed: ({ program }) => `${program} is on PATH`,
  variable: ({ name, expect }) => `${name} is ${expect === "set" ? "set" : "not set"} in the environment`,
  port: ({ port, expect }) => `${expect === "open" ? "something listens" : "nothing listens"} on port ${port}`,
  url: ({ url, status }) => `${url} answers${status === undefined ? "" : ` ${status}`}`,
  process: ({ command }) => `${command}, started by the run, still runs`,
  git: ({ expect, name }) => `git: ${gitWords[expect]}${name === undefined ? "" : ` ${name}`}`,
};

const nouns = { file: "files", directory: "directories", entry: "entries" } as const;

const gitWords: Readonly<Record<ClaimOf<"git">["expect"], string>> = {
  clean: "nothing but the plan is changed or new",
  branch: "the branch is",
  tag: "there is a tag",
  tracked: "the index has",
  unchanged: "nothing is changed in",
};

const pathWords: Readonly<Record<PathClaim["expect"], string>> = {
  exists: "exists",
  absent: "does not exist",
  file: "is a file",
  directory: "is a directory",
  created: "exists once the step is done",
  executable: "is executable",
  "not-empty": "exists and is not empty",
};
