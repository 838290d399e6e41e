import { page } from "./page.ts";
import { elementId, type Template } from "./seed.ts";

/** Statements that can be tested, each in one of the four forms. */
export const ears: Template = (seed) =>
  page(
    seed,
    `Times are measured [from where to where].

## Events

### ${elementId(seed, "EVENT", 1)}: [What happens]

WHEN [something happens],
THE [part of the system] SHALL [do what can be seen from outside]
WITHIN [time that is allowed].

## States

### ${elementId(seed, "STATE", dotted(seed.profile.ids.elements, 2))}: [How things are]

WHILE [this holds],
THE [part of the system] SHALL [behave like this]
WITHIN [time that is allowed].

## Unwanted Behaviour

### ${elementId(seed, "UB", dotted(seed.profile.ids.elements, 3))}: [What goes wrong]

IF [something goes wrong],
THEN THE [part of the system] SHALL [answer or recover like this]
WITHIN [time that is allowed].

## Always

### ${elementId(seed, "UBI", dotted(seed.profile.ids.elements, 4))}: [What never changes]

THE [part of the system] SHALL [keep this promise]
WITHIN [how long it holds].
`,
  );

/** Why: where all statements share one series of numbers, each needs its own. */
function dotted(patterns: readonly string[], ordinal: number): number {
  return patterns.length > 0 ? ordinal : 1;
}
