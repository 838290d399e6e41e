import type { Derivation } from "./derivation.ts";
import { headingSlug } from "./heading-slug.ts";
import { keyCase } from "./key-case.ts";
import { keyPath } from "./key-path.ts";
import { nameCase } from "./name-case.ts";
import { phaseNumber } from "./phase-number.ts";
import { scenarioOrdinal } from "./scenario-ordinal.ts";
import { scenarioSlug } from "./scenario-slug.ts";
import { scenarioWords } from "./scenario-words.ts";
import { sectionNumber } from "./section-number.ts";
import { taskNumber } from "./task-number.ts";
import { topicSection } from "./topic-section.ts";

/**
 * All derivations, the surest first. The first that finds something decides: one element is derived, several are ambiguous.
 * Their places are numbers of links, from 1: add new ones where they belong and nothing else changes.
 */
export const derivations: readonly Derivation[] = [
  scenarioSlug,
  scenarioOrdinal,
  phaseNumber,
  taskNumber,
  sectionNumber,
  headingSlug,
  topicSection,
  nameCase,
  keyPath,
  keyCase,
  scenarioWords,
];
