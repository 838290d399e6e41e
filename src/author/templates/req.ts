import { page } from "./page.ts";
import { elementId, type Template } from "./seed.ts";

/** One requirement that one test can decide. */
export const req: Template = (seed) =>
  page(
    seed,
    `## Statement

[One sentence: what holds, without "and" between two things.]

## Reason

[Why it is needed, and what happens without it.]

## Interface Specifications

[What is called, with which values, and what comes back.]

## Errors

| When | Answer | What stays |
|---|---|---|
| [what is wrong] | [what the caller sees] | [what is not changed] |

## Acceptance Criteria

- **${elementId(seed, "AC", 1)}**: [what a test does, and what it must see]
- **${elementId(seed, "AC", 2)}**: [the same for the case that is refused]

## Verification

[Kind of test that decides it, and where it will be.]
`,
  );
