/** One step of a document that a test writes. */
export interface WrittenStep {
  readonly title?: string;
  /** Bash of the action; absent: the step is prose. */
  readonly run?: string;
  readonly verify?: string;
  readonly outcomes?: readonly string[];
  /** An annotation's text, without the comment around it. */
  readonly annotation?: string;
}

/** A plan document as a test writes it. */
export interface WrittenPlan {
  readonly id?: string;
  readonly title?: string;
  readonly status?: string;
  readonly lastUpdated?: string;
  readonly deliverables?: readonly string[];
  readonly prerequisites?: readonly string[];
  readonly checklist?: readonly string[];
  /** Text at the document's end. */
  readonly more?: string;
}

/** The text of a plan: one phase, a task for each step with a box, and the steps. */
export function planDocument(steps: readonly WrittenStep[], plan: WrittenPlan = {}): string {
  const id = plan.id ?? "IPLAN-001";
  const lines = [
    `# ${id}: ${plan.title ?? "A small plan"}`,
    "",
    "## Document Control",
    "",
    "| Item | Details |",
    "|---|---|",
    `| **ID** | ${id} |`,
    `| **Status** | ${plan.status ?? "Ready for Implementation"} |`,
    "| **Version** | 1.0.0 |",
    "| **Created** | 2026-01-10 09:00:00 UTC |",
    `| **Last Updated** | ${plan.lastUpdated ?? "2026-01-10 09:00:00 UTC"} |`,
    "| **Author** | Ada |",
    `| **Estimated Effort** | ${steps.length} hours |`,
    "| **Complexity** | 1 |",
    "| **Parent TASKS** | TASKS-001 |",
    "",
    "## Objective",
    "",
    "Show that a plan runs.",
    "",
    ...(plan.deliverables === undefined
      ? []
      : ["**Deliverables**:", ...plan.deliverables.map((text) => `- ${text}`), ""]),
    "## Task List",
    "",
    `### Phase 1: Work (${steps.length} hours) - PENDING`,
    "",
    ...steps.map((step, index) => `- [ ] **TASK-1.${index + 1}**: ${step.title ?? `Part ${index + 1}`} (1 hour)`),
    "",
    "## Implementation Guide",
    "",
    ...(plan.prerequisites === undefined
      ? []
      : ["### Prerequisites", "", "**Required Tools**:", ...plan.prerequisites.map((text) => `- ${text}`), ""]),
    "### Execution Steps",
    "",
    ...steps.flatMap(stepLines),
    ...(plan.checklist === undefined
      ? []
      : ["### Verification Checklist", "", "**After Phase 1:**", ...plan.checklist.map((text) => `- [ ] ${text}`), ""]),
  ];
  return `${lines.join("\n")}${plan.more ?? ""}`;
}

function stepLines(step: WrittenStep, index: number): readonly string[] {
  return [
    `**Step ${index + 1}: ${step.title ?? `Part ${index + 1}`}** (TASK-1.${index + 1})`,
    "",
    ...(step.annotation === undefined ? [] : [`<!-- iplan: ${step.annotation} -->`]),
    ...(step.run === undefined ? ["Think about it.", ""] : ["```bash", step.run, "```", ""]),
    ...(step.verify === undefined ? [] : ["Verification:", "```bash", step.verify, "```", ""]),
    ...(step.outcomes === undefined ? [] : ["Expected outcome:", ...step.outcomes.map((text) => `- ${text}`), ""]),
  ];
}

/** Where a written plan lies in a workspace. */
export function planPath(id = "IPLAN-001", slug = "small"): string {
  return `docs/IPLAN/${id}_${slug}_20260110_090000.md`;
}
