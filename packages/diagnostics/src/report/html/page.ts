import type { Diagnosis } from "../../diagnosis.ts";
import type { Finding } from "../../finding.ts";
import type { Watched } from "../../watch/run-log.ts";
import { type FlowPaint, formatFlow } from "../flow-chart.ts";
import { card } from "./finding-card.ts";
import { heatTable } from "./heat-table.ts";
import { html, Markup } from "./markup.ts";
import { reportStyle } from "./style.ts";

/** What a report is about: a diagnosis, a training, or both. */
export interface ReportContents {
  /** Default `Gradients`. */
  readonly title?: string;
  readonly diagnosis?: Diagnosis;
  /** What a watcher saw, or `loadRun` read. */
  readonly run?: Watched;
}

/**
 * A report as one HTML page that refers to nothing outside itself and runs no script: the diagnosis with gradient flow against the band of
 * healthy networks, the training as a map of layer by step, and all findings with evidence, consequence, causes, remedies and what would disprove
 * them.
 *
 * @example
 * htmlReport({ title: "Ten layers of sigmoids", diagnosis }).startsWith("<!doctype html>"); // true
 */
export function htmlReport({ title = "Gradients", diagnosis, run }: ReportContents): string {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(reportStyle)}</style></head>
<body><main><h1>${title}</h1>
${diagnosis === undefined ? null : diagnosisSection(diagnosis)}
${run === undefined ? null : runSection(run)}
</main></body></html>
`;
  return page.text;
}

function diagnosisSection({ verdict, flow, findings }: Diagnosis): Markup {
  return html`<section><h2>Before the first step: ${verdict}</h2>
${
  flow.layers.length === 0
    ? null
    : html`<pre class="chart">${new Markup(formatFlow(flow, { paint }))}</pre>
<p class="soft">The gradient norm at each layer, relative to the last layer's.</p>`
}
${cards(findings)}</section>`;
}

function runSection({ history, findings }: Watched): Markup {
  const verdict = [...new Set(findings.map(({ finding }) => finding.fault))].join(", ") || "nothing found";
  const steps = history.length === 1 ? "1 step" : `${history.length} steps`;
  return html`<section><h2>Training, ${steps}: ${verdict}</h2>
${history.length === 0 ? null : heatTable(history)}
${cards(findings.map(({ finding, step }) => ({ ...finding, step })))}</section>`;
}

const cards = (findings: readonly Finding[]): Markup =>
  findings.length === 0 ? html`<p>No findings.</p>` : html`${findings.map(card)}`;

const colored = (kind: string) => (marks: string) => `<span class="${kind}">${marks}</span>`;

/** What is drawn is marks, numbers and words of ours: nothing in it needs to be escaped. */
const paint: FlowPaint = {
  measured: /* @__PURE__ */ colored("measured"),
  compared: /* @__PURE__ */ colored("compared"),
  both: /* @__PURE__ */ colored("both"),
  band: /* @__PURE__ */ colored("band"),
};
