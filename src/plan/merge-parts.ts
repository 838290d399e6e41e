import type { Plan } from "#model/plan";

/**
 * The parts of a split plan as one plan, in the order given. Lists are joined, single things come from the first part that has
 * them. Parts keep their own objects, so a task or box of the whole is found again in the part it stands in.
 */
export function mergeParts(parts: readonly Plan[]): Plan | undefined {
  const [first, ...rest] = parts;
  if (first === undefined || rest.length === 0) return first;
  return rest.reduce(joined, first);
}

function joined(whole: Plan, part: Plan): Plan {
  return {
    ...singles(part),
    ...singles(whole),
    path: whole.path,
    template: whole.template || part.template,
    sections: [...whole.sections, ...part.sections],
    deliverables: [...whole.deliverables, ...part.deliverables],
    currentState: [...whole.currentState, ...part.currentState],
    previousWork: [...whole.previousWork, ...part.previousWork],
    decisions: [...whole.decisions, ...part.decisions],
    phases: [...whole.phases, ...part.phases],
    prerequisites: [...whole.prerequisites, ...part.prerequisites],
    steps: [...whole.steps, ...part.steps],
    checklists: [...whole.checklists, ...part.checklists],
    fileTree: [...whole.fileTree, ...part.fileTree],
    modules: [...whole.modules, ...part.modules],
    configuration: [...whole.configuration, ...part.configuration],
    scenarioMapping: [...whole.scenarioMapping, ...part.scenarioMapping],
    tags: [...whole.tags, ...part.tags],
    links: [...whole.links, ...part.links],
    upstream: [...whole.upstream, ...part.upstream],
    downstream: [...whole.downstream, ...part.downstream],
    related: [...whole.related, ...part.related],
    risks: [...whole.risks, ...part.risks],
    criteria: [...whole.criteria, ...part.criteria],
    references: [...whole.references, ...part.references],
    glossary: [...whole.glossary, ...part.glossary],
    commandReference: [...whole.commandReference, ...part.commandReference],
    troubleshooting: [...whole.troubleshooting, ...part.troubleshooting],
    nextActions: [...whole.nextActions, ...part.nextActions],
    markers: { ...part.markers, ...whole.markers, completed: [...whole.markers.completed, ...part.markers.completed] },
    blocks: [...whole.blocks, ...part.blocks],
    annotations: [...whole.annotations, ...part.annotations],
  };
}

type Single = "id" | "title" | "name" | "frontMatter" | "control" | "position" | "objective";

const singleKeys: readonly Single[] = ["id", "title", "name", "frontMatter", "control", "position", "objective"];

function singles(plan: Plan): Pick<Plan, Single> {
  return Object.fromEntries(singleKeys.flatMap((key) => (plan[key] === undefined ? [] : [[key, plan[key]]])));
}
