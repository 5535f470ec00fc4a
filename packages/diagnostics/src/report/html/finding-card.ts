import type { Cause, Finding, FindingRemedy, Severity } from "../../finding.ts";
import { short, shortP } from "../../words.ts";
import { html, type Markup } from "./markup.ts";

const tones: Readonly<Record<Severity, string>> = {
  alarm: "var(--alarm)",
  warning: "var(--warning)",
  info: "var(--soft)",
};

/**
 * One finding as HTML: what is wrong, where, why, what helps, and what would show that it is not so. `reportStyle` gives it its look.
 *
 * @example
 * findingCard(diagnosis.findings[0]).startsWith('<article class="finding"'); // true
 */
export function findingCard(finding: Finding): string {
  return card(finding).text;
}

export function card(finding: Finding): Markup {
  const { fault, severity, step, measured, band, pValue, consequence, causes, disproof, remedies } = finding;
  return html`<article class="finding" style="--tone:${tones[severity]}">
<h4><span class="badge">${severity}</span>${capitalized(fault)} in ${inWords(finding)}${
    step === undefined ? null : ` at step ${step}`
  }</h4>
<dl>
<dt>Measured</dt><dd>${measured.statistic}${
    Number.isNaN(measured.value) ? null : html`: <b class="number">${short(measured.value)}</b>`
  }</dd>
${
  band === null
    ? null
    : html`<dt>Healthy networks</dt><dd>99.9 % lie between <span class="number">${short(band[0])}</span> and
<span class="number">${short(band[1])}</span>${pValue === null ? null : html` (${shortP(pValue)})`}</dd>`
}
<dt>What it does</dt><dd>${capitalized(consequence)}</dd>
${causes.length === 0 ? null : html`<dt>Why</dt><dd>${causeList(causes)}</dd>`}
${remedies === undefined || remedies.length === 0 ? null : html`<dt>What helps</dt><dd>${remedyList(remedies)}</dd>`}
<dt>What would disprove it</dt><dd>${capitalized(disproof)}</dd>
</dl></article>`;
}

function causeList(causes: readonly Cause[]): Markup {
  const items = causes.map(({ part, explanation }) => html`<li><b>${part}</b>: ${explanation}</li>`);
  return html`<ol>${items}</ol>`;
}

/** The best with its code, the others folded. */
function remedyList([best, ...rest]: readonly FindingRemedy[]): Markup {
  const item = ({ name, code, evidence }: FindingRemedy): Markup =>
    html`<p><b>${name}</b>: ${evidence}</p><pre><code>${code}</code></pre>`;
  return html`${item(best)}${
    rest.length === 0
      ? null
      : html`<details><summary>${rest.length} more</summary>${rest.map(item)}</details>`
  }`;
}

function inWords({ places }: Finding): Markup {
  if (places.length === 0) return html`the whole network`;
  if (places.length <= 3) return html`<code>${places.join(", ")}</code>`;
  const [first, last] = [places[0], places[places.length - 1]];
  return html`<code>${first}</code> … <code>${last}</code> <span class="soft">(${places.length} layers)</span>`;
}

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
