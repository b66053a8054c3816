/** Style of the report: readable on a screen in light and dark, printable on A4, no file beside it. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #fff; --shade: #f6f8fa;
  --shown: #116329; --unproven: #7d4e00; --failed: #b3261e; --organisation: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --paper: #0d1117;
  --shade: #151b23; --shown: #56d364; --unproven: #e3b341; --failed: #ff7b72; --organisation: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, 'DejaVu Sans', sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; margin: 0 0 .3rem; line-height: 1.2; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .2rem; border-top: 2px solid var(--line); padding-top: 1rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .3rem 0; } .soft { color: var(--soft); }
code { font: .86em/1.5 ui-monospace, 'DejaVu Sans Mono', monospace; }
.counts { display: grid; grid-template-columns: repeat(4, 1fr); gap: .8rem; list-style: none; padding: 0; margin: 1.2rem 0; }
.counts li { border: 1px solid var(--line); border-left: 5px solid var(--tone); border-radius: 4px; padding: .5rem .8rem; }
.counts strong { display: block; font-size: 1.5rem; line-height: 1.2; }
.warn { border-left: 5px solid var(--unproven); background: var(--shade); padding: .5rem .8rem; }
.broken { border-left-color: var(--failed); }
nav ul { columns: 2; padding-left: 1.2rem; margin: .4rem 0; } a { color: inherit; }
.shown { --tone: var(--shown); } .unproven { --tone: var(--unproven); }
.failed { --tone: var(--failed); } .organisation { --tone: var(--organisation); }
.row { border: 1px solid var(--line); border-left: 5px solid var(--tone); border-radius: 4px; margin: .9rem 0; padding: .7rem 1rem; }
.head { display: flex; gap: 1rem; justify-content: space-between; align-items: baseline; }
.state { color: var(--tone); font-weight: 700; white-space: nowrap; }
.reasons { color: var(--tone); margin: .3rem 0; padding-left: 1.2rem; }
dl { display: grid; grid-template-columns: 7.5rem 1fr; gap: .35rem 1rem; margin: .6rem 0 0; border-top: 1px solid var(--line); padding-top: .5rem; }
dt { color: var(--soft); } dd { margin: 0; min-width: 0; } dd ul { list-style: none; margin: 0; padding: 0; }
dd li { margin-bottom: .25rem; } .flow ul { display: flex; flex-wrap: wrap; gap: 0 1.4rem; } .found { display: block; color: var(--soft); padding-left: 1.5rem; font-size: .92em; }
.bad { color: var(--failed); font-weight: 600; } .doubt { color: var(--unproven); font-weight: 600; }
details > summary { cursor: pointer; color: var(--soft); font-size: .92em; padding-left: 1.5rem; }
@media (max-width: 40rem) { .counts { grid-template-columns: 1fr 1fr; } dl { grid-template-columns: 1fr; gap: 0; } nav ul { columns: 1; } }
@media print { @page { size: A4; margin: 14mm; } :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb;
  --paper: #fff; --shade: #fff; --shown: #0b4f20; --unproven: #6b4200; --failed: #9c1c15; --organisation: #07408c; }
  html { font-size: 9.5px; } body { font-size: 9.5px; max-width: none; padding: 0; }
  details::details-content { content-visibility: visible; display: contents; } summary { display: none; } nav { display: none; } h2 { break-after: avoid; margin-top: 1.4rem; }
  .head, .how, .reasons { break-after: avoid; } dd li { break-inside: avoid; } .row { margin: .5rem 0; padding: .4rem .6rem;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; } }
`;
