import { factor, percent } from "../numbers.ts";
import type { CaseRecord } from "../study/records.ts";
import { html, type Markup } from "./markup.ts";

/** Sick against healed, a row a network. */
export function summaryTable(cases: readonly CaseRecord[]): Markup {
  return html`<table>
<thead><tr><th>Network</th><th>Verdict</th><th>Gradient, first / last layer</th><th>Remedy</th>
<th>Test accuracy, sick</th><th>Test accuracy, healed</th></tr></thead>
<tbody>${cases.map(row)}</tbody></table>`;
}

function row({ title, sick, treatment: { diagnosis, healed } }: CaseRecord): Markup {
  const change = (before: string, after: string | undefined): Markup =>
    html`<span><span class="sick number">${before}</span>${
      after === undefined ? null : html` → <span class="healed number">${after}</span>`
    }</span>`;
  return html`<tr><td>${title}</td>
<td data-label="Verdict">${change(diagnosis.verdict, healed?.diagnosis.verdict)}</td>
<td data-label="Gradient, first / last">${change(
    factor(diagnosis.flow.totalFactor),
    healed === null ? undefined : factor(healed.diagnosis.flow.totalFactor),
  )}</td>
<td data-label="Remedy"><span>${healed?.applied.name ?? "none passed"}</span></td>
<td data-label="Accuracy, sick">${accuracyBar(sick.training.testAccuracy, "sick")}</td>
<td data-label="Accuracy, healed">${
    healed === null ? "–" : accuracyBar(healed.training.testAccuracy, "healed")
  }</td></tr>`;
}

function accuracyBar(share: number, tone: "sick" | "healed"): Markup {
  return html`<span class="${tone}"><b class="number">${percent(share)}</b><span class="bar"><i style="width:${(100 * share).toFixed(1)}%"></i></span></span>`;
}
