import type { Hash } from "#model/ports";
import { verdictOrder } from "#model/run";
import { pageColumns } from "./columns.ts";
import { findingsMarkup } from "./findings-section.ts";
import { inertJson, type Markup, markup } from "./markup.ts";
import { plansMarkup, titleOf, topMarkup } from "./overview-section.ts";
import { planMarkup } from "./plan-section.ts";
import { readinessMarkup } from "./readiness-section.ts";
import type { Report, ReportPlan } from "./report.ts";
import { artifacts } from "./script/artifacts.ts";
import { browser } from "./script/browser.ts";
import { elements } from "./script/elements.ts";
import { findings } from "./script/findings.ts";
import { start } from "./script/start.ts";
import { style } from "./style.ts";
import { traceMarkup } from "./trace-section.ts";
import { verdictMarkup, verdictWords } from "./verdict-markup.ts";
import { grouped } from "./wording.ts";

/** Most plans that stand on the page with all their steps; the worst are the first. */
const mostDetailed = 40;

/** Most plans that stand open one below the other. */
const mostUnfolded = 3;

const script = `"use strict";(()=>{${[elements, browser, artifacts, findings, start].join("")}})();`;

/** The first line of a page, by which it is known again. */
export const pageMark = "<!doctype html><!-- iplan report -->";

/**
 * The report as one page that needs nothing else: no network, no script but its own, no text of a document that is not escaped. The
 * content policy lets exactly this style and this script in. The same report gives the same bytes.
 */
export function renderReportPage(report: Report, hash: Hash): string {
  const detailed = new Set(report.plans.slice(0, mostDetailed));
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${base64Digest(style, hash)}'`,
    `script-src 'sha256-${base64Digest(script, hash)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  const page = markup`<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">
<title>${titleOf(report)}</title><style>${{ html: style }}</style></head>
<body><a class="skip" href="#main">Skip to the plans</a><div class="page">
${topMarkup(report)}${wayMarkup(report)}
<main id="main">${bodyMarkup(report, detailed)}</main>
${footMarkup(report)}</div>
<script type="application/json" id="columns">${inertJson(pageColumns(report))}</script>
<script>${{ html: script }}</script></body></html>
`;
  return `${pageMark}\n${page.html}`;
}

function bodyMarkup(report: Report, detailed: ReadonlySet<ReportPlan>): Markup {
  const more = report.plans.length - detailed.size;
  return markup`${report.plans.length !== 1 && plansMarkup(report, detailed)}
<section class="part" id="proof"><h2>What was done, and what it proved</h2>
${report.plans.length === 0 && markup`<p class="soft">Nothing yet.</p>`}
${[...detailed].map((plan) => planMarkup(plan, report.plans.length > mostUnfolded))}
${more > 0 && markup`<p class="soft">${grouped(more)} more plans stand in the table above; <code>iplan export html PLAN</code> shows one of them whole.</p>`}</section>
${traceMarkup(report)}${findingsMarkup(report)}${readinessMarkup(report)}`;
}

function wayMarkup({ plans, trace, findings: found, readiness }: Report): Markup {
  const stops: readonly (readonly [string, string, number] | false)[] = [
    plans.length !== 1 && ["plans", "Plans", plans.length],
    ["proof", "Proof", plans.reduce((sum, plan) => sum + plan.steps.length, 0)],
    ["trace", "Trace", trace.artifacts.length],
    ["findings", "Findings", found.errors + found.warnings + found.infos],
    readiness.length > 0 && ["readiness", "Readiness", readiness.length],
  ];
  const links = stops.flatMap((stop) =>
    stop === false
      ? []
      : [markup`<li><a href="#${stop[0]}">${stop[1]}<span class="count">${grouped(stop[2])}</span></a></li>`],
  );
  return markup`<nav class="way" aria-label="Parts of this page"><ul>${links}</ul></nav>`;
}

function footMarkup({ tool }: Report): Markup {
  const words = verdictOrder.map(
    (verdict) => markup`<dt>${verdictMarkup(verdict)}</dt><dd>${verdictWords[verdict]}</dd>`,
  );
  return markup`<footer><h2>What the words mean</h2><dl class="words">${words}</dl>
<p>Verdicts are computed from what ran and what it printed, never taken from what a document says. Written by ${tool}; the page loads nothing and sends nothing.</p></footer>`;
}

/** Base64 of a SHA-256, as a content policy names it. */
function base64Digest(text: string, hash: Hash): string {
  const hex = hash.sha256(text);
  const bits = Array.from(hex, (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, "0")).join("");
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const sextets = bits.match(/.{1,6}/g) ?? [];
  const digits = sextets.map((sextet) => alphabet[Number.parseInt(sextet.padEnd(6, "0"), 2)] ?? "").join("");
  return `${digits}${"=".repeat(-digits.length & 3)}`;
}
