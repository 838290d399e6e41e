import { page } from "./page.ts";
import type { Template } from "./seed.ts";

/** One decision, what else was weighed, and what follows from it. */
export const adr: Template = (seed) =>
  page(
    seed,
    `## Context

[What has to be decided, and what makes it hard: loads, limits, people, what is there already.]

## Decision

**[The decision in one sentence.]**

[How it works, as far as others have to know it.]

## Alternatives

| Alternative | Why not |
|---|---|
| [what else was weighed] | [what spoke against it] |

## Consequences

- [What becomes easier.]
- [What becomes harder, and how one lives with it.]
- [When this decision has to be looked at again.]
`,
  );
