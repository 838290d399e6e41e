import type { SectionTexts } from "./fill-plan.ts";
import type { ImportedGroup, ImportedPhase, ImportedPlan, ImportedTask } from "./imported-plan.ts";
import { plainLine, plainName } from "./plain-text.ts";
import type { NumberedPlan, NumberedTask } from "./task-numbers.ts";

/** What the workspace tells of an imported plan. */
export interface PlanPlace {
  /** The link of a workspace-relative path as it stands in the plan. */
  linkTo(path: string): string;
  /** Whether a file is there already. */
  isThere(path: string): boolean;
  /** Commands that prove a task and fail while it is not done; none where nothing is known to run. */
  prove(id: string, task: ImportedTask): readonly string[];
}

/** The sections of a plan that another tool's plan fills; what only a person can say is a placeholder. */
export function planTexts(plan: ImportedPlan, numbered: NumberedPlan, place: PlanPlace): SectionTexts {
  const source = (path: string): string => `[${path.split("/").at(-1) ?? path}](${target(place.linkTo(path))})`;
  return {
    objective: objective(plan, numbered, place),
    "current-state": `**Code Status**: [what is there before this plan begins]\n\n${groups(plan.context, source)}`,
    decisions: groups(plan.decisions, source) || "**Architecture**:\n- [the decision this plan builds on]\n",
    "task-list": plan.phases.map((phase, at) => phaseText(phase, at, numbered.phases[at] ?? [])).join("\n"),
    "execution-steps": steps(plan, numbered, place),
    "verification-checklist": checklists(plan),
    downstream: downstream(plan),
    risks: risks(plan),
    criteria: criteria(plan),
    references: plan.sources.map((path) => `- ${source(path)} - where this plan was imported from\n`).join(""),
  };
}

/** Why: a target with blanks or brackets ends too early without its angle brackets. */
function target(link: string): string {
  return /[\s()<>]/u.test(link) ? `<${link.replace(/[<>]/gu, (sign) => (sign === "<" ? "%3C" : "%3E"))}>` : link;
}

function bullets(texts: readonly string[], before = "- "): string {
  return texts.map((text) => `${before}${plainLine(text)}\n`).join("");
}

function objective(
  { objective: said, deliverables }: ImportedPlan,
  { phases }: NumberedPlan,
  place: PlanPlace,
): string {
  const paragraphs =
    said.length === 0 ? ["[One or two sentences: what will be there when this plan is done.]"] : said.map(plainLine);
  // Why: that a file exists promises nothing where it exists already.
  const files = filesOf(phases.flat()).filter((file) => !place.isThere(file));
  const promised =
    deliverables.length > 0
      ? bullets(deliverables)
      : files.map((file) => `- \`${file}\` exists\n`).join("") || "- `[path/to/file]` exists\n";
  return `${paragraphs.join("\n\n")}\n\n**Deliverables**:\n${promised}`;
}

function filesOf(tasks: readonly NumberedTask[]): readonly string[] {
  return [...new Set(tasks.flatMap(({ task }) => task.files))];
}

function groups(all: readonly ImportedGroup[], source: (path: string) => string): string {
  return all
    .map(({ title, items, path }) => `**${plainName(title)}** (from ${source(path)}):\n${bullets(items)}`)
    .join("\n");
}

function phaseText({ name, intro }: ImportedPhase, at: number, tasks: readonly NumberedTask[]): string {
  const said = intro.map((text) => `${plainLine(text)}\n\n`).join("");
  return `### Phase ${at + 1}: ${plainName(name)} - PENDING\n\n${said}${tasks.map(taskText).join("")}`;
}

function taskText({ id, task, follows }: NumberedTask): string {
  const { label, name, files, details, acceptance } = task;
  const lines = [
    ...(label === "" ? [] : [`From: ${label}`]),
    ...files.map((file) => `File: \`${file}\``),
    ...details.map(plainLine),
    ...(follows.length === 0 ? [] : [`Depends on: ${follows.join(", ")}`]),
    ...acceptance.map((text) => `Acceptance: ${plainLine(text)}`),
  ];
  return `- [ ] **${id}**: ${plainName(name)}\n${lines.map((line) => `  - ${line}\n`).join("")}`;
}

function steps({ phases }: ImportedPlan, numbered: NumberedPlan, place: PlanPlace): string {
  const tasks = phases.flatMap((_, at) => numbered.phases[at] ?? []);
  return tasks.map((task, at) => stepText(task, at + 1, place)).join("\n");
}

function stepText({ id, task, needs }: NumberedTask, number: number, place: PlanPlace): string {
  const annotation = needs.length === 0 ? "" : `<!-- iplan: needs=${needs.join(",")} -->\n\n`;
  const known = place.prove(id, task);
  const proof = known.length === 0 ? [`[command that fails until ${id} is done]`] : known;
  const outcome = task.files
    .filter((file) => !place.isThere(file))
    .map((file) => `- \`${file}\` exists\n`)
    .join("");
  return `${annotation}**Step ${number}: ${plainName(task.name)}** (${id})

Verification:

\`\`\`bash
${proof.join("\n")}
\`\`\`
${outcome === "" ? "" : `\nExpected outcome:\n${outcome}`}`;
}

function checklists({ phases, checks }: ImportedPlan): string {
  const parts = phases.flatMap(({ checks: own }, at) =>
    own.length === 0 ? [] : [`**After Phase ${at + 1}:**\n${bullets(own, "- [ ] ")}`],
  );
  const whole = checks.length === 0 ? [] : [`**Complete Verification:**\n${bullets(checks, "- [ ] ")}`];
  return [...parts, ...whole].join("\n") || "**Complete Verification:**\n- [ ] [What a reader can check]\n";
}

function downstream({ phases }: ImportedPlan): string {
  const files = [...new Set(phases.flatMap(({ tasks }) => tasks.flatMap((task) => task.files)))];
  return (
    files.map((file) => `- \`${file}\` - written by this plan\n`).join("") ||
    "- `[path/to/file]` - the code this plan writes\n"
  );
}

function risks({ risks: all }: ImportedPlan): string {
  const known = all.length === 0 ? [{ title: "[What could go wrong]" }] : all;
  return known
    .map(
      ({ title, mitigation }: { readonly title: string; readonly mitigation?: string }, at) =>
        `**Risk ${at + 1}: ${plainName(title)}**
- **Likelihood**: [High/Medium/Low]
- **Impact**: [High/Medium/Low]
- **Mitigation**:
  - ${mitigation === undefined ? "[what prevents it]" : plainLine(mitigation)}
`,
    )
    .join("\n");
}

function criteria({ criteria: all }: ImportedPlan): string {
  const parts = all.map(({ title, items }) => `**${plainName(title)}**:\n${bullets(items, "- [ ] ")}`);
  return parts.join("\n") || "- [ ] [A result that can be measured]\n";
}
