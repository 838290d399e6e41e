import { type Markup, markup } from "./markup.ts";
import type { ReportBlock, ReportStep } from "./report.ts";
import { endMarkup, verdictMarkup } from "./verdict-markup.ts";
import { grouped, moment, time } from "./wording.ts";

/** Verdicts whose steps stand open: there is something to look at. */
const open: ReadonlySet<string> = new Set(["failed", "unknown", "suspect"]);

/** A step as a line that opens: what it did, how that ended, and the end of what it printed. */
export function stepMarkup(step: ReportStep): Markup {
  const took = step.durationMs === undefined ? "" : time(step.durationMs);
  const name = markup`<span class="name">Step ${step.number}: ${step.title}</span>`;
  return markup`<details${open.has(step.verdict) && markup` open`}><summary>${verdictMarkup(step.verdict)}${name}<span class="soft small">${took}</span></summary>
<div class="inside">${step.reason !== "" && markup`<p class="reason">${step.reason}</p>`}
${step.blocks.map(blockMarkup)}
${outcomesMarkup(step)}
${step.digests.length > 0 && markup`<p class="small soft">Outputs on the machine that ran it:</p>${step.digests.map(digestMarkup)}`}
<p class="small soft">${tailOf(step)}</p></div></details>
`;
}

function tailOf({ at, attempts }: ReportStep): string {
  const tries = attempts > 1 ? [`attempt ${attempts}`] : [];
  return [...(at === undefined ? ["nothing is recorded of it"] : [`recorded ${moment(at)}`]), ...tries].join(", ");
}

function blockMarkup(block: ReportBlock): Markup {
  const attempt = block.attempt === undefined || block.attempt === 1 ? "" : `, attempt ${block.attempt}`;
  return markup`<div class="block"><p class="head"><strong>${block.role}${attempt}</strong>${endMarkup(block.passed, block.ended)}<span class="soft">${time(block.durationMs)}</span></p>
${commandsMarkup(block)}
${block.tail !== "" && markup`<pre tabindex="0" aria-label="the end of what it printed">${block.cut && "… only its end\n"}${block.tail}</pre>`}
${block.digest !== undefined && markup`<p class="digest">${block.digest} · ${grouped(block.bytes ?? 0)} bytes</p>`}</div>
`;
}

function commandsMarkup({ commands, role }: ReportBlock): Markup | undefined {
  if (commands.length === 0) return undefined;
  const isOne = commands.length === 1 && role !== "verification";
  const rows = commands.map(
    ({ text, ended, passed }) =>
      markup`<li><code>${text}</code>${!isOne && markup`<span class="how ${passed ? "idle" : "bad"}">${passed ? "" : "✗ "}${ended}</span>`}</li>`,
  );
  return markup`<ul class="commands">${rows}</ul>`;
}

function outcomesMarkup({ outcomes }: ReportStep): Markup | undefined {
  if (outcomes.length === 0) return undefined;
  const rows = outcomes.map(
    ({ text, verdict, reason }) =>
      markup`<li>${verdictMarkup(verdict)} ${text}<span class="reason">${reason}</span></li>`,
  );
  return markup`<p class="head"><strong>expected outcome</strong></p><ul class="plainlist">${rows}</ul>`;
}

function digestMarkup(digest: string): Markup {
  return markup`<p class="digest">${digest}</p>`;
}
