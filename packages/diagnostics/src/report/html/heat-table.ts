import type { WatchedStep } from "../../watch/run-log.ts";
import { short } from "../../words.ts";
import { type Heat, type HeatMap, heatMapOf, rangeOf } from "../heat-map.ts";
import { html, type Markup } from "./markup.ts";

const mostColumns = 120;

/** Gradient norms by layer and step, and the loss, as a table of colours. */
export function heatTable(history: readonly WatchedStep[]): Markup {
  const { columns, layers, losses } = heatMapOf(history, mostColumns);
  const range = rangeOf(layers.flatMap(({ heats }) => heats));
  const steps = `steps ${columns[0].first} to ${columns[columns.length - 1].last}, from left to right`;
  return html`<div class="map"><table>
${layers.map(({ place, heats }) => html`<tr><th title="${place}">${place}</th>${cells(heats, columns, range)}</tr>`)}
<tr class="loss"><th>loss</th>${cells(losses, columns, rangeOf(losses))}</tr>
</table></div>
<p class="soft">The norm of the gradient to each layer's weights, on a log scale from <span class="number">${short(10 ** range.low)}</span>
(pale) to <span class="number">${short(10 ** range.high)}</span> (deep), and the loss on a scale of its own; ${steps}.
Framed: exactly zero; the colour of alarms: not finite; nothing: nobody looked.</p>`;
}

function cells(
  heats: readonly Heat[],
  columns: HeatMap["columns"],
  { low, high }: { readonly low: number; readonly high: number },
): Markup[] {
  return heats.map((heat, k) => {
    const { first, last } = columns[k];
    const steps = first === last ? `step ${first}` : `steps ${first} to ${last}`;
    if (heat === null) return html`<td class="none"></td>`;
    if (typeof heat === "string")
      return html`<td class="${heat === "zero" ? "zero" : "broken"}" title="${heat}, ${steps}"></td>`;
    const share = ((heat - low) / (high - low)) * 100;
    return html`<td style="--heat:${Math.round(share)}" title="${short(10 ** heat)}, ${steps}"></td>`;
  });
}
