import { reportStyle } from "@isograd/diagnostics";

/** What the page has besides the look of reports: light and dark, wide and narrow, printed. */
export const style = `${reportStyle}
:root { --sick: var(--alarm); --healed: var(--good); --faint: #b9c0c4; --band: rgb(11 122 111 / 0.13); --healed-soft: #e6f3f1; }
@media (prefers-color-scheme: dark) {
  :root { --faint: #59646a; --band: rgb(79 208 191 / 0.15); --healed-soft: #17312e; }
}
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  -webkit-text-size-adjust: 100%;
}
main { max-width: 1020px; margin: 0 auto; padding: 40px 20px 64px; }
h1 { font-size: clamp(1.7rem, 5vw, 2.6rem); line-height: 1.15; letter-spacing: -0.02em; margin: 0.2em 0 0.4em; text-wrap: balance; }
h2 { font-size: clamp(1.25rem, 3.5vw, 1.6rem); line-height: 1.25; letter-spacing: -0.01em; margin: 0; }
h3 { font-size: 0.8rem; text-transform: uppercase; letter-spacing: 0.07em; color: var(--soft); margin: 32px 0 12px; }
p { margin: 0 0 0.8em; }
.lead { font-size: 1.1rem; color: var(--soft); max-width: 46em; text-wrap: pretty; }
.mark { font-weight: 700; letter-spacing: 0.02em; color: var(--healed); }
.sick { color: var(--sick); }
.healed { color: var(--healed); }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 14px; padding: 28px; margin-top: 28px; }
table { width: 100%; border-collapse: collapse; font-size: 0.95rem; }
th { text-align: left; font-weight: 600; font-size: 0.8rem; color: var(--soft); padding: 0 14px 8px 0; vertical-align: bottom; }
td { border-top: 1px solid var(--line); padding: 12px 14px 12px 0; vertical-align: top; }
tr > :last-child { padding-right: 0; }
.bar { display: block; height: 6px; border-radius: 3px; background: var(--line); margin-top: 5px; min-width: 90px; overflow: hidden; }
.bar > i { display: block; height: 100%; border-radius: 3px; background: currentColor; }
figure { margin: 0; min-width: 0; }
figcaption { font-size: 0.86rem; color: var(--soft); margin-top: 6px; }
figure svg { display: block; width: 100%; height: auto; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 0.86rem; color: var(--soft); margin: 22px 0 6px; }
.legend span::before { content: ""; display: inline-block; width: 11px; height: 11px; margin-right: 7px; background: var(--key); vertical-align: -1px; }
.legend .round::before { border-radius: 50%; }
.legend .rhomb::before { transform: rotate(45deg) scale(0.85); background: transparent; border: 2px solid var(--key); }
.legend .patch::before { width: 18px; border-radius: 2px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 20px 28px; margin-top: 22px; }
.narrow { display: none; }
.remedy pre { margin: 10px 0 0; }
.remedy h4 { margin: 0 0 6px; font-size: 1.02rem; line-height: 1.35; }
dd li + li { margin-top: 4px; }
.remedy { border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; margin-bottom: 10px; }
.remedy.applied { border-color: var(--healed); background: var(--healed-soft); }
.remedy p { margin: 0; font-size: 0.93rem; overflow-wrap: anywhere; }
details > summary { font-size: 0.93rem; color: var(--soft); padding: 4px 0; }
details[open] > summary { margin-bottom: 10px; }
footer { color: var(--soft); font-size: 0.88rem; margin-top: 36px; }
@media (max-width: 640px) {
  main { padding: 24px 12px 48px; }
  section { padding: 20px 16px; border-radius: 12px; }
  .pair { grid-template-columns: 1fr; }
  .wide { display: none; }
  .narrow { display: block; }
  thead { display: none; }
  tbody tr { display: block; border-top: 1px solid var(--line); padding: 12px 0; }
  tbody tr:first-child { border-top: 0; padding-top: 0; }
  td { display: grid; grid-template-columns: 8.5em 1fr; gap: 12px; border: 0; padding: 4px 0; }
  td::before { content: attr(data-label); color: var(--soft); font-size: 0.86rem; }
  td:first-child { display: block; font-weight: 600; }
  td:first-child::before { content: none; }
}
@media print { body { background: none; } section { break-inside: avoid; } }
`;
