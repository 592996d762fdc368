"""How the page of recognised tables looks, and the few lines that switch its sheets."""

from __future__ import annotations

STYLE = """
:root { --line: #b9c0c7; }
* { box-sizing: border-box; }
body { font: 15px/1.45 system-ui, "Segoe UI", Roboto, Arial, sans-serif; margin: 0; padding: 1rem 1.4rem 4rem;
  color: #1c2329; background: #fff; }
h1 { font-size: 1.25rem; margin: 0 0 .2rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; }
p { margin: .3rem 0; }
.quiet { color: #5a6570; }
.warn { font-weight: 600; color: #9b1c1c; }
nav { display: flex; flex-wrap: wrap; gap: .3rem; margin: .8rem 0; }
nav a { border: 1px solid var(--line); border-radius: 4px; padding: .15rem .6rem; text-decoration: none; color: inherit;
  background: #f4f6f8; }
nav a.on { background: #33424f; border-color: #33424f; color: #fff; }
nav a.unread { border-style: dashed; border-color: #9b1c1c; }
details { margin: .25rem 0; }
summary { cursor: pointer; }
.facts { border-collapse: collapse; font-size: .85rem; margin: .3rem 0 .8rem 1.1rem; }
.facts td, .facts th { border-bottom: 1px solid #e3e7ea; padding: .15rem .7rem .15rem 0; text-align: left;
  vertical-align: top; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem .9rem; font-size: .82rem; margin: .6rem 0; }
.legend span.k { display: inline-block; width: 2.6em; height: 1.25em; margin-right: .35em; vertical-align: -.25em;
  border: 1px solid var(--line); }
.list { font-size: .88rem; margin: .2rem 0 .6rem; padding-left: 1.3rem; }
.grid { overflow: auto; max-height: 86vh; border: 1px solid var(--line); margin: .5rem 0 1rem; }
.grid table { border-collapse: separate; border-spacing: 0; font-size: .8rem; line-height: 1.3; }
.grid th { background: #eceff2; color: #5a6570; font-weight: 400; text-align: center; padding: .1rem .4rem;
  border-right: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.grid thead th { position: sticky; top: 0; z-index: 2; }
.grid tbody th { position: sticky; left: 0; z-index: 1; min-width: 3em; }
.grid thead th:first-child { left: 0; z-index: 3; }
.grid td { border-right: 1px solid #dde2e6; border-bottom: 1px solid #dde2e6; padding: .15rem .4rem; min-width: 3.2em;
  max-width: 26em; white-space: pre-line; overflow-wrap: break-word; vertical-align: top; }
.grid td.n { text-align: right; white-space: nowrap; }
.grid td.b { font-weight: 600; }
.grid tr.gap td { background: #f7f8f9; color: #7a848e; font-style: italic; text-align: left; }
.grid tr.hid td, .grid td.hid, .grid tr.hid th, .grid th.hid { color: #8d969e; font-style: italic; }
.grid tr.hid th::before, .grid th.hid::before { content: "◌ "; }
.hd { background: #c3d0dc; font-weight: 600; }
.lb { background: #fffdf8; }
.lb.l1 { background: #f3d9ae; } .lb.l2 { background: #f9e8cd; } .lb.l3 { background: #fdf4e5; }
td.l2 { padding-left: 1.5em !important; } td.l3 { padding-left: 2.7em !important; }
td.l4 { padding-left: 3.9em !important; } td.l5 { padding-left: 5.1em !important; }
.am { background: #dcebfa; border-left: 3px solid #2b6cb0; }
.pc { background: #dff2d8; border-left: 3px dotted #2f7d32; }
.qt { background: #f0e3f6; border-left: 3px dashed #7b4397; }
.tot { box-shadow: inset 0 2px 0 #222, inset 0 -2px 0 #222; font-weight: 700; }
.spec { font-style: italic; }
.as { background: repeating-linear-gradient(45deg, #dde0e3 0 4px, #f7f8f9 4px 9px); color: #4b555e; }
.ou { background: repeating-linear-gradient(-45deg, #f7d6d6 0 3px, #fef5f5 3px 9px); }
.ti { background: #fff6c9; }
.sc { background: #d3efec; }
.tag { display: block; font-weight: 400; font-size: .72rem; color: #fff; background: #33424f; border-radius: 3px;
  padding: 0 .35em; margin-top: .15em; width: fit-content; white-space: nowrap; }
.lv { display: inline-block; min-width: 1.2em; margin-right: .35em; padding: 0 .25em; border: 1px solid #6b4a12;
  border-radius: 3px; font-size: .68rem; font-weight: 400; text-align: center; background: #fff; }
.legend .k.am { border-left: 3px solid #2b6cb0; } .legend .k.pc { border-left: 3px dotted #2f7d32; }
.legend .k.qt { border-left: 3px dashed #7b4397; }
body.js section.off { display: none; }
@media print {
  body { padding: 0; font-size: 11px; }
  nav { display: none; }
  body.js section.off { display: block; }
  section { break-before: page; }
  section:first-of-type { break-before: auto; }
  .grid { max-height: none; overflow: visible; border: 0; }
  .grid th { position: static !important; }
  .grid table { font-size: 8px; }
  .grid .tag, .grid .lv { font-size: 6px; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""

SCRIPT = """
(function () {
  var links = [].slice.call(document.querySelectorAll("nav a"));
  var sheets = [].slice.call(document.querySelectorAll("section"));
  function show(id) {
    if (!sheets.some(function (sheet) { return sheet.id === id; })) { return; }
    sheets.forEach(function (sheet) { sheet.classList.toggle("off", sheet.id !== id); });
    links.forEach(function (link) { link.classList.toggle("on", link.getAttribute("href") === "#" + id); });
  }
  function wanted() { return location.hash.slice(1); }
  if (!sheets.length) { return; }
  document.body.classList.add("js");
  show(document.body.getAttribute("data-first"));
  show(wanted());
  window.scrollTo(0, 0);
  links.forEach(function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      history.replaceState(null, "", link.getAttribute("href"));
      show(wanted());
    });
  });
  window.addEventListener("hashchange", function () { show(wanted()); });
})();
"""
"""Without it all sheets stand one below the other."""
