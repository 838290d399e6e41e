import { page } from "./page.ts";
import type { Template } from "./seed.ts";
import { cumulativeTags } from "./yaml-traceability.ts";
import { statusWord } from "#profile/dialect";

/** The half of a contract that people read. */
export const contractPage: Template = (seed) =>
  page(
    seed,
    `The machine-readable half of this contract is [${seed.stem}.yaml](${seed.stem}.yaml); where the two differ, that one holds.

## Parties

| Side | Who | What it does |
|---|---|---|
| provider | [component that offers it] | [what it promises] |
| consumer | [component that uses it] | [what it may rely on] |

## Promises

- [What every answer has in common.]
- [What happens to a request that is not understood.]
- [How long an old version is served beside a new one.]

## Changes

[What counts as a breaking change, and who is asked before one is made.]
`,
  );

/** The half of a contract that programs read. */
export const contractInterface: Template = (seed) => `id: ${seed.id}
title: ${JSON.stringify(seed.title)}
version: 0.1.0
status: ${statusWord(seed.profile, "draft")}
document: ${seed.stem}.md

interfaces:
  - name: "[Name of the interface]"
    protocol: "[http, events or a library]"
    operations:
      - id: first_operation
        request: "[what is asked, and how]"
        answer: "[what comes back]"
        refusals: []

refusals:
  fields: "[what every refusal carries]"
  statuses: {}

${cumulativeTags(seed)}`;
