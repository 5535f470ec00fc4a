import { findingCard } from "@isograd/diagnostics";
import { factor } from "../numbers.ts";
import type { SickRecord, TreatmentRecord } from "../study/records.ts";
import { html, Markup } from "./markup.ts";

/** What is wrong, where, why, and what would show that it is not. */
export function findingsBlock({ diagnosis }: TreatmentRecord, { sighting }: SickRecord): Markup {
  return html`<h3>Findings before the first step</h3>
${diagnosis.findings.length === 0 ? html`<p>None.</p>` : diagnosis.findings.map((finding) => new Markup(findingCard(finding)))}
${
  sighting === null
    ? null
    : html`<p class="soft">The watcher of the training, which changes nothing, first said
<b>${sighting.finding.fault}</b> at step ${sighting.step}: ${sighting.finding.measured.statistic} =
${factor(sighting.finding.measured.value)}.</p>`
}`;
}

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
