import type { Cause, Finding } from "../finding.ts";
import { bandAlpha } from "../flow/healthy.ts";
import type { FlowProfile, FlowStep, HealthyFlow } from "../flow/profile.ts";
import { meanOf } from "../statistics.ts";
import { listPlaces, short } from "../words.ts";

/** A total factor on the gradient norm beyond which the first and the last layer cannot learn at one learning rate. */
export const harmfulFactor = 1e3;

/**
 * Says whether gradients vanish or explode between the last layer and the first.
 *
 * An alarm needs significance, against healthy networks of the same architecture, and consequence, a total factor beyond 10³ either way.
 * Significant but harmless is `info`.
 */
export function detectGradientFlow(flow: FlowProfile): Finding[] {
  const { healthy, layers, totalFactor, factorPerLayer } = flow;
  if (healthy === null || !(healthy.pValue < bandAlpha)) return [];
  if (totalFactor === 0) return [cutOff(flow, healthy)];
  const exploding = totalFactor > 1;
  const harmful = exploding ? totalFactor > harmfulFactor : totalFactor < 1 / harmfulFactor;
  const inside = totalFactor > healthy.band[0] && totalFactor < healthy.band[1];
  if (inside) return [];
  const [first, last] = [layers[0].place, layers[layers.length - 1].place];
  return [
    {
      detector: "gradientFlow",
      fault: exploding ? "exploding" : "vanishing",
      severity: harmful ? "alarm" : "info",
      places: layers.map(({ place }) => place),
      measured: { statistic: `gradient norm at ${first} over that at ${last}`, value: totalFactor },
      band: healthy.band,
      pValue: healthy.pValue,
      consequence: consequenceOf(exploding, harmful, totalFactor, first, last),
      causes: causesOf(flow.steps, exploding),
      disproof: exploding
        ? `one step of plain gradient descent at one learning rate that changes ${first} and ${last} by the same share of their weights`
        : `training that changes ${first} by the same share of its weights as ${last}: the factor is ${short(factorPerLayer)} a layer`,
    },
  ];
}

/** A gradient of exactly zero: nothing passes some layer at all, so there is no factor to attribute. */
function cutOff({ layers }: FlowProfile, healthy: HealthyFlow): Finding {
  const without = layers.filter(({ gradientNorm }) => gradientNorm === 0).map(({ place }) => place);
  return {
    detector: "gradientFlow",
    fault: "vanishing",
    severity: "alarm",
    places: without,
    measured: { statistic: `gradient norm at ${without[0]} over that at ${layers[layers.length - 1].place}`, value: 0 },
    band: healthy.band,
    pValue: healthy.pValue,
    consequence: `the gradient of ${listPlaces(without)} is exactly zero: they never change`,
    causes: [{ part: "operation", logShare: Number.NEGATIVE_INFINITY, explanation: "a layer with no slope at all, or numbers too small for the element type, between these layers and the loss" }],
    disproof: "an example for which the gradient of these layers is not zero",
  };
}

function consequenceOf(exploding: boolean, harmful: boolean, factor: number, first: string, last: string): string {
  if (!harmful) return `the gradient norm changes by a factor of ${short(factor)} from ${last} to ${first}: unusual, and harmless`;
  return exploding
    ? `the gradient of ${first} is ${short(factor)} times that of ${last}: a learning rate that one can bear destroys or starves the other, and the numbers end in overflow`
    : `the gradient of ${first} is ${short(factor)} of that of ${last}: the first layers stay as they were drawn, and the last ones learn from noise`;
}

/** The parts of the steps, averaged, against what they are at criticality; those that push in the direction of the fault, the largest first. */
function causesOf(steps: readonly FlowStep[], exploding: boolean): Cause[] {
  const finite = steps.filter(({ total }) => Number.isFinite(total));
  if (finite.length === 0) return [];
  const average = (part: (step: FlowStep) => number): number => meanOf(finite.map(part));
  const critical = (step: FlowStep): number => Math.log(step.criticalWeightVariance ?? 1);
  const weights = average((step) => step.weights - critical(step));
  const activation = average((step) => step.activation + critical(step));
  const causes: Cause[] = [
    { part: "weights", logShare: weights, explanation: explainWeights(finite, weights) },
    { part: "activation", logShare: activation, explanation: explainActivation(finite) },
    { part: "alignment", logShare: average(({ alignment }) => alignment), explanation: "gradients lie along directions that the weights stretch unlike the average one" },
    { part: "operation", logShare: average(({ bypass }) => bypass), explanation: "what lies between the layers besides weights and activation, such as a normalisation or a residual connection" },
  ];
  const direction = exploding ? 1 : -1;
  return causes
    .filter(({ logShare }) => logShare * direction > 0.05)
    .sort((a, b) => direction * (b.logShare - a.logShare));
}

function explainWeights(steps: readonly FlowStep[], excess: number): string {
  const variance = Math.exp(meanOf(steps.map(({ weightVariance }) => Math.log(weightVariance))));
  const needed = variance / Math.exp(excess);
  const scale = Math.exp(excess / 2);
  return `the weights have fanIn · variance = ${short(variance)} where ${short(needed)} keeps the gradient: they are ${short(scale)} times as large as they should be, which multiplies |gradient|² by ${short(Math.exp(excess))} a layer`;
}

function explainActivation(steps: readonly FlowStep[]): string {
  const factor = Math.exp(meanOf(steps.map(({ activation }) => activation)));
  const usable = steps.every(({ criticalWeightVariance }) => criticalWeightVariance !== null);
  const outlook = usable ? "its units lie where the slope is not the one its weights were made for" : "no weights that a network can train with make up for it";
  return `the activation's slope multiplies |gradient|² by ${short(factor)} a layer, and ${outlook}`;
}
