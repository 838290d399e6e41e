import { page } from "./page.ts";
import { elementId, type Template } from "./seed.ts";

/** What the system does and how well, with its borders. */
export const sys: Template = (seed) =>
  page(
    seed,
    `## System

[What runs where, what it talks to, and what it owns.]

## Functions

### ${elementId(seed, "FUNC", 1)}: [What the system does]

[What goes in, what is decided, what is kept, what comes out.]

## Qualities

### ${elementId(seed, "PERF", 1)}: [What has to be fast]

[Percentile, bound and load at which it is measured.]

### ${elementId(seed, "SEC", seed.profile.ids.elements.length > 0 ? 2 : 1)}: [What has to be safe]

[Against whom, and how one would notice.]

## Operation

- Start and end: [what happens to work that is under way]
- Watching it: [what it tells, and to whom]
- When something it needs is gone: [what it still does]
`,
  );
