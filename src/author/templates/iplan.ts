import { statusWord } from "#profile/dialect";
import type { ControlField, PlanSection } from "#profile/plan-words";
import { placeholderId } from "../inherit.ts";
import { sectionTitle, sourceList, tagList } from "./page.ts";
import {
  criteria,
  currentState,
  decisions,
  prerequisites,
  relatedDocuments,
  risks,
  technicalDetails,
} from "./plan-context.ts";
import { bullets } from "./plan-text.ts";
import { checklist, deliverables, executionSteps, taskList } from "./plan-work.ts";
import type { Seed, Template } from "./seed.ts";

/** A plan: every section a run needs, filled with what is known; what only a person can say is a placeholder that `check` names. */
export const iplan: Template = (seed) => {
  const section = (key: PlanSection): string => sectionTitle(seed, key);
  const details = technicalDetails(seed, section);
  return `${frontMatter(seed)}
# ${seed.id}: ${seed.title}

## ${section("document-control")}

${controlTable(seed)}
## ${section("position")}

Layer ${seed.layer.layer}: turns its parent ${seed.plan?.parent.id ?? seed.profile.plan.parentType} into steps that run, each with the check that proves it.

## ${section("objective")}

${objective(seed)}

**Deliverables**:
${bullets(deliverables(seed).map((file) => `\`${file}\` exists`))}
## ${section("context")}

### ${section("current-state")}

${currentState(seed)}
### ${section("decisions")}

${decisions(seed)}
## ${section("task-list")}

${taskList(seed)}
## ${section("implementation-guide")}

### ${section("prerequisites")}

${prerequisites(seed)}
### ${section("execution-steps")}

${executionSteps(seed)}
### ${section("verification-checklist")}

${checklist(seed)}
${details === "" ? "" : `## ${section("technical-details")}\n\n${details}\n`}${traceability(seed, section)}
## ${section("risks")}

${risks(seed)}
## ${section("criteria")}

${criteria(seed)}`;
};

function objective({ plan, title }: Seed): string {
  if (plan === undefined) return "[One or two sentences: what will be there when this plan is done.]";
  return `Build what ${plan.parent.id} lays out: ${title}.`;
}

function traceability(seed: Seed, section: (key: PlanSection) => string): string {
  const { profile, plan } = seed;
  const parent = profile.plan.parentType;
  const sources =
    seed.sources.length > 0
      ? sourceList(seed)
      : `- ${placeholderId(profile, parent)} - the tasks this plan carries out\n`;
  const related = plan === undefined ? "" : relatedDocuments(seed, new Set(seed.sources.map(({ id }) => id)));
  return `## ${section("traceability-tags")}

${tagList(seed)}
## ${section("traceability")}

### ${section("upstream")}

${sources}
### ${section("downstream")}

${bullets(deliverables(seed).map((file) => `\`${file}\``))}${related === "" ? "" : `\n### ${section("related-documents")}\n\n${related}`}`;
}

function frontMatter({ id, title, profile, plan }: Seed): string {
  const { tags, customFields } = profile.plan.frontMatter;
  const fields = Object.entries({ ...customFields, ...(plan === undefined ? {} : { parent_tasks: plan.parent.id }) });
  const lines = fields.map(([name, value]) => `  ${name}: ${value}\n`);
  return `---\ntitle: ${JSON.stringify(`${id}: ${title}`)}\ntags:\n${tags.map((tag) => `  - ${tag}\n`).join("")}custom_fields:\n${lines.join("")}---\n`;
}

function controlTable(seed: Seed): string {
  const { profile, plan } = seed;
  const related = (plan?.chain ?? []).filter(({ id }) => id !== plan?.parent.id).map(({ id }) => id);
  const values: Readonly<Partial<Record<ControlField, string>>> = {
    id: seed.id,
    status: statusWord(profile, "draft"),
    version: "0.1.0",
    created: seed.now,
    lastUpdated: seed.now,
    author: seed.author,
    estimatedEffort: plan === undefined ? "1 hour" : (plan.effort ?? "[number of hours]"),
    actualEffort: "TBD",
    complexity: "[1-5]",
    parentTasks: plan?.parent.id ?? `[${placeholderId(profile, profile.plan.parentType)}]`,
    ...(related.length === 0 ? {} : { relatedArtifacts: related.join(", ") }),
  };
  const rows = profile.plan.fields.flatMap((field) => {
    const value = values[field.key];
    return value === undefined ? [] : [`| **${field.names[0] ?? field.key}** | ${value} |\n`];
  });
  return `| Item | Details |\n|------|---------|\n${rows.join("")}`;
}
