import type { Profile } from "#profile/profile";

/** What is known when a plan begins. */
export interface PlanSeed {
  readonly id: string;
  readonly title: string;
  /** In the plain form of documents: `2026-03-01 14:05:09 CET`. */
  readonly now: string;
  readonly author: string;
}

/** The text of a new plan: every section a run needs, what only a person can say as a placeholder that `check` names. */
export function planTemplate(seed: PlanSeed, profile: Profile): string {
  const section = (key: string): string => profile.plan.sections.find((entry) => entry.key === key)?.titles[0] ?? key;
  return `${frontMatter(seed, profile)}
# ${seed.id}: ${seed.title}

## ${section("document-control")}

${controlTable(seed, profile)}
## ${section("position")}

Layer ${layerOf(profile)}: turns its parent ${profile.plan.parentType} into steps that run, each with the check that proves it.

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

${tagLines(profile)}
## ${section("traceability")}

### ${section("upstream")}

- [${profile.plan.parentType}-NNN](../${profile.plan.parentType}/${profile.plan.parentType}-NNN.md) - the tasks this plan carries out

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
}

function layerOf(profile: Profile): number {
  return profile.layers.find((layer) => layer.type === profile.plan.type)?.layer ?? 0;
}

function frontMatter(seed: PlanSeed, profile: Profile): string {
  const tags = profile.plan.frontMatter.tags.map((tag) => `  - ${tag}\n`).join("");
  const fields = Object.entries(profile.plan.frontMatter.customFields).map(([name, value]) => `  ${name}: ${value}\n`);
  return `---\ntitle: ${JSON.stringify(`${seed.id}: ${seed.title}`)}\ntags:\n${tags}custom_fields:\n${fields.join("")}---\n`;
}

function controlTable(seed: PlanSeed, profile: Profile): string {
  const values: Readonly<Record<string, string>> = {
    id: seed.id,
    status: profile.plan.statuses.find((status) => status.means === "draft")?.words[0] ?? "Draft",
    version: "0.1.0",
    created: seed.now,
    lastUpdated: seed.now,
    author: seed.author,
    estimatedEffort: "1 hour",
    complexity: "[1-5]",
    parentTasks: `[${profile.plan.parentType}-NNN]`,
  };
  const rows = profile.plan.fields.flatMap((field) => {
    const value = values[field.key];
    return value === undefined ? [] : [`| **${field.names[0] ?? field.key}** | ${value} |\n`];
  });
  return `| Item | Details |\n|------|---------|\n${rows.join("")}`;
}

function tagLines(profile: Profile): string {
  const layer = profile.layers.find((entry) => entry.type === profile.plan.type);
  const lines = (layer?.upstream ?? []).map((type) => {
    const tag = profile.layers.find((entry) => entry.type === type)?.tag ?? type.toLowerCase();
    return `@${tag}: ${type}-NNN\n`;
  });
  return `\`\`\`markdown\n${lines.join("")}\`\`\`\n`;
}
