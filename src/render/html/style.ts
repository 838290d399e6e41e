/** The page's one style sheet: no font, image or rule comes from anywhere else. */
export const style: string = `
:root{color-scheme:light dark;--paper:#ffffff;--raised:#f6f7f8;--ink:#1a1d21;--soft:#545b64;--line:#d9dde2;--strong:#aab1ba;
--link:#0a4f9e;--good:#17663a;--bad:#a8201a;--warn:#7a4d00;--calm:#0a4f9e;--mark:#fff3c9;
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;
--sans:system-ui,-apple-system,"Segoe UI","Noto Sans","Helvetica Neue","DejaVu Sans",sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#14171a;--raised:#1c2024;--ink:#e6e9ec;--soft:#a3acb6;--line:#30363d;--strong:#59626c;
--link:#82b6f5;--good:#6cc792;--bad:#ff938a;--warn:#e3b35a;--calm:#82b6f5;--mark:#4a3f16}}
*{box-sizing:border-box}
html{font:100%/1.55 var(--sans);background:var(--paper);color:var(--ink);scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0}
.page{max-width:74rem;margin:0 auto;padding:2.5rem 1.5rem 5rem}
a{color:var(--link);text-underline-offset:.18em}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:2}
h1{font-size:1.9rem;line-height:1.2;font-weight:650;letter-spacing:-.015em;margin:0 0 .6rem;text-wrap:balance}
h2{font-size:1.3rem;line-height:1.3;font-weight:650;letter-spacing:-.01em;margin:0 0 .9rem}
h3{font-size:1.05rem;line-height:1.4;font-weight:650;margin:0 0 .4rem}
h4,h3.sub{font-size:.95rem;font-weight:650;margin:1.6rem 0 .5rem}
p{margin:0 0 .8rem;max-width:46rem}
code,pre,.id{font-family:var(--mono);font-size:.86em}
.soft{color:var(--soft)}
.small{font-size:.875rem}
.lead{font-size:1.2rem;line-height:1.5;margin-bottom:.5rem}
header.top{margin-bottom:1.6rem}header.top p{max-width:none}header.top .bar{width:min(100%,30rem);margin:.2rem 0 1rem}
nav.way{border-top:1px solid var(--line);border-bottom:1px solid var(--line);padding:.6rem 0;margin-bottom:2.6rem}
nav.way ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.6rem}
nav.way a{text-decoration:none;color:var(--ink)}nav.way a:hover{text-decoration:underline}
nav.way .count{color:var(--soft);font-variant-numeric:tabular-nums;margin-left:.35em}
section.part{margin:0 0 3.6rem}
.v{white-space:nowrap;font-weight:600}
td>.v,summary>.v{display:inline-block;min-width:7.4rem}
.v .sign{display:inline-block;min-width:1.05em;margin-right:.2em;font-weight:700}
.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}.calm{color:var(--calm)}.idle{color:var(--soft)}
.wide{overflow-x:auto;margin:0 0 1rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);font-size:.875rem;padding:0 0 .5rem}
th,td{text-align:left;vertical-align:baseline;padding:.5rem 1.1rem .5rem 0;border-bottom:1px solid var(--line)}
thead th{font-size:.8rem;font-weight:600;color:var(--soft);border-bottom-color:var(--strong);padding-bottom:.35rem;white-space:nowrap}
tbody th{font-weight:500}tr.phase>*{padding-top:1.5rem;border-bottom-color:var(--strong)}tr.phase th{font-weight:650}tr.phase:first-child>*{padding-top:.5rem}
td.n,th.n{text-align:right;white-space:nowrap}
tr:last-child>td,tr:last-child>th{border-bottom:0}
td.fill,th.fill{width:99%}
td.id,th .id,td .id{white-space:nowrap}
td .reason,.reason{display:block;color:var(--soft);font-size:.875rem;white-space:pre-line;overflow-wrap:anywhere}
.cut{overflow-wrap:anywhere}
.bar{display:block;width:9rem;height:.5rem;margin-top:.35rem}
.bar .good{fill:var(--good)}.bar .bad{fill:var(--bad)}.bar .warn{fill:var(--warn)}.bar .calm{fill:var(--calm)}.bar .idle{fill:var(--line)}
.plan{border-top:2px solid var(--ink);padding-top:1.1rem;margin:0 0 3rem}
.plan header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.2rem 1.2rem;margin-bottom:.3rem}
.plan header h3{font-size:1.2rem;margin:0}.plan header .id{margin-right:.35em}
details.plan{border-bottom:0;border-top:1px solid var(--strong);margin:0;padding:0}details.plan>summary{grid-template-columns:7.4rem 1fr}details.plan>summary .name{font-size:1rem;font-weight:600;margin:0}
details.plan[open]{padding-bottom:2rem}details.plan[open]>summary{margin-bottom:.6rem}
.facts{display:flex;flex-wrap:wrap;gap:.1rem 1.6rem;margin:0 0 1rem;padding:0;list-style:none;color:var(--soft);font-size:.875rem}
.alert{border-left:3px solid var(--bad);padding:.3rem 0 .3rem .9rem;margin:0 0 1rem}
details{border-bottom:1px solid var(--line)}
details>summary{cursor:pointer;padding:.55rem 0;display:grid;grid-template-columns:7.4rem 1fr auto;gap:0 1.1rem;align-items:baseline;list-style:none}
details>summary::-webkit-details-marker{display:none}
details>summary .name::before{content:"▸";display:inline-block;width:1.1em;color:var(--soft)}
details[open]>summary .name::before{content:"▾"}
details>summary:hover .name{text-decoration:underline;text-decoration-color:var(--strong);text-underline-offset:.2em}
details .inside{padding:.1rem 0 1.2rem 8.5rem}
details.plain>summary{display:block}details.plain .inside{padding-left:1.1rem}
.block{margin:0 0 1.1rem}
.block>.head{font-size:.875rem;margin:0 0 .3rem;display:flex;flex-wrap:wrap;gap:0 1rem;align-items:baseline}
.block ul.commands{list-style:none;margin:0 0 .4rem;padding:0}
.block ul.commands li{display:flex;gap:.6rem;align-items:baseline;margin:.15rem 0}
.block ul.commands code{white-space:pre-wrap;overflow-wrap:anywhere;flex:1;max-height:15rem;overflow-y:auto}
.nextstep code{display:block;margin-top:.15rem;overflow-wrap:anywhere}
.block ul.commands .how{font-size:.8rem;white-space:nowrap}
pre{background:var(--raised);border-radius:4px;padding:.7rem .9rem;margin:0;overflow-x:auto;line-height:1.45;white-space:pre-wrap;overflow-wrap:anywhere;max-height:34rem;overflow-y:auto}
.digest{font-family:var(--mono);font-size:.75rem;color:var(--soft);overflow-wrap:anywhere;margin:.3rem 0 0}
ul.plainlist{margin:0 0 1rem;padding:0;list-style:none}ul.plainlist>li{padding:.4rem 0;border-bottom:1px solid var(--line)}ul.plainlist>li:last-child{border:0}
.tools{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;margin:0 0 .9rem}
.tools label{font-size:.8rem;color:var(--soft);display:block}.tools input,.tools select{display:block;font-size:1rem;color:var(--ink);margin-top:.2rem}
table.criteria{table-layout:fixed}table.criteria th:first-child{width:8.6rem}table.criteria th:nth-child(3){width:9rem}table.criteria th:nth-child(4){width:14rem}table.criteria td{overflow-wrap:anywhere}
table.even{table-layout:fixed}table.even th:first-child{width:11rem}table.even th:nth-child(2):not(.fill){width:38%}table.even td,table.even th{overflow-wrap:anywhere}
.tools .grow{flex:1 1 16rem}
input,select,button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--strong);border-radius:4px;padding:.4rem .6rem;max-width:100%}
input[type=search]{width:100%}
button{cursor:pointer}button:hover:not(:disabled){background:var(--raised)}button:disabled{color:var(--soft);border-color:var(--line);cursor:default}
button.quiet{border:0;background:none;padding:0;color:var(--link);text-decoration:underline;text-underline-offset:.18em;font-family:var(--mono);font-size:.86em;text-align:left;overflow-wrap:anywhere}
.pager p{margin:0}.pager{display:flex;gap:.8rem;align-items:center;margin:.9rem 0 0;flex-wrap:wrap}
.chain{background:var(--raised);border-radius:4px;padding:1rem 1.1rem;margin:0}
.chain ol{margin:.3rem 0 1rem;padding-left:0;list-style:none}.chain li{padding:.12rem 0;overflow-wrap:anywhere}
.chain h4{font-size:.8rem;font-weight:600;color:var(--soft);margin:0}
.needs-script{display:none}html.scripted .needs-script{display:block}html.scripted .without-script{display:none}
footer{border-top:1px solid var(--line);padding-top:1.2rem;color:var(--soft);font-size:.875rem}
dl.words{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.2rem;margin:.6rem 0 1.4rem;color:var(--ink)}dl.words dd{margin:0}
@media (max-width:46rem){.page{padding:1.5rem 1rem 4rem}h1{font-size:1.55rem}.lead{font-size:1.08rem}
details>summary{grid-template-columns:1fr auto}details>summary .name{grid-column:1/-1;grid-row:1}details .inside{padding-left:1.1rem}
table.stack thead{position:absolute;left:-99rem}table.stack tr{display:block;padding:.6rem 0;border-bottom:1px solid var(--line)}
table.stack td,table.stack th{display:block;border:0;padding:.08rem 0;text-align:left;width:auto}
table.even,table.criteria{table-layout:auto}table.stack td.id,table.stack .id{white-space:normal}td>.v,summary>.v{min-width:0}
table.stack td[data-name]:not(:empty)::before{content:attr(data-name) " ";color:var(--soft);font-size:.8rem}
.block ul.commands li{flex-wrap:wrap}.block ul.commands code{flex-basis:100%}}
@media print{html{font-size:9.5pt}.page{max-width:none;padding:0}nav.way,.tools,.pager,.needs-script,.skip{display:none!important}
html.scripted .without-script{display:block}.plan header,tr,.block{break-inside:avoid}pre,.block ul.commands code{max-height:none}a{color:inherit;text-decoration:none}}
`;
