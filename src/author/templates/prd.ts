import { page } from "./page.ts";
import { elementId, type Template } from "./seed.ts";

/** What the product does for the people who use it. */
export const prd: Template = (seed) =>
  page(
    seed,
    `## People

| Who | What they want | What stands in their way today |
|---|---|---|
| [role of a person] | [what they want to get done] | [what keeps them from it] |

## Stories

### ${elementId(seed, "US", 1)}: [Short name of the story]

As [role of a person] I want [what they do] so that [what they gain].

## Features

### ${elementId(seed, "FEATURE", 1)}: [What the product offers]

[What one sees and does with it, without saying how it is built.]

- Done when: [what a person can try out]
- Not part of it: [what one might expect, but will not get]

## Measures

| Measure | Today | Goal |
|---|---|---|
| [what is counted] | [number today] | [number to reach] |
`,
  );
