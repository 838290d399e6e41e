import { phaseStatusWord } from "#profile/dialect";
import type { PhaseFacts, PlanFacts, TaskFacts } from "../plan-facts/facts.ts";
import { verificationOf } from "../plan-facts/verification.ts";
import { bullets, carried, isCarried } from "./plan-text.ts";
import type { Seed } from "./seed.ts";

/** The phases with their tasks, boxes empty. */
export function taskList(seed: Seed): string {
  const pending = phaseStatusWord(seed.profile, "pending");
  const phases = seed.plan?.phases ?? [];
  if (phases.length === 0) {
    return `### Phase 1: [Name of the phase] (1 hour) - ${pending}

- [ ] **TASK-1.1**: [What is built first] (1 hour)
  - File: \`[path/to/file]\`
  - Verify: [how one sees that it works]
`;
  }
  return phases
    .map(
      ({ number, name, hours, tasks }) =>
        `### Phase ${number}: ${carried(name)}${inBrackets(hours)} - ${pending}\n\n${tasks.map((task) => taskItem(task)).join("")}`,
    )
    .join("\n");
}

function taskItem(task: TaskFacts): string {
  const details = task.details
    .filter(({ text }) => isCarried(text))
    .map(({ text, depth }) => ({ text: carried(text), depth }));
  const lines = [
    ...task.files.map((file) => ({ text: `File: \`${file}\``, depth: 0 })),
    ...details,
    ...(task.source === undefined ? [] : [{ text: `Described in ${task.source}`, depth: 0 }]),
    ...task.acceptance
      .filter((text) => isCarried(text))
      .map((text) => ({ text: `Verify: ${carried(text)}`, depth: 0 })),
  ];
  const list = lines.map(({ text, depth }) => `${"  ".repeat(depth + 1)}- ${text}\n`).join("");
  return `- [ ] **${task.id}**: ${carried(task.name)}${inBrackets(task.hours)}\n${list}`;
}

function inBrackets(hours: string | undefined): string {
  return hours === undefined ? "" : ` (${hours})`;
}

/** One step for each task: what it asks for, and the commands that prove it. */
export function executionSteps(seed: Seed): string {
  const { plan } = seed;
  const tasks = plan?.phases.flatMap((phase) => phase.tasks) ?? [];
  if (plan === undefined || tasks.length === 0) return emptyStep;
  return tasks.map((task, index) => step(seed, plan, task, index + 1)).join("\n");
}

const emptyStep = `**Step 1: [What this step does]** (TASK-1.1)

\`\`\`bash
[command that builds it]
\`\`\`

Verification:
\`\`\`bash
[command that fails when it was not built right]
\`\`\`

Expected outcome:
- \`[path/to/file]\` exists
`;

function step(seed: Seed, plan: PlanFacts, task: TaskFacts, ordinal: number): string {
  const modules = plan.modules.filter(({ file }) => file !== undefined && task.files.includes(file));
  const said = [
    `Work for a person or an assistant: what ${task.source ?? task.id} describes.`,
    ...modules.map(({ name, file }) => `\`${file ?? ""}\` is the module ${name}.`),
  ];
  const outcome = bullets(task.files.map((file) => `\`${file}\` exists`));
  return `**Step ${ordinal}: ${carried(task.name)} (${task.id})**

${said.join(" ")}

Verification:
\`\`\`bash
${verificationOf(task, plan, seed.profile).join("\n")}
\`\`\`
${outcome === "" ? "" : `\nExpected outcome:\n${outcome}`}`;
}

/** What a reader checks after each phase, as the parent has it. */
export function checklist(seed: Seed): string {
  const phases = seed.plan?.phases ?? [];
  if (phases.length === 0) return "**After Phase 1:**\n- [ ] [What a reader can check]\n";
  return phases.map((phase) => `**After Phase ${phase.number}:**\n${boxes(phase)}`).join("\n");
}

/** Why: where nothing is said of acceptance, the files are what everybody can look for. */
function boxes({ tasks }: PhaseFacts): string {
  const asked = tasks.flatMap(({ acceptance }) =>
    acceptance.filter((text) => isCarried(text)).map((text) => carried(text)),
  );
  const files = tasks.flatMap((task) => task.files.map((file) => `\`${file}\` exists`));
  const told = asked.length > 0 ? asked : files;
  return bullets((told.length > 0 ? told : ["[What a reader can check]"]).map((text) => `[ ] ${text}`));
}

/** Files that the plan leaves behind. */
export function deliverables({ plan }: Seed): readonly string[] {
  const files = new Set([
    ...(plan?.phases.flatMap((phase) => phase.tasks.flatMap((task) => task.files)) ?? []),
    ...(plan?.modules.flatMap(({ file }) => file ?? []) ?? []),
  ]);
  return files.size === 0 ? ["[path/to/file]"] : [...files];
}
