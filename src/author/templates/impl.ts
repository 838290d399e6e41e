import { page } from "./page.ts";
import type { Template } from "./seed.ts";

/** Who does what when. */
export const impl: Template = (seed) =>
  page(
    seed,
    `## Who and When

### Phase 1: [Name of the phase]

| | |
|---|---|
| Who | [who does it] |
| When | [from when to when] |
| Hours | [number of hours] |
| Gives | [what is there afterwards] |
| Done when | [what one can see then] |

### Phase 2: [Name of the phase]

| | |
|---|---|
| Who | [who does it] |
| When | [from when to when] |
| Hours | [number of hours] |
| Gives | [what is there afterwards] |
| Done when | [what one can see then] |

## What Could Delay It

- [What others have to deliver first, and by when.]

## Handover

[Who takes it over, and what they get.]
`,
  );
