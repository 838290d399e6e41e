import { page } from "./page.ts";
import { elementId, type Template } from "./seed.ts";

/** What the business needs, and how it will know that it got it. */
export const brd: Template = (seed) =>
  page(
    seed,
    `## Purpose

[What is wrong or missing today, for whom, and what it costs.]

## Objectives

| ID | Objective | Measured by |
|---|---|---|
| ${elementId(seed, "BO", 1)} | [what will be better] | [number and date by which one sees it] |

## Functional Needs

### ${elementId(seed, "FR", 1)}: [What the business must be able to do]

[One sentence: who does what, and what comes of it.]

## Qualities

### ${elementId(seed, "NFR", 1)}: [How fast, how safe or how available it must be]

[A bound that can be measured.]

## Limits

- In scope: [what belongs to it]
- Out of scope: [what is left for later, and why]
- Given: [budget, date, law or system that cannot be changed]

## Acceptance

[Who accepts it, and what they look at.]
`,
  );
