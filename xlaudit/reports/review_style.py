"""How the review page looks on a screen and on A4, and the few lines that search it.

Severities differ by letter, by frame (solid, dashed, dotted) and only then by colour, so that they survive a grey
print and eyes that tell few colours. Folding and the filter by severity are style alone.
"""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; --ink: #1b2228; --dim: #57636e; --line: #c3cad1; --hair: #e2e6ea; --soft: #f4f6f8;
  --e: #a3121f; --e-soft: #fdecee; --w: #7a4b00; --w-soft: #fff5dc; --n: #23527c; --n-soft: #eef5fb; --s: #1b2228; }
* { box-sizing: border-box; }
html { scroll-padding-top: 4rem; }
body { font: 15px/1.45 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; margin: 0 auto;
  color: var(--ink);
  background: #fff; padding: 1.2rem 1.6rem 3rem; max-width: 112rem; }
h1 { font-size: 1.55rem; line-height: 1.2; margin: 0; }
h1 small { display: block; font-size: .95rem; font-weight: 400; color: var(--dim); margin-top: .15rem; }
h2 { font-size: 1.15rem; margin: 0 0 .5rem; } h2 b { font-weight: 700; } section.sheet h2 { font-weight: 400; }
h3 { font-size: .95rem; margin: 1.1rem 0 .35rem; } .cards > h3:first-child { margin-top: 0; }
h4 { font-size: .88rem; margin: 0 0 .2rem; font-weight: 600; overflow-wrap: anywhere; }
p { margin: .25rem 0; }
a { color: #0b4f8a; text-decoration-thickness: 1px; text-underline-offset: .15em; }
.quiet { color: var(--dim); font-weight: 400; } .small { font-size: .8rem; }
.fig, .num { font-variant-numeric: tabular-nums; } .fig { white-space: nowrap; }
header { border-top: 4px solid var(--ink); border-bottom: 1px solid var(--line); padding: 1rem 0; }
dl { margin: 0; } dd { margin: 0; overflow-wrap: anywhere; } dt { color: var(--dim); }
header dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(21rem, 1fr)); gap: .15rem 2.5rem;
  margin: .9rem 0; }
header dl div { display: grid; grid-template-columns: 9.5rem 1fr; border-bottom: 1px solid var(--hair);
  padding: .12rem 0; }
.tiles { display: flex; flex-wrap: wrap; gap: .6rem; margin: .9rem 0 .7rem; }
.tiles div { display: flex; align-items: center; gap: .6rem; border: 1px solid var(--line); border-radius: 6px;
  padding: .45rem .9rem .45rem .6rem; }
.tiles b { font-size: 1.5rem; line-height: 1; font-variant-numeric: tabular-nums; }
.tiles small { display: block; color: var(--dim); font-size: .78rem; }
.refused { border: 2px solid var(--e); padding: .5rem .9rem; background: var(--e-soft); }
.remarks { margin: .5rem 0 0; padding-left: 1.2rem; font-size: .9rem; }
.m { display: inline-block; min-width: 1.9em; padding: 0 .35em; font-size: .74rem; line-height: 1.5; font-weight: 700;
  text-align: center; text-decoration: none; white-space: nowrap; border: 1.5px solid; background: #fff; }
.m.e { background: var(--e); border-color: var(--e); color: #fff; }
.m.w { border: 1.5px dashed var(--w); color: var(--w); }
.m.n { border: 1.5px dotted var(--n); color: var(--n); border-radius: 1em; }
.m.s { border-color: var(--s); color: var(--s); border-style: double; border-width: 3px; }
.bar { position: sticky; top: 0; z-index: 5; display: flex; flex-wrap: wrap; align-items: center; gap: .3rem 1.1rem;
  background: #fff; border-bottom: 1px solid var(--line); padding: .55rem 0; margin: 0; font-size: .9rem; }
.bar label { display: inline-flex; align-items: center; gap: .35rem; }
.bar input[type=search] { font: inherit; padding: .2rem .5rem; border: 1px solid var(--line); border-radius: 4px;
  width: 15rem; }
.bar output { color: var(--dim); } .js { display: none !important; } .script .js { display: inline-flex !important; }
section { margin: 1.5rem 0; }
table.list { border-collapse: collapse; font-size: .88rem; }
.list th, .list td { text-align: left; padding: .16rem 1.2rem .16rem 0; border-bottom: 1px solid var(--hair);
  vertical-align: top; }
.list th { color: var(--dim); font-weight: 600; } .list .num { text-align: right; padding-right: .8rem;
  min-width: 2.6em; }
.list td.e { font-weight: 700; color: var(--e); } .list td.w { color: var(--w); } .list td.n { color: var(--n); }
.sheet { border-top: 2px solid var(--ink); padding-top: .7rem; }
.clean { border-top: 1px solid var(--line); margin: .3rem 0; padding-top: .3rem; } .clean h2 { font-size: 1rem; }
.clean .cols { margin-top: .5rem; } .clean + .sheet:not(.clean) { margin-top: 1.5rem; }
.cols { display: grid; grid-template-columns: minmax(0, 1fr) 25rem; gap: 1.3rem; align-items: start; }
.cols > :only-child { grid-column: 1 / -1; }
.cards, .grid { max-height: calc(100vh - 5.5rem); overflow: auto; overscroll-behavior: auto; }
.cards { position: sticky; top: 3.6rem; padding-right: .4rem; }
article, .cause { border: 1px solid var(--line); border-left-width: 5px; border-radius: 4px; padding: .5rem .7rem;
  margin: 0 0 .6rem;
  font-size: .86rem; background: #fff; }
article.e, .cause.e { border-left-color: var(--e); }
article.w, .cause.w { border-left-color: var(--w); border-left-style: dashed; }
article.n, .cause.n { border-left-color: var(--n); border-left-style: dotted; }
.cause { border-left-color: var(--s) !important; border-left-style: double !important; border-left-width: 7px;
  background: var(--soft); }
.cause article { margin: .5rem 0 0; }
.cause summary { cursor: pointer; line-height: 1.9; } summary h2 { display: inline; }
.lab { display: block; font-weight: 400; color: var(--dim); font-size: .8rem; }
.facts { display: flex; flex-wrap: wrap; gap: .05rem 1.1rem; color: var(--dim); } .facts b { color: var(--ink); }
.id { font-family: ui-monospace, monospace; font-size: .9em; }
.told { margin-top: .35rem; } .told > :first-child { margin-top: 0; }
article:target, .cause:target { outline: 3px solid #0b4f8a; outline-offset: 1px; }
.grid { border: 1px solid var(--line); }
.grid table { border-collapse: separate; border-spacing: 0; font-size: .78rem; line-height: 1.3; }
.grid th { background: #eceff2; color: var(--dim); font-weight: 400; text-align: center; padding: .08rem .4rem;
  border-right: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.grid thead th { position: sticky; top: 0; z-index: 2; }
.grid tbody th { position: sticky; left: 0; z-index: 1; min-width: 2.8em; }
.grid thead th:first-child { left: 0; z-index: 3; }
.grid td { border-right: 1px solid #d6dbe0; border-bottom: 1px solid #d6dbe0; padding: .15rem .4rem; min-width: 2.6em;
  max-width: 24em; white-space: pre-line; overflow-wrap: break-word; vertical-align: top; }
.grid td.num { text-align: right; white-space: nowrap; }
.grid td.b, .grid tr.hd td { font-weight: 600; }
.grid tr.hd td { text-align: center; vertical-align: middle; background: #e6ebf0; }
.grid td.again { color: var(--dim); font-style: italic; }
.grid tr.gap td { background: var(--soft); color: var(--dim); font-style: italic; text-align: left; max-width: none; }
.grid .gap label { cursor: pointer; }
.grid tr.hid > *, .grid .hid { color: #7d878f; font-style: italic; }
.grid tr.hid th::before, .grid th.hid::before { content: "\\25cc  "; }
.grid td.e { background: var(--e-soft); box-shadow: inset 0 0 0 2px var(--e); }
.grid td.w { background: var(--w-soft); outline: 2px dashed var(--w); outline-offset: -2px; }
.grid td.n { background: var(--n-soft); outline: 1.5px dotted var(--n); outline-offset: -2px; }
.grid td.c { outline: 3px double var(--s); outline-offset: -3px; }
.grid td:target { box-shadow: inset 0 0 0 3px #0b4f8a, 0 0 0 3px #9cc7ee; }
.grid td[id] { scroll-margin: 6rem; }
.ms { display: inline-flex; gap: 2px; margin-left: .4em; vertical-align: text-bottom; } .ms .m { font-size: .66rem; }
.ought { display: block; font-size: .68rem; font-style: italic; font-weight: 400; color: var(--ink); }
tbody.rest { display: none; }
tbody.switch:has(:checked) + tbody.rest { display: table-row-group; }
@supports not selector(:has(*)) { tbody.rest { display: table-row-group; } }
.rules dl div { display: grid; grid-template-columns: 5rem 1fr; font-size: .88rem; padding: .1rem 0; }
  .rules dt { color: inherit; }
.unjudged ul, .basis ul, .accepted ul { margin: .3rem 0; padding-left: 1.2rem; font-size: .88rem; }
body:has(#show-e:not(:checked)) article.e, body:has(#show-w:not(:checked)) article.w,
body:has(#show-n:not(:checked)) article.n, body:has(#show-e:not(:checked)) .grid .m.e,
body:has(#show-w:not(:checked)) .grid .m.w, body:has(#show-n:not(:checked)) .grid .m.n,
body:has(#show-e:not(:checked)) .cause:not(:has(article.w, article.n)),
body:has(#show-w:not(:checked)) .cause:not(:has(article.e, article.n)),
body:has(#show-n:not(:checked)) .cause:not(:has(article.e, article.w)),
article.off, .cause.off { display: none; }
footer { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1.5rem 4rem;
  border-top: 2px solid var(--ink);
  margin-top: 2.5rem; padding-top: 1rem; }
footer p { display: flex; gap: .4em; align-items: end; } footer .who { margin-bottom: 4.5rem; }
.line { flex: 1; border-bottom: 1px solid var(--ink); min-height: 1.4em; }
.answer { display: none; } .said { border-left: 3px solid var(--line); padding-left: .5rem; }
@media (max-width: 75rem) {
  .cols { grid-template-columns: minmax(0, 1fr); }
  .cards { position: static; max-height: none; padding: 0; overflow: visible; }
  .grid { max-height: 75vh; }
}
@media (max-width: 40rem) {
  body { padding: .8rem .8rem 2rem; }
  header dl { grid-template-columns: minmax(0, 1fr); } header dl div { grid-template-columns: 8.2rem minmax(0, 1fr); }
  .tiles { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .tiles div { padding: .4rem .5rem; }
  .bar { gap: .3rem .8rem; } .bar input[type=search] { width: 100%; } .bar label.js { flex-basis: 100%; }
  .list { width: 100%; } .list th, .list td { padding-right: .5rem; } .list .num { min-width: 0;
    padding-right: .3rem; }
  .grid td { max-width: 15em; }
}
@page { size: A4; margin: 14mm 12mm 15mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 8pt sans-serif; } }
@page wide { size: A4 landscape; margin: 12mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 8pt sans-serif; } }
@media print {
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  html { font-size: 9.5pt; }
  body { font-size: 1rem; line-height: 1.35; padding: 0; max-width: none; }
  a { color: inherit; text-decoration: none; }
  h1 { font-size: 15pt; } h2 { font-size: 11.5pt; } h3 { font-size: 9.5pt; }
  h2, h3, h4, .cards > .quiet { break-after: avoid; }
  header dl { grid-template-columns: 1fr 1fr; gap: 0 8mm; } header dl div { grid-template-columns: 37mm 1fr; }
  .tiles b { font-size: 14pt; }
  .bar, .clean { display: none; }
  .cols { display: block; }
  .grid, .cards { max-height: none; overflow: visible; border: 0; position: static; }
  .grid table { font-size: var(--pt, 7pt); width: 100%; table-layout: fixed; border-top: 1px solid var(--line);
    border-left: 1px solid var(--line); }
  .grid th { position: static !important; padding: 0 2pt; min-width: 0 !important; }
  .grid td { padding: 1pt 2pt; min-width: 0; max-width: none; overflow-wrap: anywhere; }
  .grid col { width: var(--w); } .grid col.rn { width: 1.9em; } .grid td.num { white-space: normal; }
  .grid td.num .ms { white-space: nowrap; }
  .grid tbody:first-of-type tr:nth-child(-n+6) { break-after: avoid; } /* no heading alone at the foot of a page */
  .grid tbody:last-of-type tr:nth-last-child(-n+2) { break-before: avoid; }
  .grid tr { break-inside: avoid; } .grid .m { font-size: 85%; padding: 0 .2em; min-width: 0; border-width: 1px; }
    .ought { font-size: 85%; }
  .grid .gap input, tbody.rest { display: none !important; }
  .cards { margin-top: 3mm; }
  article { display: grid; grid-template-columns: 62mm 1fr; gap: 0 5mm; } .told { margin: 0; }
  article, .cause { font-size: 8pt; break-inside: avoid; padding: 1.5mm 2mm; margin-bottom: 2mm; }
  .cause { break-inside: auto; } .cause > h4, .cause > p, .cause summary { break-inside: avoid; break-after: avoid; }
  details::details-content { content-visibility: visible !important; height: auto !important; }
  details > summary { list-style: none; }
  .answer { display: flex; margin-top: 1.5mm; color: var(--dim); } .answer::after { content: ""; flex: 1;
    border-bottom: 1px dotted var(--dim);
    min-height: 5mm; }
  article:target, .cause:target, .grid td:target { outline: 0; }
  .wide { page: wide; break-before: page; break-after: page; }
  footer, .overview, .tiles { break-inside: avoid; }
  footer { grid-template-columns: 1fr 1fr; gap: 10mm; } footer .who { margin-bottom: 20mm; }
}
"""

SCRIPT = """
(function () {
  var field = document.getElementById("search"), told = document.getElementById("count");
  if (!field || !told) { return; }
  var cards = [].slice.call(document.querySelectorAll("article"));
  var causes = [].slice.call(document.querySelectorAll(".cause"));
  var texts = cards.map(function (card) { return card.textContent.toLowerCase(); });
  document.body.classList.add("script");
  function on(card) {
    return ["e", "w", "n"].every(function (kind) {
      var box = document.getElementById("show-" + kind);
      return !card.classList.contains(kind) || !box || box.checked;
    });
  }
  function filter() {
    var words = field.value.toLowerCase().split(/\\s+/).filter(Boolean), seen = 0;
    cards.forEach(function (card, place) {
      var cause = card.closest(".cause");
      var told = cause ? cause.querySelector("p").textContent.toLowerCase() : "";
      var text = texts[place] + " " + told;
      var fits = words.every(function (word) { return text.indexOf(word) >= 0; });
      card.classList.toggle("off", !fits);
      seen += fits && on(card) ? 1 : 0;
    });
    causes.forEach(function (cause) {
      cause.classList.toggle("off", words.length > 0 && !cause.querySelector("article:not(.off)"));
      if (words.length && cause.querySelector("details")) { cause.querySelector("details").open = true; }
    });
    told.textContent = told.getAttribute("data-told").replace("{n}", seen).replace("{all}", cards.length);
  }
  document.querySelectorAll(".bar input").forEach(function (input) { input.addEventListener("input", filter); });
  document.querySelector(".bar").addEventListener("submit", function (event) { event.preventDefault(); });
  filter();
})();
"""
"""Shows and runs the search; without it the field is not there."""
