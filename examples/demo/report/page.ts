import { count, percent } from "../numbers.ts";
import { type CaseRecord, isHealed, type Story } from "../study/records.ts";
import { figures } from "./figures.ts";
import { capitalized, findingsBlock } from "./findings.ts";
import { html, Markup } from "./markup.ts";
import { remediesBlock } from "./remedies.ts";
import { style } from "./style.ts";
import { summaryTable } from "./summary.ts";

/** The report as one HTML page that refers to nothing outside itself and runs no script. */
export function reportPage(story: Story): string {
  const { cases, plan, quick, seed, seconds } = story;
  const healed = cases.filter(isHealed).length;
  const headline = `${healed} of ${cases.length} sick networks healed`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>isograd: ${headline}</title>
<style>${new Markup(style)}</style></head>
<body><main>
<header><p class="mark">isograd</p><h1>${headline}</h1>
<p class="lead">${cases.length} plain networks of ${plan.layers} layers that cannot learn MNIST. Their gradients were
measured before the first step, the fault was named, remedies were tried on clones, and the best was applied.
${outcome(cases)}</p>
${quick ? html`<p class="lead"><b>A quick run:</b> fewer layers and images than the whole demonstration, so lower accuracy.</p>` : null}</header>
<section>${summaryTable(cases)}</section>
${cases.map(networkSection)}
<footer><p>Every number on this page was computed in one run of ${Math.round(seconds)} s with seed ${seed} under Node
${process.versions.node}: ${count(plan.trainingImages)} training images, ${plan.epochs} epochs of batches of
${plan.batchSize}, Adam with a learning rate of up to ${plan.learningRate}, the same for sick and healed networks.</p></footer>
</main></body></html>
`;
  return page.text;
}

function outcome(cases: readonly CaseRecord[]): Markup {
  const sick = cases.map(({ sick }) => sick.training.testAccuracy);
  const healed = cases.flatMap(({ treatment }) => treatment.healed?.training.testAccuracy ?? []);
  const range = (shares: readonly number[]): string => {
    const [low, high] = [percent(Math.min(...shares)), percent(Math.max(...shares))];
    return low === high ? low : `${low.replace(" %", "")}–${high}`;
  };
  if (healed.length === 0) return html`Test accuracy: <b class="sick">${range(sick)}</b>; no remedy passed.`;
  return html`With the same optimizer and the same budget, test accuracy went from <b class="sick number">${range(sick)}</b> to
<b class="healed number">${range(healed)}</b>.`;
}

function networkSection(record: CaseRecord, index: number): Markup {
  return html`<section><h2>${index + 1}. ${capitalized(record.treatment.diagnosis.verdict)}: ${record.title}</h2>
<p class="soft">${record.recipe}</p>
${figures(record)}
${findingsBlock(record.treatment, record.sick)}
${remediesBlock(record.treatment)}</section>`;
}
