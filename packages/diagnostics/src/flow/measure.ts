import {
  gradients,
  matmul,
  type Node,
  noGrad,
  ones,
  parameter,
  type Tensor,
  transpose,
  zeros,
} from "@isograd/autograd";
import { sumOfSquares } from "../statistics.ts";
import type { ActivationUse, Contraction } from "../trace/network.ts";
import type { Trace } from "../trace/trace.ts";
import { deltaSquare } from "./chain.ts";
import { criticalWeights } from "./criticality.ts";
import type { FlowLayer, FlowStep } from "./profile.ts";

/** What the graph showed of one layer, as numbers. */
export function measureLayer(
  contraction: Contraction,
  { contractions, leaves }: Pick<Trace, "contractions" | "leaves">,
): FlowLayer {
  const { weight, weightSource, output, fanIn, fanOut, place, activation } = contraction;
  const square = sumOfSquares(weight);
  const gradient = leaves.find(({ tensor }) => tensor === weightSource)?.gradient;
  const before = activation?.inputs[0] ?? output;
  let sum = 0;
  for (const value of before.values()) sum += value;
  const uses = contractions.filter((other) => other.cotangent !== null && sharesWeights(other, contraction));
  return {
    place,
    fanIn,
    fanOut,
    gradientNorm: Math.sqrt(deltaSquare(contraction)),
    largestGradientNorm: Math.sqrt(Math.max(...uses.map(deltaSquare))),
    weightGradientNorm: gradient === undefined ? Number.NaN : Math.sqrt(sumOfSquares(gradient)),
    weightNorm: Math.sqrt(square),
    weightVariance: (square / weight.size) * fanIn,
    preActivationMean: sum / before.size,
    preActivationMeanSquare: sumOfSquares(before) / before.size,
    activation: activation?.activation.name ?? null,
  };
}

function sharesWeights(a: Contraction, b: Contraction): boolean {
  return a.weight === b.weight || (a.weightSource !== null && a.weightSource === b.weightSource);
}

/** φ'(x) of each element that an activation was applied to. */
export function slopesOf({ activation, inputs }: ActivationUse): Tensor {
  const x = parameter(inputs[0]);
  const output = activation(x, ...(inputs.slice(1).map((each) => each.detach()) as never[]));
  if (output.node === null) return zeros(x.shape, x.dtype); // piecewise constant
  return gradients(output, [x], { cotangent: ones(output.shape, output.dtype) })[0];
}

/**
 * Splits the step from one layer to the one below into its parts, each computed in its own right: Wᵀδ afresh from weights and δ, the
 * activation's share from its slopes and the gradient that arrived behind it. What these do not explain came on another way.
 */
export function measureStep(upper: Contraction, lower: Contraction): FlowStep {
  const { node, fanIn, fanOut, weightFirst } = upper;
  const [delta, weight] = [noGrad(() => arranged(node, upper.cotangent as Tensor)), upper.weight.detach()];
  const back = noGrad(() =>
    weightFirst ? matmul(transpose(weight), delta) : matmul(delta, transpose(weight)),
  );
  const square = deltaSquare(upper);
  /** ‖W‖² of a matrix; a convolution in groups has several. */
  const weightSquare = (sumOfSquares(weight) / weight.size) * fanIn * fanOut;
  const total = Math.log(deltaSquare(lower)) - Math.log(square);
  const weightVariance = weightSquare / fanOut;
  const weights = Math.log(weightVariance);
  const alignment = Math.log((fanOut * sumOfSquares(back)) / (sumOfSquares(delta) * weightSquare));
  const use = lower.activation;
  const activation = use === null || use.cotangent === null ? 0 : Math.log(slopeShare(use, slopesOf(use)));
  return {
    from: upper.place,
    to: lower.place,
    total,
    weights,
    activation,
    alignment,
    bypass: total - weights - activation - alignment,
    weightVariance,
    criticalWeightVariance: criticalWeights(use?.activation ?? null)?.weightVariance ?? null,
  };
}

/** A cotangent with the axes of a matrix product with the weights. */
function arranged(node: Node, cotangent: Tensor): Tensor {
  const contraction = node.op?.contraction;
  return typeof contraction === "function" ? contraction(cotangent, node) : cotangent;
}

/** Σ φ'² u² / Σ u², where u is the gradient that arrives behind the activation; NaN where none does. */
export function slopeShare({ cotangent }: ActivationUse, slopes: Tensor): number {
  if (cotangent === null) return Number.NaN;
  const [steep, arriving] = [slopes.values(), cotangent.values()];
  let [passed, arrived] = [0, 0];
  for (let i = 0; i < arriving.length; i++) {
    const square = arriving[i] * arriving[i];
    arrived += square;
    passed += steep[i] * steep[i] * square;
  }
  return passed / arrived;
}
