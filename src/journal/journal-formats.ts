import { journalVersion } from "./hash-chain.ts";
import type { JournalFormats } from "./migrate.ts";
import { eventTypes } from "./replay.ts";

/**
 * The formats of journals. `v` of an event is the number of its format: it goes up when an event changes its meaning or a new type comes
 * in, and the entry of the former number says how the older event reads now. Only format 1 was ever written.
 */
export const journalFormats: JournalFormats = {
  current: journalVersion,
  migrations: {},
  types: eventTypes,
};
