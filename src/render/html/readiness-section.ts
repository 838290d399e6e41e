import type { ShownScore } from "../scores.ts";
import { type Markup, markup } from "./markup.ts";
import type { Report } from "./report.ts";
import { grouped } from "./wording.ts";

/** Most plans whose readiness stands on the page, the least ready first. */
const mostRows = 40;

/** How ready each plan is to be run, and where its points were lost. */
export function readinessMarkup({ readiness }: Report): Markup | undefined {
  if (readiness.length === 0) return undefined;
  const sorted = [...readiness].sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1));
  const shown = sorted.slice(0, mostRows);
  const without = [...new Set(readiness.flatMap((score) => score.without))];
  return markup`<section class="part" id="readiness"><h2>Readiness</h2>
<p>How fit each plan is to be run, from its documents alone: it says nothing of what was done.${without.length > 0 && ` Not looked at: ${without.join(", ")}.`}</p>
${shown.map(scoreMarkup)}
${sorted.length > shown.length && markup`<p class="soft small">${grouped(sorted.length - shown.length)} more; <code>iplan check --score</code> has all.</p>`}</section>`;
}

function scoreMarkup({ id, score, target, ready, declared, lost = [] }: ShownScore): Markup {
  const sign = ready
    ? markup`<span class="v good"><span class="sign" aria-hidden="true">✓</span>ready</span>`
    : markup`<span class="v warn"><span class="sign" aria-hidden="true">!</span>not ready</span>`;
  const says = declared === undefined || declared === score ? "" : `says ${declared}`;
  const line = markup`${sign}<span class="name"><span class="id">${id}</span> ${score} of 100 <span class="soft">(target ${target})</span></span><span class="soft small">${says}</span>`;
  if (lost.length === 0)
    return markup`<details><summary>${line}</summary><div class="inside"><p class="soft">It lost no point.</p></div></details>`;
  const rows = lost.map(
    ({ points, rule, path, line: at, cure }) =>
      markup`<tr><td class="n">−${points}</td><td class="fill cut">${cure}<span class="reason">${path}:${at} · ${rule}</span></td></tr>
`,
  );
  return markup`<details><summary>${line}</summary><div class="inside"><table><thead><tr><th scope="col" class="n">Points</th><th scope="col" class="fill">How to win them back</th></tr></thead><tbody>${rows}</tbody></table></div></details>
`;
}
