"""How the page of a recap looks on a screen and on A4, and the few lines that search its findings."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; --ink: #1b2228; --dim: #57636e; --line: #c3cad1; --hair: #e2e6ea; --soft: #f4f6f8;
  --blue: #2f5597; --e: #9c0006; --w: #7a4b00; }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { font: 15px/1.45 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; color: var(--ink);
  background: #fff; margin: 0 auto; padding: 1.2rem 1.6rem 3rem; max-width: 96rem; }
header { border-top: 4px solid var(--ink); border-bottom: 1px solid var(--line); padding: 1rem 0 .6rem; }
h1 { font-size: 1.55rem; line-height: 1.2; margin: 0; } h2 { font-size: 1.2rem; margin: 0 0 .4rem; }
p { margin: .3rem 0; } .quiet { color: var(--dim); }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin-top: .6rem; }
a { color: #0b4f8a; text-decoration-thickness: 1px; text-underline-offset: .15em; overflow-wrap: break-word; }
section { border-top: 2px solid var(--ink); padding-top: .7rem; margin-top: 1.8rem; }
header + section { border-top: 0; margin-top: .8rem; }
.blocks { display: flex; flex-wrap: wrap; gap: 1.2rem 2.2rem; align-items: start; margin: .6rem 0 1rem; }
table { border-collapse: collapse; font-size: .86rem; }
caption { text-align: left; font-weight: 600; padding: 0 0 .2rem; }
th, td { text-align: left; vertical-align: top; padding: .22rem .6rem; border-bottom: 1px solid var(--hair); }
th { font-weight: 600; } .num { text-align: right; font-variant-numeric: tabular-nums; }
td.num { white-space: nowrap; }
th[scope=row] { font-weight: 600; } th.part { font-weight: 400; padding-left: 1.6rem; }
caption + * { border-top: 1px solid var(--line); }
.overview { display: grid; grid-template-columns: minmax(18rem, 26rem) 1fr; gap: 1.2rem 2.2rem; align-items: start; }
.overview > table { width: 100%; }
.ranks { display: grid; align-items: start; gap: 1.1rem 2.2rem;
  grid-template-columns: repeat(auto-fit, minmax(24rem, 1fr)); }
.ranks table { width: 100%; } .ranks td:first-child { width: 2rem; } .ranks .num { width: 6rem; }
.wide { overflow: auto; max-height: 85vh; border: 1px solid var(--line); }
.list { min-width: 100%; } .list thead th { position: sticky; top: 0; background: #e6ebf3; border-bottom: 1px solid
  var(--line); vertical-align: bottom; z-index: 1; }
.list td { min-width: 4ch; } .list tfoot td { font-weight: 700; background: var(--soft);
  border-top: 2px solid var(--ink);  position: sticky; bottom: 0; }
tr.error td:first-child { box-shadow: inset 4px 0 0 var(--e); }
tr.warning td:first-child { box-shadow: inset 4px 0 0 #e0a100; }
tr.replaced td { color: var(--dim); font-style: italic; }
tr.refused td:first-child { box-shadow: inset 4px 0 0 var(--e); }
tr.missing td:first-child { box-shadow: inset 4px 0 0 #e0a100; }
figure { margin: .8rem 0; flex: 1 1 34rem; } figcaption { font-weight: 600; font-size: .9rem; margin-bottom: .3rem; }
svg { width: 100%; height: auto; display: block; font: 13px system-ui, "Segoe UI", Roboto, Arial, sans-serif; }
svg .bar { fill: var(--blue); } svg text { fill: var(--ink); }
.js { display: none; } .script .js { display: block; }
input { font: inherit; padding: .2rem .5rem; border: 1px solid var(--line); border-radius: 4px; width: 20rem;
  max-width: 100%; }
footer { color: var(--dim); font-size: .8rem; margin-top: 2rem; }
@media (max-width: 60rem) { body { padding: .8rem; } .overview, .ranks { grid-template-columns: minmax(0, 1fr); } }
@media print {
  @page { size: A4 landscape; margin: 11mm 10mm; }
  html { font-size: 10px; } body { padding: 0; font-size: 1rem; max-width: none; }
  nav, .js { display: none !important; }
  .wide { overflow: visible; max-height: none; border: 0; } .list { font-size: 7.5px; }
  .list th { min-width: 0 !important; } .ranks { grid-template-columns: 1fr 1fr; gap: .5rem 1.2rem; }
  .overview { grid-template-columns: 23rem 1fr; } th, td { padding: .1rem .4rem; }
  .list thead th, .list tfoot td { position: static; } tr, figure { break-inside: avoid; }
  .list th, .list td { padding: .15rem .3rem; } .list td { overflow-wrap: break-word; }
  section { margin-top: 1rem; } #findings, #agencies, #budget, #performance { break-before: page; }
  tfoot { display: table-row-group; } a { color: inherit; text-decoration: none; }
  svg .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  figure { max-width: 15cm; flex-basis: 12cm; }
}
"""

SCRIPT = """
document.documentElement.classList.add('script');
const field = document.getElementById('search');
if (field) {
  const rows = [...document.querySelectorAll('#findings tbody tr')];
  const texts = rows.map(row => row.textContent.toLowerCase());
  field.addEventListener('input', () => {
    const wanted = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
    rows.forEach((row, at) => { row.hidden = !wanted.every(word => texts[at].includes(word)); });
  });
}
"""
