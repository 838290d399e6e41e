import { statusWord } from "#profile/dialect";
import { page } from "./page.ts";
import type { Template } from "./seed.ts";
import { cumulativeTags } from "./yaml-traceability.ts";

/** What code has to be: modules, settings, bounds, errors. */
export const spec: Template = (seed) => `id: ${seed.id}
title: ${JSON.stringify(seed.title)}
version: 0.1.0
status: ${statusWord(seed.profile, "draft")}
runtime: "[language and version it runs on]"

modules:
  - name: first_module
    file: "[path/to/file]"
    purpose: "[what it is for, in one sentence]"
    functions:
      - "[name, what goes in, what comes out]"
    errors: []
    dependencies: []

settings:
  FIRST_SETTING:
    type: "[text, whole number, duration]"
    default: "[value when nothing is set]"
    description: "[what it changes]"

error_handling:
  refusals: "[what the caller sees of a mistake of its own]"
  failures: "[what happens when something it needs is gone]"

performance:
  first_bound: "[percentile, value and load]"

observability:
  log: "[what is written, and when]"
  health: "[how one sees that it works]"

tests:
  unit_line_coverage_percent: "[least share of lines]"
  scenarios: "[which scenarios must pass]"

${cumulativeTags(seed)}`;

/** The same as a page, where specifications are written in Markdown. */
export const specPage: Template = (seed) =>
  page(
    seed,
    `## Modules

### [Name of the module]

- File: [path/to/file]
- Purpose: [what it is for, in one sentence]
- Functions: [name, what goes in, what comes out]

## Settings

| Parameter | Type | Default | Description |
|---|---|---|---|
| [name of a setting] | [text, whole number, duration] | [value when nothing is set] | [what it changes] |

## Errors

| Code | When | Answer |
|---|---|---|
| [code of an error] | [what is wrong] | [what the caller sees] |

## Bounds

- [Percentile, value and load.]

## Proof

- [Least share of lines, and the scenarios that must pass.]
`,
  );
