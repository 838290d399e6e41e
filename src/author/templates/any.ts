import { page } from "./page.ts";
import type { Template } from "./seed.ts";

/** A document of a type that only the project's own profile knows. */
export const anyDocument: Template = (seed) =>
  page(
    seed,
    `## Purpose

[What this document settles, and for whom.]

## Content

[What holds, one statement at a time, so that later documents can name it.]
`,
  );
