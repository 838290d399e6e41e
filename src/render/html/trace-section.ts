import { type Markup, markup } from "./markup.ts";
import type { Report, ReportTrace } from "./report.ts";
import { grouped } from "./wording.ts";

/** Most broken links that stand on the page without its script. */
const mostBreaks = 40;

/** How everything hangs together: what is broken first, then coverage by layer, then every artifact with its chain. */
export function traceMarkup({ trace, about }: Report): Markup {
  const scope = about === undefined ? "" : ` of the chain of ${about}`;
  const { length } = trace.artifacts;
  return markup`<section class="part" id="trace"><h2>Trace</h2>
<p>${grouped(length)} ${length === 1 ? "artifact" : "artifacts"}${scope}, ${grouped(trace.links)} ${trace.links === 1 ? "link" : "links"} in the workspace.</p>
${breaksMarkup(trace)}${coverageMarkup(trace)}${matrixMarkup(trace)}
<h3 class="sub" id="artifacts">Artifacts and their chains</h3>
<p class="without-script soft">With scripts switched on, every artifact can be searched here, with its chain upwards and downwards. <code>iplan trace ID</code> shows the same.</p>
<div class="needs-script" data-browser="artifacts"></div></section>`;
}

function breaksMarkup({ breaks, links }: ReportTrace): Markup {
  if (links === 0)
    return markup`<h3 class="sub">Broken links</h3><p class="soft">No tag links one document to another.</p>`;
  if (breaks.length === 0)
    return markup`<h3 class="sub">Broken links</h3><p><span class="v good"><span class="sign" aria-hidden="true">✓</span>none</span>: every tag leads to what it names.</p>`;
  const rows = breaks.slice(0, mostBreaks).map(
    ({ from, tag, to, status, path, line }) =>
      markup`<tr><td><span class="v bad"><span class="sign" aria-hidden="true">✗</span>${status}</span></td><td class="id cut">${from}</td><td class="id cut">@${tag}: ${to}</td><td class="cut soft small">${path}:${line}</td></tr>
`,
  );
  const more = breaks.length - rows.length;
  return markup`<h3 class="sub">Broken links <span class="soft small">${grouped(breaks.length)}</span></h3><div class="wide"><table class="stack">
<thead><tr><th scope="col">What it is</th><th scope="col">From</th><th scope="col">Tag</th><th scope="col" class="fill">Where</th></tr></thead><tbody>${rows}</tbody></table></div>
${more > 0 && markup`<p class="soft small">${grouped(more)} more: choose “broken link” among the artifacts, or ask <code>iplan check</code>.</p>`}`;
}

function percent(part: number, whole: number): string {
  // Why: 99.6 % is not all of it.
  const exact = whole === 0 ? 100 : (part / whole) * 100;
  return `${exact > 99 && part < whole ? 99 : Math.round(exact)} %`;
}

function coverageMarkup({ coverage }: ReportTrace): Markup | undefined {
  const demanded = coverage.filter((pair) => pair.demanded);
  if (demanded.length === 0) return undefined;
  const rows = demanded.map(({ from, by, total, covered, deep }) => {
    const words = covered < total ? "gaps" : deep < total ? "not to the end" : "whole";
    const [tone, sign] = words === "whole" ? ["good", "✓"] : ["warn", "!"];
    return markup`<tr><td><span class="v ${tone}"><span class="sign" aria-hidden="true">${sign}</span>${words}</span></td><th scope="row">${from} by ${by}</th><td class="n" data-name="answered">${grouped(covered)} of ${grouped(total)}</td><td class="n" data-name="that is">${percent(covered, total)}</td><td class="n" data-name="down to the last layer">${percent(deep, total)}</td></tr>
`;
  });
  return markup`<h3 class="sub">Coverage by layer</h3><div class="wide"><table class="stack">
<thead><tr><th scope="col">Coverage</th><th scope="col" class="fill">Layer</th><th scope="col" class="n">Answered for</th><th scope="col" class="n">Share</th><th scope="col" class="n">Down to the last layer</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** Which layer names which: a row names what is asked for, a column who answers. */
function matrixMarkup({ coverage }: ReportTrace): Markup | undefined {
  if (coverage.length === 0) return undefined;
  const froms = [...new Set(coverage.map(({ from }) => from))];
  const bys = [...new Set(coverage.map(({ by }) => by))];
  const cells = new Map(coverage.map((pair) => [`${pair.from} ${pair.by}`, pair]));
  const rows = froms.map(
    (from) =>
      markup`<tr><th scope="row">${from}</th>${bys.map((by) => {
        const pair = cells.get(`${from} ${by}`);
        if (pair === undefined) return markup`<td class="n"></td>`;
        const share = percent(pair.covered, pair.total);
        return markup`<td class="n">${pair.demanded ? markup`<strong>${share}</strong>` : markup`<span class="soft">${share}</span>`}</td>`;
      })}</tr>
`,
  );
  return markup`<details class="plain"><summary><span class="name">Traceability matrix</span></summary><div class="inside"><div class="wide"><table>
<caption>Share of each layer (rows) that something of another layer (columns) names. Bold: the layer that has to.</caption>
<thead><tr><td></td>${bys.map((by) => markup`<th scope="col" class="n">${by}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div></div></details>`;
}
