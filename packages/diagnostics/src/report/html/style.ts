/**
 * The style sheet of reports and of `findingCard`: light and dark, wide and narrow, printed.
 *
 * @example
 * reportStyle.includes(".finding"); // true
 */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --page: #f6f5f1; --surface: #ffffff; --ink: #1d2327; --soft: #5b666d; --line: #e3e2dc; --code: #f3f2ed;
  --alarm: #c8501e; --warning: #96690a; --good: #0b7a6f; --cold: #e9eef5; --hot: #16447c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14181b; --surface: #1d2326; --ink: #e6eaec; --soft: #9ba7ad; --line: #313a3f; --code: #161b1e;
    --alarm: #ff9466; --warning: #e5b94e; --good: #4fd0bf; --cold: #20303f; --hot: #8ec5ff;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 1020px; margin: 0 auto; padding: 32px 16px 56px; }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 14px; padding: 24px; margin-top: 24px; }
h2 { font-size: 1.3rem; margin: 0 0 12px; }
p { margin: 0 0 0.8em; }
code, pre { font: 0.86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; margin: 0 0 10px; overflow-x: auto; }
pre.chart { line-height: 1.15; }
.soft { color: var(--soft); }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.finding { border-left: 4px solid var(--tone); padding: 2px 0 2px 18px; margin-bottom: 22px; }
.finding h4 { margin: 0 0 6px; font-size: 1.02rem; line-height: 1.35; }
.badge {
  display: inline-block; font-size: 0.72rem; font-weight: 700; letter-spacing: 0.04em; text-transform: uppercase; line-height: 1;
  color: var(--surface); background: var(--tone); border-radius: 5px; padding: 4px 7px; margin-right: 8px; vertical-align: 2px;
}
dl { display: grid; grid-template-columns: 9.5em 1fr; gap: 7px 16px; margin: 10px 0 0; font-size: 0.95rem; }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
dd ol { margin: 0; padding-left: 1.25em; }
dd p { margin: 0 0 4px; }
summary { cursor: pointer; color: var(--soft); }
.measured { color: var(--alarm); }
.compared { color: var(--good); }
.both { color: var(--warning); }
.band { color: var(--soft); }
.map { overflow-x: auto; }
.map table { border-collapse: collapse; font-size: 0.8rem; width: 100%; table-layout: fixed; }
.map th { width: 13em; text-align: right; font-weight: 400; color: var(--soft); padding: 0 8px 0 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.map td { height: 18px; padding: 0; background: color-mix(in oklab, var(--cold), var(--hot) calc(var(--heat) * 1%)); }
.map td.zero { background: var(--surface); outline: 1px solid var(--line); }
.map td.none { background: none; }
.map td.broken { background: var(--alarm); }
.map tr.loss > * { border-top: 6px solid var(--surface); }
@media (max-width: 640px) { dl { grid-template-columns: 1fr; gap: 1px; } dd { margin-bottom: 8px; } .map th { width: 7em; } }
@media print { section { break-inside: avoid; } }
`;
