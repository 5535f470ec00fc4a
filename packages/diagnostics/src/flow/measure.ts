import { gradients, matmul, noGrad, ones, parameter, type Tensor, transpose } from "@isograd/autograd";
import type { Contraction } from "../trace/network.ts";
import type { Trace } from "../trace/trace.ts";
import { criticalWeights } from "./criticality.ts";
import type { FlowLayer, FlowStep } from "./profile.ts";

/** Σ x², in double precision. */
export function sumOfSquares(x: Tensor): number {
  let total = 0;
  for (const value of x.values()) total += value * value;
  return total;
}

/** The layers that the gradient reaches from the loss along the first way down, first layer first. */
export function chainOf(contractions: readonly Contraction[]): Contraction[] {
  const reached = contractions.filter(({ cotangent }) => cotangent !== null);
  const chain: Contraction[] = [];
  for (let at: Contraction | null = reached[reached.length - 1] ?? null; at !== null; at = at.below) chain.unshift(at);
  return chain.filter(({ cotangent }) => cotangent !== null);
}

/** What the graph showed of one layer, as numbers. */
export function measureLayer(contraction: Contraction, leaves: Trace["leaves"]): FlowLayer {
  const { weight, output, cotangent, fanIn, fanOut, place, activation, weightLeaf } = contraction;
  const square = sumOfSquares(weight);
  const gradient = leaves.find(({ tensor }) => tensor === weightLeaf)?.gradient;
  const before = activation?.inputs[0] ?? output;
  let sum = 0;
  for (const value of before.values()) sum += value;
  return {
    place,
    fanIn,
    fanOut,
    gradientNorm: Math.sqrt(sumOfSquares(cotangent as Tensor)),
    weightGradientNorm: gradient === undefined ? Number.NaN : Math.sqrt(sumOfSquares(gradient)),
    weightNorm: Math.sqrt(square),
    weightVariance: (square / weight.size) * fanIn,
    preActivationMean: sum / before.size,
    preActivationMeanSquare: sumOfSquares(before) / before.size,
    activation: activation?.activation.name ?? null,
  };
}

/** φ'(x) of each element that an activation was applied to. */
export function slopesOf({ activation, inputs }: NonNullable<Contraction["activation"]>): Tensor {
  const x = parameter(inputs[0]);
  return gradients(activation(x, ...inputs.slice(1).map((each) => each.detach())), [x], { cotangent: ones(x.shape, x.dtype) })[0];
}

/**
 * Splits the step from one layer to the one below into its parts, each computed in its own right.
 *
 * The gradient to the signal, Wᵀδ, is computed afresh from weights and δ; what the engine brought to the layer below and these parts do
 * not explain came on another way.
 */
export function measureStep(upper: Contraction, lower: Contraction): FlowStep {
  const delta = upper.cotangent as Tensor;
  const weight = upper.weight.detach();
  const back = noGrad(() => (upper.weightFirst ? matmul(transpose(weight), delta) : matmul(delta, transpose(weight))));
  const [deltaSquare, weightSquare, backSquare] = [sumOfSquares(delta), sumOfSquares(weight), sumOfSquares(back)];
  const total = Math.log(sumOfSquares(lower.cotangent as Tensor)) - Math.log(deltaSquare);
  const weights = Math.log(weightSquare / upper.fanOut);
  const alignment = Math.log((upper.fanOut * backSquare) / (deltaSquare * weightSquare));
  const activation = Math.log(slopeShare(lower, back) / backSquare);
  return {
    from: upper.place,
    to: lower.place,
    total,
    weights,
    activation,
    alignment,
    bypass: total - weights - activation - alignment,
    weightVariance: (weightSquare / weight.size) * upper.fanIn,
    criticalWeightVariance: criticalWeights(lower.activation?.activation ?? null)?.weightVariance ?? null,
  };
}

/** Σ φ'² u² over the elements, where u is the gradient that arrives behind the activation. */
function slopeShare(lower: Contraction, back: Tensor): number {
  if (lower.activation === null || lower.activation.inputs[0].size !== back.size) return sumOfSquares(back);
  const slopes = slopesOf(lower.activation).values();
  const arriving = back.values();
  let total = 0;
  for (let i = 0; i < arriving.length; i++) total += (slopes[i] * arriving[i]) ** 2;
  return total;
}
