import { harmfulFactor } from "../../detectors/flow-harm.ts";
import { missingActivation } from "../../detectors/linear.ts";
import type { Cause, Finding } from "../../finding.ts";
import { bandAlpha } from "../../flow/healthy.ts";
import type { FlowProfile } from "../../flow/profile.ts";
import { judge, predictionBand } from "../../statistics.ts";
import { listPlaces, short } from "../../words.ts";
import { type Examined, isPlain } from "../layers.ts";
import { lawOf } from "./width.ts";

/** Twice the log of a factor on the gradient norm. */
export const squared = (factor: number): number => 2 * Math.log(factor);

/** A factor on the gradient norm that is worth knowing of. */
const notableFactor = 100;

/**
 * Gradients that vanish or explode by the weights as they are drawn, or by activations that no weights suit: Σ log χ over the plain layers.
 *
 * What theory predicts is reported only where the pass over synthetic inputs shows as much, so that a shortcut that theory does not know of
 * keeps it silent.
 *
 * @param traced the factor on the gradient norm that the pass showed; null where weights are declared, and theory stands alone
 * @param linear whether no activation stands between the layers
 */
export function lintDepth(
  layers: readonly Examined[],
  traced: number | null,
  { alpha, linear }: { readonly alpha: number; readonly linear: boolean },
): Finding[] {
  const plain = layers.filter((_, k) => isPlain(layers, k) && !Number.isNaN(layers[k].chi));
  const predicted = plain.reduce((sum, { chi, operations }) => sum + Math.log(chi) + operations, 0);
  const exploding = predicted > 0;
  const shown = traced === null ? Math.abs(predicted) : (exploding ? 1 : -1) * squared(traced);
  const extent = Math.min(Math.abs(predicted), Number.isNaN(shown) ? Number.POSITIVE_INFINITY : shown);
  if (!(extent > squared(notableFactor))) return [];
  const law = lawOf(layers);
  const prediction = {
    mean: law.mean,
    below: law.deviation,
    above: law.deviation,
    freedom: Number.POSITIVE_INFINITY,
  };
  const { pValue } = judge(predicted, prediction);
  if (!(pValue < alpha)) return [];
  const causes = [
    ...(exploding && linear ? [missingActivation(layers.length)] : []),
    ...causesOf(plain, exploding),
  ];
  const [low, high] = predictionBand(prediction, bandAlpha);
  const factor = Math.exp(predicted / 2);
  const [first, last] = [layers[0].place, layers[layers.length - 1].place];
  return [
    {
      detector: causes[0].part === "activation" ? "lint.activation" : "lint.gain",
      fault: exploding ? "exploding" : "vanishing",
      severity: extent > squared(harmfulFactor) ? "alarm" : "info",
      places: plain.map(({ place }) => place),
      measured: { statistic: `predicted gradient norm at ${first} over that at ${last}`, value: factor },
      band: [Math.exp(low / 2), Math.exp(high / 2)],
      pValue,
      consequence: `theory puts a factor of ${short(factor)} on the gradient norm from ${last} down to ${first}${traced === null ? "" : `, and random inputs show ${short(traced)}`}: ${exploding ? "no learning rate suits both ends" : "the first layers stay as they were drawn"}`,
      causes,
      disproof: `gradients of real data at ${first} and ${last} whose norms are alike`,
    },
  ];
}

/** Each share of Σ log χ that acts in its direction, the largest first. */
function causesOf(plain: readonly Examined[], exploding: boolean): Cause[] {
  const withPoint = plain.filter(({ criticalWeightVariance }) => criticalWeightVariance !== null);
  const without = plain.filter(({ criticalWeightVariance }) => criticalWeightVariance === null);
  const shares: Cause[] = [
    {
      part: "weights",
      logShare: meanOver(plain, withPoint, (each) =>
        Math.log(each.weightVariance / (each.criticalWeightVariance as number)),
      ),
      explanation: weightsInWords(withPoint),
    },
    {
      part: "activation",
      logShare:
        meanOver(plain, without, ({ chi }) => Math.log(chi)) +
        meanOver(plain, withPoint, (each) =>
          Math.log((each.criticalWeightVariance as number) * each.slopeShare),
        ),
      explanation: activationInWords(without.length > 0 ? without : withPoint, without.length > 0),
    },
    {
      part: "operation",
      logShare: meanOver(plain, plain, ({ operations }) => operations),
      explanation: operationsInWords(plain, exploding),
    },
  ];
  const harm = ({ logShare }: Cause): number => along(logShare, exploding);
  const sorted = shares.sort((a, b) => harm(b) - harm(a));
  const least = Math.max(1e-3, besides * harm(sorted[0]));
  return sorted.filter((cause) => harm(cause) >= least);
}

/** A log, positive where it acts in the direction of what is wrong. */
const along = (log: number, exploding: boolean): number => (exploding ? log : -log);

/** What part of the largest share another one has to be, to be named beside it. */
const besides = 0.01;

const meanOver = (
  all: readonly Examined[],
  some: readonly Examined[],
  of: (each: Examined) => number,
): number => some.reduce((sum, each) => sum + of(each), 0) / all.length;

function weightsInWords(layers: readonly Examined[]): string {
  if (layers.length === 0) return "";
  const middle = (of: (each: Examined) => number): number =>
    Math.exp(layers.reduce((sum, each) => sum + Math.log(of(each)), 0) / layers.length);
  const [has, asked] = [
    middle((each) => each.weightVariance),
    middle((each) => each.criticalWeightVariance as number),
  ];
  const before = [...new Set(layers.map((each) => each.before ?? "a linear layer"))].join(" and ");
  return `the weights of ${listPlaces(layers.map(({ place }) => place))} have a variance of ${short(has)}/fanIn where ${before} in front ask${before.includes(" and ") ? "" : "s"} for ${short(asked)}/fanIn: multiply them by ${short(Math.sqrt(asked / has))}, or draw them by criticalInit`;
}

/** The operation that does most, and what it does. */
function operationsInWords(layers: readonly Examined[], exploding: boolean): string {
  const all = layers.flatMap((each) => each.between.map((part) => ({ ...part, above: each.place })));
  if (all.length === 0) return "";
  const { name, place, above, log } = all.reduce((a, b) =>
    along(b.log, exploding) > along(a.log, exploding) ? b : a,
  );
  return `${place === "" ? `${name} below ${above}` : `${name} in ${place}`} multiplies |gradient|² by ${short(Math.exp(log))}${all.length > 1 ? ", and other operations between the layers by factors of their own" : ""}`;
}

function activationInWords(layers: readonly Examined[], hasNone: boolean): string {
  const { before, slopeShare, q } = layers.reduce((a, b) => (b.slopeShare < a.slopeShare ? b : a));
  const slope = `the slope of ${before ?? "a linear layer"} multiplies |gradient|² by ${short(slopeShare)} at pre-activations of mean square ${short(q)}`;
  return hasNone
    ? `${slope}, and it has no critical point that a network can train at: take tanh, ReLU or another that has one`
    : slope;
}

/** The factor that a pass showed on the gradient norm; null where nothing can be read off it. */
export function tracedFactor({ healthy, layers, totalFactor }: FlowProfile): number {
  if (healthy === null || layers.length < 2) return Number.NaN;
  // Weights that several layers share learn from the one that gets the most.
  const [{ largestGradientNorm, gradientNorm }] = layers;
  return totalFactor < 1 && gradientNorm > 0
    ? totalFactor * (largestGradientNorm / gradientNorm)
    : totalFactor;
}
