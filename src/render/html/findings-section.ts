import { type Markup, markup } from "./markup.ts";
import type { Report, ReportFindings } from "./report.ts";
import { grouped } from "./wording.ts";

/** Most findings that stand on the page without its script. */
const mostRows = 60;

/** How a severity is shown: tone and sign. */
const signs: Readonly<Record<ReportFindings["list"][number]["severity"], readonly [tone: string, sign: string]>> = {
  error: ["bad", "✗"],
  warning: ["warn", "!"],
  info: ["idle", "i"],
};

/** What the check found, errors first. */
export function findingsMarkup({ findings }: Report): Markup {
  const { errors, warnings, infos, waived, list } = findings;
  if (list.length === 0)
    return markup`<section class="part" id="findings"><h2>Findings</h2><p><span class="v good"><span class="sign" aria-hidden="true">✓</span>none</span>${waived > 0 && `, ${grouped(waived)} waived`}.</p></section>`;
  const all = errors + warnings + infos;
  const rows = list.slice(0, mostRows).map(({ severity, rule, message, path, line }) => {
    const [tone, sign] = signs[severity];
    return markup`<tr><td><span class="v ${tone}"><span class="sign" aria-hidden="true">${sign}</span>${severity}</span></td><td class="fill cut">${message}<span class="reason">${path}:${line} · ${rule}</span></td></tr>
`;
  });
  return markup`<section class="part" id="findings"><h2>Findings</h2>
<p>${grouped(errors)} errors, ${grouped(warnings)} warnings, ${grouped(infos)} remarks${waived > 0 && `, ${grouped(waived)} waived`}.${all > list.length && ` The ${grouped(list.length)} that weigh most are here; iplan check has all.`}</p>
<div class="needs-script" data-browser="findings"></div>
<div class="without-script wide"><table class="stack"><thead><tr><th scope="col">Severity</th><th scope="col" class="fill">What was found</th></tr></thead><tbody>${rows}</tbody></table>
${list.length > rows.length && markup`<p class="soft small">${grouped(list.length - rows.length)} more with scripts switched on.</p>`}</div></section>`;
}
