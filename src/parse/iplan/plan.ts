import { onceFor, withEachLazily } from "#model/lazily";
import type { Plan, Section } from "#model/plan";
import type { Source } from "#model/source";
import type { Profile } from "#profile/profile";
import { type MarkdownSection, parseMarkdown } from "../markdown.ts";
import { readTags } from "../tags.ts";
import { readScenarioMapping } from "./bdd-mapping.ts";
import { type BoxHolders, withOneOwner } from "./box-owners.ts";
import { readChecklists } from "./checklists.ts";
import { readConfiguration } from "./configuration.ts";
import { readContext } from "./context.ts";
import { readControl } from "./control.ts";
import { readCriteria } from "./criteria.ts";
import { readFileTree } from "./file-tree.ts";
import { readFrontMatter } from "./front-matter.ts";
import { readGlossary } from "./glossary.ts";
import { readDownstream, readPlanLinks } from "./links.ts";
import { readModules } from "./modules.ts";
import { readNextActions } from "./next-actions.ts";
import { openingText, readDeliverables } from "./objective.ts";
import { readPhases } from "./phases.ts";
import { type PlanBlocks, readPlanBlocks } from "./plan-blocks.ts";
import { readIdentity } from "./plan-identity.ts";
import { readPrerequisites } from "./prerequisites.ts";
import { PlanReading } from "./reading.ts";
import { readRisks } from "./risks.ts";
import { readSessionMarkers } from "./session-markers.ts";
import { readSteps } from "./steps.ts";
import { readTroubleshooting } from "./troubleshooting.ts";

/** Reads a plan document. Takes any text and never throws; what the document does not have is absent or empty. */
export function parsePlan(source: Source, profile: Profile): Plan {
  const reading = new PlanReading(parseMarkdown(source, profile));
  const blocks = readPlanBlocks(reading);
  const control = readControl(reading);
  const frontMatter = readFrontMatter(reading);
  const plan = {
    path: source.path,
    ...readIdentity(reading, control, frontMatter),
    ...(frontMatter === undefined ? {} : { frontMatter }),
    ...(control === undefined ? {} : { control }),
    ...opening(reading),
    ...readContext(reading),
    prerequisites: readPrerequisites(reading),
    ...boxHolders(reading, blocks),
    commandReference: blocks.all.filter(({ section }) => section === "command-reference"),
    blocks: blocks.all,
    annotations: reading.annotations,
  };
  return withReferences(plan, reading);
}

/** The parts of a plan that tell people things, and nothing of what is to be done. */
type Reference =
  | "tags"
  | "markers"
  | "sections"
  | "fileTree"
  | "modules"
  | "configuration"
  | "scenarioMapping"
  | "links"
  | "upstream"
  | "downstream"
  | "related"
  | "risks"
  | "references"
  | "glossary"
  | "troubleshooting"
  | "nextActions";

/** Why: most commands ask for what is to be done alone; the rest is read when it is asked for. */
function withReferences(plan: Omit<Plan, Reference>, reading: PlanReading): Plan {
  return withEachLazily(plan, references, reading);
}

const linksOf = onceFor(readPlanLinks);

function linksIn(section: string): (reading: PlanReading) => Plan["links"] {
  return (reading) => linksOf(reading).filter((link) => link.section === section);
}

const references: { readonly [Key in Reference]: (reading: PlanReading) => Plan[Key] } = {
  tags: ({ document }) => readTags(document),
  markers: readSessionMarkers,
  links: linksOf,
  upstream: linksIn("upstream"),
  related: linksIn("related-documents"),
  references: linksIn("references"),
  sections: sectionsOf,
  fileTree: readFileTree,
  modules: readModules,
  configuration: readConfiguration,
  scenarioMapping: readScenarioMapping,
  downstream: readDownstream,
  risks: readRisks,
  glossary: readGlossary,
  troubleshooting: readTroubleshooting,
  nextActions: readNextActions,
};

function boxHolders(reading: PlanReading, blocks: PlanBlocks): BoxHolders {
  const steps = readSteps(reading, blocks);
  return withOneOwner({
    phases: readPhases(reading, blocks),
    steps,
    deliverables: readDeliverables(reading),
    checklists: readChecklists(reading, steps),
    criteria: readCriteria(reading),
  });
}

function opening(reading: PlanReading): Pick<Plan, "position" | "objective"> {
  const position = openingText(reading, reading.section("position"));
  const objective = openingText(reading, reading.section("objective"));
  return { ...(position === undefined ? {} : { position }), ...(objective === undefined ? {} : { objective }) };
}

function sectionsOf(reading: PlanReading): Section[] {
  const made = new Map<MarkdownSection, Section>();
  for (const section of reading.document.sections) {
    const parent = section.parent && made.get(section.parent);
    made.set(section, {
      title: section.title,
      level: section.level,
      heading: reading.range(section.heading),
      range: reading.range(section),
      ...(section.key === undefined ? {} : { name: section.key }),
      ...(parent === undefined ? {} : { parent }),
    });
  }
  return [...made.values()];
}
