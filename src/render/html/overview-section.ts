import { type Verdict, verdictOrder } from "#model/run";
import { type Markup, markup } from "./markup.ts";
import { anchorOf } from "./plan-section.ts";
import type { Report, ReportPlan } from "./report.ts";
import { verdictMarkup, verdictTones } from "./verdict-markup.ts";
import { allOf, countsText, grouped, listed, moment } from "./wording.ts";

/** Most plans in the static table, the worst first; all of them are among the artifacts. */
const mostRows = 100;

/** Heading, one sentence that says where everything stands, and where the facts come from. */
export function topMarkup(report: Report): Markup {
  const { tool, asOf, plans, documents, trace, findings } = report;
  const recorded = asOf === undefined ? "nothing was recorded yet" : `recorded until ${moment(asOf)}`;
  const links = linkWords(trace);
  const found = findings.list.length === 0 ? "no finding" : listed(findingWords(report));
  return markup`<header class="top"><h1>${titleOf(report)}</h1>
<p class="lead">${leadOf(plans)}</p>${plans.length === 1 && plans.map(({ counts }) => barMarkup(counts))}
<p class="soft">${grouped(documents)} ${documents === 1 ? "document" : "documents"}, ${links}, ${found} · ${recorded} · ${tool}</p></header>`;
}

/** The page's title. */
export function titleOf({ plans }: Report): string {
  const [plan, ...others] = plans;
  if (plan === undefined) return "No plan yet";
  if (others.length === 0) return plan.title === "" ? plan.id : plan.title;
  return `${grouped(plans.length)} plans and their proof`;
}

/** Why: where nothing is linked, nothing leads astray either, and that is no praise. */
function linkWords({ links, breaks }: Report["trace"]): string {
  if (links === 0) return "no link between them";
  if (breaks.length === 0) return "every link leads somewhere";
  return `${grouped(breaks.length)} broken link${breaks.length === 1 ? "" : "s"}`;
}

function findingWords({ findings }: Report): readonly string[] {
  const words = [
    [findings.errors, "error"],
    [findings.warnings, "warning"],
    [findings.infos, "remark"],
  ] as const;
  return words.flatMap(([count, word]) => (count === 0 ? [] : [`${grouped(count)} ${word}${count === 1 ? "" : "s"}`]));
}

function leadOf(plans: readonly ReportPlan[]): Markup {
  const [only, ...others] = plans;
  if (only === undefined) return markup`There is no plan in this workspace.`;
  if (others.length === 0) return markup`${only.id} is ${verdictMarkup(only.verdict)}. ${partsText(only.counts)}`;
  const counts = verdictOrder.flatMap((verdict): readonly [Verdict, number][] => {
    const count = plans.filter((plan) => plan.verdict === verdict).length;
    return count === 0 ? [] : [[verdict, count]];
  });
  const [[same] = []] = counts;
  if (counts.length === 1 && same !== undefined)
    return markup`All ${grouped(plans.length)} plans are ${verdictMarkup(same)}.`;
  const parts = counts.map(([verdict, count], index) => {
    const joint = index === 0 ? "" : index === counts.length - 1 ? " and " : ", ";
    return markup`${joint}${grouped(count)} ${verdictMarkup(verdict)}`;
  });
  return markup`Of ${grouped(plans.length)} plans, ${parts}.`;
}

function partsText(counts: ReportPlan["counts"]): string {
  const { verified = 0, ...others } = counts;
  const all = allOf(counts);
  if (all === 0) return "It has no part that could be proved.";
  if (verified === all) return all === 1 ? "Its one part is verified." : `All its ${grouped(all)} parts are verified.`;
  return `${grouped(verified)} of its ${grouped(all)} parts are verified; ${countsText(others)}.`;
}

/** All plans with their verdicts, worst first. */
export function plansMarkup({ plans }: Report, detailed: ReadonlySet<ReportPlan>): Markup {
  if (plans.length === 0)
    return markup`<section class="part" id="plans"><h2>Plans</h2><p>There is none yet. A first one is written with <code>iplan new iplan</code>.</p></section>`;
  const rows = plans.slice(0, mostRows).map((plan) => planRow(plan, detailed.has(plan)));
  const more = plans.length - rows.length;
  return markup`<section class="part" id="plans"><h2>Plans</h2><div class="wide"><table class="stack">
<thead><tr><th scope="col">Verdict</th><th scope="col">Plan</th><th scope="col" class="fill">What it is</th><th scope="col">Parts</th></tr></thead>
<tbody>${rows}</tbody></table></div>${more > 0 && markup`<p class="soft">${grouped(more)} more are among the <a href="#artifacts">artifacts</a>, and in <code>iplan status</code>.</p>`}</section>`;
}

function planRow(plan: ReportPlan, isDetailed: boolean): Markup {
  const id = isDetailed
    ? markup`<a class="id" href="#${anchorOf(plan)}">${plan.id}</a>`
    : markup`<span class="id">${plan.id}</span>`;
  const why = plan.problem ?? plan.next?.title;
  return markup`<tr><td>${verdictMarkup(plan.verdict)}</td><th scope="row">${id}</th>
<td class="cut">${plan.title === "" ? plan.path : plan.title}${why !== undefined && markup`<span class="reason">${plan.problem === undefined ? "next: " : ""}${why}</span>`}</td>
<td>${barMarkup(plan.counts)}<span class="small soft">${countsText(plan.counts)}</span></td></tr>
`;
}

/** The parts of a plan by verdict, as a bar; the words beside it say the same. */
export function barMarkup(counts: ReportPlan["counts"]): Markup {
  const all = allOf(counts);
  if (all === 0) return markup``;
  let x = 0;
  const pieces = [...verdictOrder].reverse().flatMap((verdict) => {
    const count = counts[verdict] ?? 0;
    if (count === 0) return [];
    const width = (count / all) * 100;
    const piece = markup`<rect class="${verdictTones[verdict]}" x="${x.toFixed(2)}" width="${Math.max(width - 0.8, 0.6).toFixed(2)}" height="8"/>`;
    x += width;
    return [piece];
  });
  return markup`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">${pieces}</svg>`;
}
