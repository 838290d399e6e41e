import { page } from "./page.ts";
import type { Template } from "./seed.ts";

/** What two pieces of code promise each other before either is written. */
export const icon: Template = (seed) =>
  page(
    seed,
    `## Sides

| Side | Task | What it does |
|---|---|---|
| provider | [task that writes it] | [what it offers] |
| consumer | [task that uses it] | [what it builds on it] |

## Interface

\`\`\`text
[names, parameters, results and errors, in the language of the code]
\`\`\`

## Promises

- [What holds before a call, and what after it.]
- [What each error means, and who handles it.]

## Proof

[The test that both sides run, and where it will be.]
`,
  );
