import {
  cast,
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
import type { Ways } from "../trace/ways.ts";
import { partsBetween, passesActivation, sentBack } from "./between.ts";
import { deltaSquare } from "./chain.ts";
import { criticalWeights } from "./criticality.ts";
import type { FlowLayer, FlowPart, FlowStep } from "./profile.ts";
import { sharesWeights } from "./recurrence.ts";

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

/** φ'(x) of each element that an activation was applied to. */
export function slopesOf({ activation, inputs }: ActivationUse): Tensor {
  const x = parameter(inputs[0]);
  const output = activation(x, ...(inputs.slice(1).map((each) => each.detach()) as never[]));
  if (output.node === null) return zeros(x.shape, x.dtype); // piecewise constant
  return gradients(output, [x], { cotangent: ones(output.shape, output.dtype) })[0];
}

/** Splits the step from one layer to the one below into its parts, each computed in its own right. */
export function measureStep(upper: Contraction, lower: Contraction, ways: Ways): FlowStep {
  const { fanIn, fanOut, weight } = upper;
  /** ‖W‖² of a matrix; a convolution in groups has several. */
  const weightSquare = (sumOfSquares(weight) / weight.size) * fanIn * fanOut;
  const use = lower.activation;
  const passed = use !== null && use.cotangent !== null && passesActivation(upper, lower, ways);
  return {
    from: upper.place,
    to: lower.place,
    total: Math.log(deltaSquare(lower)) - Math.log(deltaSquare(upper)),
    weights: Math.log(weightSquare / fanOut),
    activation: passed ? Math.log(slopeShare(use, slopesOf(use))) : 0,
    alignment: noGrad(() => alignmentOf(upper, weightSquare)),
    between: [...noGrad(() => overlapOf(upper, ways)), ...partsBetween(upper, lower, ways)],
    weightVariance: weightSquare / fanOut,
    criticalWeightVariance: criticalWeights(use?.activation ?? null)?.weightVariance ?? null,
  };
}

/** log(fanOut |Wᵀδ|² / (|δ|² ‖W‖²)), in double precision. */
function alignmentOf(
  { node, weight, weightFirst, cotangent, fanOut }: Contraction,
  weightSquare: number,
): number {
  const delta = cast(arranged(node, cotangent as Tensor), "f64");
  const transposed = transpose(cast(weight.detach(), "f64"));
  const back = weightFirst ? matmul(transposed, delta) : matmul(delta, transposed);
  return Math.log(fanOut * sumOfSquares(back)) - Math.log(sumOfSquares(delta) * weightSquare);
}

/**
 * What the operation makes of Wᵀδ beyond the product: where it has windows, or stretches its signal, it sums what comes to one number of the
 * signal and drops what comes to padding; and it may see a number of δ in several windows.
 */
function overlapOf(upper: Contraction, ways: Ways): FlowPart[] {
  const { node, signal, cotangent, weight, weightFirst, place } = upper;
  const delta = arranged(node, cotangent as Tensor);
  const plain = typeof node.op?.contraction !== "function";
  const turned = transpose(weight.detach());
  const back = weightFirst ? matmul(turned, delta) : matmul(delta, turned);
  if (plain && back.size === signal.size) return [];
  const sent = sentBack(upper, ways);
  const seen = Math.log(sumOfSquares(delta)) - Math.log(sumOfSquares(cotangent as Tensor));
  const folded =
    Math.log(sent.reduce((sum, each) => sum + sumOfSquares(each.cotangent), 0)) -
    Math.log(sumOfSquares(back));
  return [{ kind: "overlap", name: node.op?.name ?? "", place, log: seen + folded }];
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
