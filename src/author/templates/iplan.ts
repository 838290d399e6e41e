import { statusWord } from "#profile/dialect";
import type { ControlField, PlanSection } from "#profile/plan-words";
import { placeholderId } from "../inherit.ts";
import { sectionTitle, sourceList, tagList } from "./page.ts";
import type { Seed, Template } from "./seed.ts";

/** A plan: every section a run needs, what only a person can say as a placeholder that `check` names. */
export const iplan: Template = (seed) => {
  const { profile } = seed;
  const section = (key: PlanSection): string => sectionTitle(seed, key);
  return `${frontMatter(seed)}
# ${seed.id}: ${seed.title}

## ${section("document-control")}

${controlTable(seed)}
## ${section("position")}

Layer ${seed.layer.layer}: turns its parent ${profile.plan.parentType} into steps that run, each with the check that proves it.

## ${section("objective")}

[One or two sentences: what will be there when this plan is done.]

**Deliverables**:
- \`[path/to/file]\` exists

## ${section("context")}

### ${section("current-state")}

**Code Status**: [what is there before this plan begins]

### ${section("decisions")}

**Architecture** (from [ADR-NNN]):
- [the decision this plan builds on]

## ${section("task-list")}

### Phase 1: [Name of the phase] (1 hour) - PENDING

- [ ] **TASK-1.1**: [What is built first] (1 hour)
  - File: \`[path/to/file]\`
  - Verify: [how one sees that it works]

## ${section("implementation-guide")}

### ${section("prerequisites")}

**Required Tools**:
- bash 5+

### ${section("execution-steps")}

**Step 1: [What this step does]** (TASK-1.1)

\`\`\`bash
[command that builds it]
\`\`\`

Verification:
\`\`\`bash
[command that fails when it was not built right]
\`\`\`

Expected outcome:
- \`[path/to/file]\` exists

### ${section("verification-checklist")}

**After Phase 1:**
- [ ] [What a reader can check]

## ${section("traceability-tags")}

${tagList(seed)}
## ${section("traceability")}

### ${section("upstream")}

${seed.sources.length > 0 ? sourceList(seed) : `- ${placeholderId(profile, profile.plan.parentType)} - the tasks this plan carries out\n`}
### ${section("downstream")}

- \`[path/to/file]\` - the code this plan writes

## ${section("risks")}

**Risk 1: [What could go wrong]**
- **Description**: [how it would show]
- **Likelihood**: [High/Medium/Low]
- **Impact**: [High/Medium/Low]
- **Mitigation**:
  - [what prevents it]

## ${section("criteria")}

- [ ] [A result that can be measured]
`;
};

function frontMatter({ id, title, profile }: Seed): string {
  const { tags, customFields } = profile.plan.frontMatter;
  const fields = Object.entries(customFields).map(([name, value]) => `  ${name}: ${value}\n`);
  return `---\ntitle: ${JSON.stringify(`${id}: ${title}`)}\ntags:\n${tags.map((tag) => `  - ${tag}\n`).join("")}custom_fields:\n${fields.join("")}---\n`;
}

function controlTable(seed: Seed): string {
  const { profile } = seed;
  const values: Readonly<Partial<Record<ControlField, string>>> = {
    id: seed.id,
    status: statusWord(profile, "draft"),
    version: "0.1.0",
    created: seed.now,
    lastUpdated: seed.now,
    author: seed.author,
    estimatedEffort: "1 hour",
    complexity: "[1-5]",
    parentTasks: seed.plan?.parent ?? `[${placeholderId(profile, profile.plan.parentType)}]`,
  };
  const rows = profile.plan.fields.flatMap((field) => {
    const value = values[field.key];
    return value === undefined ? [] : [`| **${field.names[0] ?? field.key}** | ${value} |\n`];
  });
  return `| Item | Details |\n|------|---------|\n${rows.join("")}`;
}
