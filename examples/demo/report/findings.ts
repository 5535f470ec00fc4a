import type { Cause, Finding, Severity } from "@isograd/diagnostics";
import { factor } from "../numbers.ts";
import type { SickRecord, TreatmentRecord } from "../study/records.ts";
import { html, type Markup } from "./markup.ts";

const tones: Readonly<Record<Severity, string>> = {
  alarm: "var(--sick)",
  warning: "var(--warn)",
  info: "var(--soft)",
};

/** What is wrong, where, why, and what would show that it is not. */
export function findingsBlock({ diagnosis }: TreatmentRecord, { sighting }: SickRecord): Markup {
  return html`<h3>Findings before the first step</h3>
${diagnosis.findings.length === 0 ? html`<p>None.</p>` : diagnosis.findings.map(findingCard)}
${
  sighting === null
    ? null
    : html`<p class="soft">The watcher of the training, which changes nothing, first said
<b>${sighting.finding.fault}</b> at step ${sighting.step}: ${sighting.finding.measured.statistic} =
${factor(sighting.finding.measured.value)}.</p>`
}`;
}

function findingCard(finding: Finding): Markup {
  const { fault, severity, measured, band, pValue, consequence, causes, disproof, places } = finding;
  return html`<article class="finding" style="--tone:${tones[severity]}">
<h4><span class="badge">${severity}</span>${capitalized(fault)} in ${placesInWords(places)}</h4>
<dl>
<dt>Measured</dt><dd>${measured.statistic}: <b class="number">${factor(measured.value)}</b></dd>
${
  band === null
    ? null
    : html`<dt>Healthy networks</dt><dd>99.9 % lie between <span class="number">${factor(band[0])}</span> and
<span class="number">${factor(band[1])}</span>${pValue === null ? null : html` (${chance(pValue)})`}</dd>`
}
<dt>What it does</dt><dd>${capitalized(consequence)}</dd>
${causes.length === 0 ? null : html`<dt>Why</dt><dd>${causeList(causes)}</dd>`}
<dt>What would disprove it</dt><dd>${capitalized(disproof)}</dd>
</dl></article>`;
}

function causeList(causes: readonly Cause[]): Markup {
  const items = causes.map(({ part, explanation }) => html`<li><b>${part}</b>: ${explanation}</li>`);
  return html`<ol>${items}</ol>`;
}

function placesInWords(places: readonly string[]): Markup {
  if (places.length === 0) return html`the whole network`;
  const [first, last] = [places[0], places[places.length - 1]];
  if (places.length <= 3) return html`<code>${places.join(", ")}</code>`;
  return html`<code>${first}</code> … <code>${last}</code> <span class="soft">(${places.length} layers)</span>`;
}

const chance = (pValue: number): string =>
  pValue < 1e-300 ? "p < 1e-300" : `p = ${pValue < 0.01 ? pValue.toExponential(0) : pValue.toPrecision(2)}`;

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
