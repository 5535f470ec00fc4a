import { flowCurves } from "../study/flow-curves.ts";
import type { CaseRecord } from "../study/records.ts";
import { flowPicture } from "./flow-picture.ts";
import { html, type Markup } from "./markup.ts";
import { accuracyPicture, lossPicture } from "./training-pictures.ts";

/** Gradient norm by layer, loss and accuracy by step, with one legend; the first is drawn twice, for wide and for narrow screens. */
export function figures(record: CaseRecord): Markup {
  const curves = flowCurves(record);
  const trainings = { sick: record.sick.training, healed: record.treatment.healed?.training ?? null };
  return html`<p class="legend"><span class="round" style="--key:var(--sick)">sick</span>
${trainings.healed === null ? null : html`<span class="rhomb" style="--key:var(--healed)">healed</span>`}
${curves.band === null ? null : html`<span class="patch" style="--key:var(--band)">where 99.9 % of healthy networks lie</span>`}</p>
<figure><div class="wide">${flowPicture(curves, { width: 960, height: 340 })}</div>
<div class="narrow">${flowPicture(curves, { width: 400, height: 320 })}</div>
<figcaption>The gradient norm at each layer before the first step, relative to the last layer. The gradient
flows from right to left${trainings.healed === null ? null : html`; the band is that of the healed network's architecture`}.</figcaption></figure>
<div class="pair"><figure>${lossPicture(trainings, { width: 440, height: 260 })}
<figcaption>Training loss.</figcaption></figure>
<figure>${accuracyPicture(trainings, { width: 440, height: 260 })}
<figcaption>Accuracy on a part of the test set; dashed: guessing.</figcaption></figure></div>`;
}
