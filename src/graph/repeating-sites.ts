import { type DefinitionKind, definitionKind } from "#model/trace";

/**
 * Sites that define anew when they stand twice, the strongest first. A row of a table repeats what another table says, a label may
 * list what has a heading elsewhere: only sites of the strongest kind count.
 */
export const repeatingSites: readonly (readonly DefinitionKind[])[] = [
  [definitionKind.heading, definitionKind.yamlId],
  [definitionKind.label],
  [definitionKind.phase],
  [definitionKind.task],
];

/** All kinds of sites that define anew when they stand twice. */
export const repeatingKinds: ReadonlySet<number> = new Set(repeatingSites.flat());
