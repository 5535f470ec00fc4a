import type { Cause } from "../finding.ts";
import type { FlowPart, FlowStep } from "../flow/profile.ts";
import { meanOf } from "../statistics.ts";
import { short } from "../words.ts";

/** A part's share a layer, in natural log units of |gradient|², below which it explains nothing; and beside a larger one, as a part of that. */
const [negligible, besides] = [0.05, 0.1];

const isResidual = ({ kind }: FlowPart): boolean => kind === "residual";
const isOperation = (part: FlowPart): boolean => !isResidual(part);

const sumOf = ({ between }: FlowStep, counts: (part: FlowPart) => boolean): number =>
  between.reduce((sum, part) => (counts(part) ? sum + part.log : sum), 0);

/** Whether a gradient passes all parts: where one is cut off there is nothing to average. */
const passes = ({ total, between }: FlowStep): boolean =>
  Number.isFinite(total) && between.every(({ log }) => Number.isFinite(log));

/**
 * The parts of the steps, averaged, against what they are at criticality: those that push in the direction of the fault, the largest first.
 *
 * @param architectural healthy networks of this architecture show the fault as well
 */
export function flowCauses(steps: readonly FlowStep[], exploding: boolean, architectural: boolean): Cause[] {
  const finite = steps.filter(passes);
  if (finite.length === 0) return [];
  const average = (part: (step: FlowStep) => number): number => meanOf(finite.map(part));
  const critical = (step: FlowStep): number => Math.log(step.criticalWeightVariance ?? 1);
  const weights = average((step) => step.weights - critical(step));
  const causes: Cause[] = [
    { part: "weights", logShare: weights, explanation: explainWeights(finite, weights) },
    {
      part: "activation",
      logShare: average((step) => step.activation + critical(step)),
      explanation: explainActivation(finite),
    },
    {
      part: "alignment",
      logShare: average(({ alignment }) => alignment),
      explanation: "gradients lie along directions that the weights stretch unlike the average one",
    },
    {
      part: "operation",
      logShare: average((step) => sumOf(step, isOperation)),
      explanation: explainOperations(finite),
    },
    {
      part: "residual",
      logShare: average((step) => sumOf(step, isResidual)),
      explanation: explainResidual(average((step) => sumOf(step, isResidual))),
    },
  ];
  const direction = exploding ? 1 : -1;
  const sorted = causes.sort((a, b) => direction * (b.logShare - a.logShare));
  const least = Math.max(negligible, besides * direction * sorted[0].logShare);
  const pushing = sorted.filter(({ logShare }) => logShare * direction > least);
  return architectural ? [architecture(steps.length, exploding), ...pushing] : pushing;
}

function explainWeights(steps: readonly FlowStep[], excess: number): string {
  const variance = Math.exp(meanOf(steps.map(({ weightVariance }) => Math.log(weightVariance))));
  const needed = Math.exp(meanOf(steps.map((step) => Math.log(step.criticalWeightVariance ?? 1))));
  const scale = Math.exp(excess / 2);
  return `the weights have fanIn · variance = ${short(variance)} where ${short(needed)} keeps the gradient: they are ${short(scale)} times as large as they should be, which multiplies |gradient|² by ${short(Math.exp(excess))} a layer`;
}

function explainActivation(steps: readonly FlowStep[]): string {
  const factor = Math.exp(meanOf(steps.map(({ activation }) => activation)));
  const usable = steps.every(({ criticalWeightVariance }) => criticalWeightVariance !== null);
  const outlook = usable
    ? "its units lie where the slope is not the one its weights were made for"
    : "no weights that a network can train with make up for it";
  return `the activation's slope multiplies |gradient|² by ${short(factor)} a layer, and ${outlook}`;
}

/** The operations between the layers, those that do most by name. */
function explainOperations(steps: readonly FlowStep[]): string {
  const shares = new Map<string, number>();
  for (const { between } of steps) {
    for (const part of between.filter(isOperation)) {
      const name = part.kind === "overlap" ? `the windows of ${part.name}` : part.name;
      shares.set(name, (shares.get(name) ?? 0) + part.log / steps.length);
    }
  }
  const strongest = [...shares].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a)).slice(0, 3);
  const list = strongest.map(([name, share]) => `${name} by ${short(Math.exp(share))}`).join(", ");
  return `what lies between the layers besides weights and activation multiplies |gradient|² a layer: ${list}`;
}

function explainResidual(share: number): string {
  return `what joins from other ways, such as a shortcut, multiplies |gradient|² by ${short(Math.exp(share))} a layer`;
}

function architecture(steps: number, exploding: boolean): Cause {
  return {
    part: "operation",
    logShare: Number.NaN,
    explanation: `networks of this architecture with critical weights ${exploding ? "explode" : "vanish"} as well: ${steps} steps are more than it bears, whatever the initialisation`,
  };
}
