import { page } from "./page.ts";
import type { Template } from "./seed.ts";

/** Which code has to come into being, and in which order. */
export const tasks: Template = (seed) =>
  page(
    seed,
    `## Rules for All Code

- [Language, style and what it may depend on.]
- Every module comes with its tests, in the same step of work.

## Phases

### Phase 1: Ground (2 hours)

#### 1.1 [What is made first] (1 hour)

- File: [path/to/file]
- Done when: [what one can run and see]

#### 1.2 [What comes next] (1 hour)

- File: [path/to/file]
- Done when: [what one can run and see]

### Phase 2: Core (2 hours)

#### 2.1 [What does the work] (2 hours)

- File: [path/to/file]
- Done when: [what one can run and see]

## Acceptance Criteria

- [ ] [A result that can be measured]

## Risks

- **[What could go wrong]**: [how it would show, and what prevents it]
`,
    [["Estimated Effort", "4 hours"]],
  );
