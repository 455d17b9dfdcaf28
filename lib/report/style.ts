/** The look of reports and of their index: one text column, wider charts, quiet colours, light and dark, screen and print. */
export const STYLE = `
:root{color-scheme:light dark;--page:#fff;--ink:#1f2328;--soft:#57606a;--line:#d8dee4;--wash:#f6f8fa;--accent:#1f66a8;--bad:#b3261e;--kw:#8250df;--str:#0a5a2b;--num:#0550ae;--com:#57606a;--name:#953800}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark;--page:#15181c;--ink:#e6e8eb;--soft:#a3acb6;--line:#32383f;--wash:#1c2127;--accent:#7db7f0;--bad:#ff8a80;--kw:#d2a8ff;--str:#8ddb9a;--num:#8cc4ff;--com:#a3acb6;--name:#ffb27a}
@media(prefers-color-scheme:dark){:root:not([data-theme=light]){--page:#15181c;--ink:#e6e8eb;--soft:#a3acb6;--line:#32383f;--wash:#1c2127;--accent:#7db7f0;--bad:#ff8a80;--kw:#d2a8ff;--str:#8ddb9a;--num:#8cc4ff;--com:#a3acb6;--name:#ffb27a}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.6 Inter,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
a{color:var(--accent);text-underline-offset:.15em}
.shell{display:grid;grid-template-columns:minmax(0,1fr);max-width:76rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;gap:0 3rem}
.shell.single{display:block;max-width:62rem}
.single main>p{max-width:38rem}
main{min-width:0;max-width:42rem;width:100%;margin:0 auto}
.single main{max-width:none}
main>:not(header,section,figure,.cards),.cell>:not(figure,.scroll,.tabled),.tabled>.caption,.tabled>p,.findings,.provenance,.words,.cell>figure>figcaption{max-width:38rem}
nav.contents{font-size:.875rem;line-height:1.4;margin:1rem 0}
nav.contents ol{list-style:none;margin:.4rem 0;padding:0}
nav.contents li{margin:.35rem 0}
nav.contents li.deep{padding-left:1rem}
nav.contents a{color:var(--soft);text-decoration:none}
nav.contents a:hover{color:var(--accent);text-decoration:underline}
@media(min-width:68rem){.shell{grid-template-columns:11.5rem minmax(0,1fr)}main{margin:0}nav.contents{position:sticky;top:1.5rem;align-self:start;max-height:calc(100vh - 3rem);overflow:auto;margin-top:4.6rem}nav.contents summary{list-style:none;font-weight:600}nav.contents summary::-webkit-details-marker{display:none}}
header.top{display:flex;justify-content:space-between;align-items:baseline;gap:1rem}
header.top p{margin:0;color:var(--soft);font-size:.875rem}
button{font:inherit;font-size:.8125rem;color:var(--soft);background:none;border:1px solid var(--line);border-radius:.35rem;padding:.15rem .6rem;cursor:pointer}
button:hover{color:var(--ink);border-color:var(--soft)}
h1{font-size:2rem;line-height:1.2;letter-spacing:-.015em;margin:.6rem 0 1rem}
h2{font-size:1.375rem;line-height:1.3;letter-spacing:-.01em;margin:3rem 0 .8rem}
h3{font-size:1.0625rem;margin:2rem 0 .5rem}
p,ul,ol{margin:.8rem 0}
li.task{list-style:none;margin-left:-1.35em}.task[role]{display:inline-block;width:.85em;height:.85em;margin-right:.3em;border:1.5px solid var(--soft);border-radius:.15em;vertical-align:-.08em}.task.done::after{content:"";display:block;width:.26em;height:.5em;margin:-.02em auto 0;border:solid var(--ink);border-width:0 .12em .12em 0;transform:rotate(45deg)}
blockquote{margin:1rem 0;padding:.1rem 0 .1rem 1rem;border-left:3px solid var(--line);color:var(--soft)}
code,pre,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.84em}
pre{margin:.6rem 0;padding:.8rem 1rem;background:var(--wash);border-radius:.4rem;overflow-x:auto;line-height:1.5;tab-size:2}
pre code{font-size:inherit}
pre.stream,pre.result,.error pre{white-space:pre-wrap;background:none;border-left:3px solid var(--line);border-radius:0;padding:.2rem 0 .2rem 1rem}
code q{color:var(--str);quotes:none}code i{color:var(--num);font-style:normal}code b{color:var(--kw);font-weight:400}code u{color:var(--name);text-decoration:none}code em{color:var(--com)}
td.number,th.number{text-align:right}
details.code{margin:.8rem 0}
details.code>summary{cursor:pointer;color:var(--soft);font-size:.8125rem}
details.code[open]>summary{margin-bottom:.2rem}
.scroll{overflow-x:auto}.scroll:not(.html) td:first-child{min-width:min(9rem,28vw)}
@supports(animation-timeline:scroll(self inline)){.scroll{animation:more linear;animation-timeline:scroll(self inline)}@keyframes more{from,99%{mask-image:linear-gradient(to left,transparent,#000 1.5rem)}to{mask-image:none}}}
.html.scroll>.clv-comparison{width:max-content}
@media(max-width:67.99rem){nav.contents{width:100%;max-width:42rem;margin-inline:auto}.html.scroll:has(.clv-comparison){margin-inline:min(0px,calc((44.5rem - 100vw)/2))}}
@media(min-width:68rem){.html.scroll:has(.clv-comparison){margin-right:min(0px,calc(59rem - 100vw))}}
@media(min-width:78rem){.html.scroll:has(.clv-comparison){margin-right:calc(36rem - 50vw)}}
table{border-collapse:collapse;font-size:.84rem;margin:.6rem 0}
th,td{padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:top}
thead th{border-bottom:1.5px solid var(--soft);font-weight:600}
thead small{display:block;font-weight:400;color:var(--soft)}
tbody tr+tr>*{border-top:1px solid var(--line)}
tbody th{font-weight:400}
.html p{font-size:.84rem;color:var(--soft);position:sticky;left:0;max-width:min(46rem,calc(100vw - 4.5rem));white-space:normal}
.clv-comparison table{font-size:.79rem}
.clv-comparison td,.clv-comparison thead th{white-space:nowrap;padding-right:.5rem}
.clv-comparison tbody th{min-width:9rem;max-width:11.5rem;padding-right:.4rem}
.clv-comparison td{text-align:right}
.clv-comparison thead th+th{text-align:right}
.clv-comparison small{display:block;color:var(--soft);font-size:.7rem}
.clv-comparison caption{text-align:left;font-weight:600;padding:.6rem 0 .3rem}
.clv-table td.number,.clv-table th{white-space:nowrap}
.clv-table td:not(.number):last-child{min-width:9rem}
.clv-table td:not(.number):first-child{min-width:13rem}.clv-table th.number small{white-space:normal}
figure{margin:1.8rem 0}
figure svg,figure img{display:block;width:100%;max-width:41rem;height:auto;overflow:visible}
main img,.drawing svg{max-width:100%;height:auto}
figcaption,.caption{font-size:.84rem;line-height:1.5;color:var(--soft);margin-top:.6rem}
figcaption b,.caption b{color:var(--ink);font-weight:600}
figcaption a,.caption a,caption a{color:var(--soft);text-decoration:none}caption a{font-weight:400}
.tabled{margin:1.4rem 0}.scroll td[style]{white-space:nowrap}.tabled>.caption{margin:0 0 .2rem}.tabled table{margin-top:.3rem}
.findings{margin:1.5rem 0 2rem;padding:1rem 1.25rem;background:var(--wash);border-radius:.5rem}
.findings h2{font-size:1rem;margin:0 0 .4rem}
.findings ul{margin:0;padding:0;list-style:none}
.findings li{padding:.45rem 0}
.findings li+li{border-top:1px solid var(--line)}
.findings a{color:inherit;text-decoration:none}
.findings a:hover{text-decoration:underline}
.findings b,.finding b{color:var(--accent);font-weight:650}
p.finding{padding:.6rem 1rem;border-left:3px solid var(--accent);background:var(--wash);border-radius:0 .4rem .4rem 0}
.chart .mark-text{pointer-events:none}.tip{position:fixed;z-index:3;max-width:min(19rem,calc(100vw - 1rem));padding:.4rem .65rem;background:var(--page);color:var(--ink);border:1px solid var(--line);border-radius:.35rem;box-shadow:0 2px 10px #0003;font-size:.8125rem;line-height:1.4;pointer-events:none}.tip b{display:block;font-weight:600}.tip dl{display:grid;grid-template-columns:auto auto;gap:0 .9rem;margin:0;justify-content:start}.tip dt{color:var(--soft)}.tip dd{margin:0;text-align:right}
.margin{display:none}
a.word{color:inherit;text-decoration:underline dotted var(--soft);text-underline-offset:.2em}
.words dl{font-size:.84rem}.words dt{font-weight:600;margin-top:.6rem}.words dd{margin:0;color:var(--soft)}
.cell:target{scroll-margin-top:1rem}
.cell:target>details>summary,.words dt:target{color:var(--accent);font-weight:600}
@media(min-width:78rem){main{max-width:57rem}.margin{display:block;float:right;clear:right;width:14rem;margin:.3rem 0 1rem;font-size:.8125rem;line-height:1.45;color:var(--soft)}main>p.margin,.cell>p.margin{max-width:14rem}.margin b{color:var(--ink);font-weight:600}.findings .margin{margin-right:-20.25rem}.cell>figure{display:grid;grid-template-columns:41rem 14rem;gap:0 2rem;align-items:start;clear:right}.cell>figure>figcaption{margin-top:.3rem}.html.scroll{clear:right}}
.failed,.error{border:1px solid var(--bad);border-radius:.4rem;padding:.6rem 1rem;margin:1rem 0}
.failed strong,.error strong{color:var(--bad)}
.provenance dl{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:.3rem 1rem;font-size:.84rem;margin:.3rem 0}
.provenance dt{color:var(--soft)}.provenance dd{margin:0;overflow-wrap:anywhere}
.cards{list-style:none;padding:0;margin:.5rem 0;border-top:1px solid var(--line)}
.cards>li{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,21rem),1fr));gap:.5rem 2.5rem;align-items:center;padding:1.25rem 0;border-bottom:1px solid var(--line)}
.cards h3{margin:0 0 .4rem;font-size:1.125rem}
.cards h3 a{color:inherit;text-decoration-color:var(--line)}
.cards p{margin:.4rem 0}
.cards .said a{color:inherit;text-decoration:none}.cards .said a:hover{text-decoration:underline}
.cards .said b{color:var(--accent);font-weight:650}
.cards .meta,.cards .meta a{color:var(--soft);font-size:.84rem}
.cards>li>.more,.cards>li>p.meta{grid-column:1/-1}.cards ul.more{margin:0;padding-left:1.1rem;font-size:.92rem}.cards .more li{display:list-item;padding:.1rem 0;border:0}.cards .meta b{color:var(--soft);font-weight:600}.set>.meta{color:var(--soft);font-size:.84rem;margin:.2rem 0}
.cards svg{width:100%;max-width:26rem;height:auto;display:block;overflow:visible}
.state-failed{color:var(--bad);font-weight:600}
.shell.wide,.shell.wide main{max-width:76rem}
.quiet{color:var(--soft);font-size:.84rem}
.sides{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.2rem .8rem;overflow-wrap:anywhere;margin:1rem 0}.sides dt{font-weight:650}.sides dd{margin:0}.sides .mono{color:var(--soft)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:0 2rem}
.pair+.pair{border-top:1px solid var(--line)}
.wide section>p{max-width:38rem}.wide .findings{max-width:46rem}
.side{color:var(--ink);font-weight:600}
table.diff{width:100%}table.diff tr.group th{font-weight:600;padding-top:.7rem}
table.diff thead th:not(.number),table.diff tbody th,table.diff td:not(.number){text-align:left}
svg.difference{width:7.5rem;height:.9rem;display:block;fill:var(--soft);stroke:var(--soft);stroke-width:1.5}svg.difference circle{stroke:none}svg.difference .zero{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 2}
svg.verdict-better{fill:var(--accent);stroke:var(--accent)}svg.verdict-worse{fill:var(--bad);stroke:var(--bad)}
table.diff small{display:block;color:var(--soft);white-space:nowrap}
table.diff td.number{white-space:nowrap}
table.diff td.mono{overflow-wrap:anywhere;min-width:9rem}
td.verdict-better,td.verdict-worse,td.verdict-differs,tr.other td:last-child{font-weight:600}
.verdict-worse{color:var(--bad)}.verdict-better{color:var(--accent)}
@media(hover:none){#live{display:none}}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--page);padding:.3rem .6rem;z-index:2}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media(max-width:40rem){.chart:has(>svg){overflow-x:auto;margin-right:-1.25rem}.chart>svg{width:max(100%,30rem)}.clv-table td:not(.number):first-child{min-width:6.5rem}.clv-comparison tbody th,.clv-comparison thead th:first-child{position:sticky;left:0;background:var(--page);min-width:0;width:7.5rem;white-space:normal;font-size:.8rem}.html.scroll{margin-right:-1.25rem}h1{font-size:1.6rem}.provenance dl{grid-template-columns:minmax(0,1fr);gap:0 0}.provenance dd{margin-bottom:.4rem}}
@page{size:A4;margin:18mm 18mm 20mm;@bottom-right{content:counter(page) " of " counter(pages);font:9pt Inter,sans-serif;color:#444}}
@media print{:root:root:root{color-scheme:light;--page:#fff;--ink:#000;--soft:#444;--line:#bbb;--wash:#f4f4f4;--accent:#1f4e80;--bad:#8c1d18;--kw:#5b2da0;--str:#0a4a20;--num:#0a3c80;--com:#444;--name:#6b2a00}html{font-size:13.5px}nav.contents,button,.skip{display:none}.shell,.shell.single{display:block;max-width:none;padding:0}main,main>:not(header,section,figure,.cards):not(#_),.cell>:not(figure,.scroll):not(#_),.tabled>*,main .findings,main .provenance,main .words,.cell>figure>figcaption:not(#_),figure svg,figure img{max-width:none}details::details-content{display:block;content-visibility:visible}pre{white-space:pre-wrap}pre,figure,.findings,tr,p.finding,.cards li{break-inside:avoid}h2,h3,summary{break-after:avoid}p{orphans:3;widows:3}.scroll{overflow:visible;animation:none}.html.scroll:has(.clv-comparison){margin-inline:0}.html.scroll>.clv-comparison{width:auto}table{font-size:.7rem}.clv-comparison table{font-size:.72rem}.clv-comparison small{font-size:.64rem}.clv-comparison td,.clv-comparison thead th{padding-right:.3rem}.clv-comparison tbody th{min-width:7.5rem}a{color:inherit}}
`.trim()
