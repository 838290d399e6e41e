import { criteriaMarkup, scenariosMarkup } from "./criteria-markup.ts";
import { type Markup, markup } from "./markup.ts";
import type { ReportItem, ReportPhase, ReportPlan } from "./report.ts";
import { stepMarkup } from "./step-markup.ts";
import { verdictMarkup } from "./verdict-markup.ts";
import { countsText, moment, time } from "./wording.ts";

/** Name of the place of a plan on the page. */
export function anchorOf({ id, path }: ReportPlan): string {
  return `plan-${`${id}-${path}`.replace(/[^A-Za-z0-9_-]+/g, "-")}`;
}

/** A plan whole: phases and tasks, steps with their evidence, what else was promised, signatures and notes. `folded`: as a line that opens. */
export function planMarkup(plan: ReportPlan, folded: boolean): Markup {
  if (folded)
    return markup`<details class="plan" id="${anchorOf(plan)}"><summary>${verdictMarkup(plan.verdict)}<h3 class="name"><span class="id">${plan.id}</span> ${plan.title}</h3></summary>
${partsMarkup(plan)}</details>
`;
  return markup`<article class="plan" id="${anchorOf(plan)}">
<header><h3><span class="id">${plan.id}</span> ${plan.title}</h3>${verdictMarkup(plan.verdict)}</header>
${partsMarkup(plan)}</article>
`;
}

function partsMarkup(plan: ReportPlan): Markup {
  const took = plan.steps.reduce((sum, step) => sum + (step.durationMs ?? 0), 0);
  const facts = [
    plan.path,
    ...(plan.status === undefined ? [] : [`says “${plan.status}”`]),
    sources[plan.source],
    ...(took === 0 ? [] : [`ran for ${time(took)}`]),
  ];
  return markup`<ul class="facts">${facts.map((fact) => markup`<li class="cut">${fact}</li>`)}</ul>
${plan.problem !== undefined && markup`<p class="alert">${plan.problem}</p>`}
${plan.damage.map((damage) => markup`<p class="alert">The journal is damaged, and decides nothing: ${damage}</p>`)}
${plan.next !== undefined && markup`<p class="nextstep"><span class="soft">Next:</span> ${plan.next.title} <code>${plan.next.command}</code></p>`}
${phasesMarkup(plan.phases)}
${stepsMarkup(plan)}
${criteriaMarkup(plan.criteria)}
${scenariosMarkup(plan.scenarios)}
${itemsMarkup(plan.criteria.length === 0 ? "Deliverables, checks and criteria" : "Checks and declared files", plan.items)}
${signedMarkup(plan)}
${notesMarkup(plan)}
`;
}

const sources: Readonly<Record<ReportPlan["source"], string>> = {
  journal: "by the journal of this machine",
  receipt: "by its receipt; the outputs are on the machine that ran it",
  both: "by journal and receipt",
  nothing: "nothing was recorded of it",
};

function phasesMarkup(phases: readonly ReportPhase[]): Markup | undefined {
  if (phases.length === 0) return undefined;
  const rows = phases.map(
    ({ number, name, verdict, tasks }) =>
      markup`<tr class="phase"><td>${verdictMarkup(verdict)}</td><th scope="row" colspan="2">Phase ${number}: ${name}</th></tr>
${tasks.map(
  (task) =>
    markup`<tr><td>${verdictMarkup(task.verdict)}</td><td class="id">${task.id}</td><td class="fill cut">${task.text}${task.verdict !== "verified" && markup`<span class="reason">${task.reason}</span>`}</td></tr>
`,
)}`,
  );
  return markup`<h4>Phases and tasks</h4><div class="wide"><table class="stack"><thead><tr><th scope="col">Verdict</th><th scope="col">Task</th><th scope="col" class="fill">What is to be done</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function stepsMarkup({ steps }: ReportPlan): Markup {
  if (steps.length === 0) return markup`<h4>Steps</h4><p class="soft">It has none that could be run.</p>`;
  return markup`<h4>Steps and their evidence</h4>${steps.map(stepMarkup)}`;
}

/** Items with their verdicts, those that are not verified with the reason. */
export function itemsMarkup(title: string, items: readonly ReportItem[]): Markup | undefined {
  if (items.length === 0) return undefined;
  const counts: Partial<Record<ReportItem["verdict"], number>> = {};
  for (const { verdict } of items) counts[verdict] = (counts[verdict] ?? 0) + 1;
  const rows = items.map(
    ({ text, verdict, reason }) =>
      markup`<tr><td>${verdictMarkup(verdict)}</td><td class="fill cut">${text}<span class="reason">${reason}</span></td></tr>
`,
  );
  return markup`<h4>${title} <span class="soft small">${countsText(counts)}</span></h4><div class="wide"><table class="stack"><thead><tr><th scope="col">Verdict</th><th scope="col" class="fill">What was promised, and what was seen</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function signedMarkup({ signed }: ReportPlan): Markup | undefined {
  if (signed.length === 0) return undefined;
  const rows = signed.map(
    ({ key, actor, reason, override }) =>
      markup`<li><span class="id">${key}</span> ${override ? markup`<span class="v warn"><span class="sign" aria-hidden="true">!</span>override</span>` : "signed"} by ${actor}<span class="reason">${reason}</span></li>`,
  );
  return markup`<h4>On a person’s word</h4><ul class="plainlist">${rows}</ul>`;
}

function notesMarkup({ notes }: ReportPlan): Markup | undefined {
  if (notes.length === 0) return undefined;
  const rows = notes.map(
    ({ kind, text, at, actor }) =>
      markup`<li><strong>${kind}</strong> ${text}<span class="reason">${actor}, ${moment(at)}</span></li>`,
  );
  return markup`<h4>Notes</h4><ul class="plainlist">${rows}</ul>`;
}
