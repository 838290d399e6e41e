import type { Claim } from "#model/understanding";

/** A claim in words: what will be looked at, and what must be seen. */
export function describeClaim(claim: Claim): string {
  switch (claim.kind) {
    case "path":
      return `${claim.path} ${pathWords[claim.expect]}`;
    case "count":
      return `${claim.directory} holds ${claim.operator === "=" ? "" : `${claim.operator} `}${claim.count} ${claim.of === "entry" ? "entries" : claim.of === "directory" ? "directories" : "files"}${claim.pattern === undefined ? "" : ` named ${claim.pattern}`}`;
    case "output":
      return `the output ${claim.expect === "present" ? "has" : "does not have"} ${claim.form === "regex" ? `/${claim.text}/` : `"${claim.text}"`}`;
    case "version":
      return `${claim.command} reports ${claim.bounds.map((bound) => `${bound.operator} ${bound.version}`).join(" and ")}`;
    case "clean":
      return `the plan's own run of ${claim.tool} ended clean`;
    case "number":
      return `${claim.subject} is ${claim.operator} ${claim.value}${claim.unit === undefined ? "" : ` ${claim.unit}`} in the output`;
  }
}

const pathWords: Readonly<Record<Extract<Claim, { kind: "path" }>["expect"], string>> = {
  exists: "exists",
  absent: "does not exist",
  file: "is a file",
  directory: "is a directory",
  created: "exists once the step is done",
  executable: "is executable",
  "not-empty": "exists and is not empty",
};
