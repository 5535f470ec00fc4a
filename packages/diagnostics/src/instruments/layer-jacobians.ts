import type { Tensor } from "@isograd/autograd";
import { factsOf, unlessUnknown } from "../flow/flatness.ts";
import { sumOfSquares } from "../statistics.ts";
import type { Contraction } from "../trace/network.ts";
import { checkModel, type Model } from "../trace/trace.ts";
import {
  checkInputs,
  type JacobianSpectrum,
  type JacobianSpectrumOptions,
  spectrumBetween,
} from "./jacobian-spectrum.ts";
import { layersOf } from "./layers.ts";
import { undisturbed } from "./undisturbed.ts";

/** The Jacobian from the outputs of one layer's product to those of the next. */
export interface LayerJacobian extends JacobianSpectrum {
  readonly from: string;
  readonly to: string;
  /**
   * χ by the theory of wide networks: the mean square of the weights times the fan-in, times E φ'² at the measured mean square of the
   * pre-activations. To compare with `meanSquareBackward`; null where more lies between than one activation.
   */
  readonly predicted: number | null;
}

/**
 * Measures the Jacobian of each layer's pre-activations by those of the layer below, along the longest way through the network.
 *
 * Layers are read off the graph: products with tracked weights. Those whose outputs do not have the examples on the first axis are passed over, and
 * belong to the step between their neighbours.
 *
 * @param inputs [batch, ...], real numbers
 * @returns one for each step from a layer to the next; none where there are fewer than two layers
 * @throws as `jacobianSpectrum`
 * @see Poole et al. 2016; Schoenholz et al. 2017, "Deep information propagation"
 * @example
 * const [a, b] = [parameter([[1, 0], [0, 2]]), parameter([[0, 3], [1, 0]])];
 * const [step] = layerJacobians((x) => matmul(relu(matmul(x, a)), b), tensor([[1, 1], [2, 1]]));
 * step.examples[0].values; // [3.000, 1.000]
 * step.meanSquareBackward.value; // 5.000
 */
export function layerJacobians(
  model: Model,
  inputs: Tensor,
  options: JacobianSpectrumOptions = {},
): LayerJacobian[] {
  checkModel(model, "layerJacobians");
  checkInputs("layerJacobians", inputs);
  const layers = undisturbed(() => layersOf("layerJacobians", model, inputs)).filter(
    ({ output }) => output.rank > 0 && output.shape[0] === inputs.shape[0],
  );
  return layers.slice(1).map((upper, k) => ({
    from: layers[k].place,
    to: upper.place,
    predicted: upper.below === layers[k] ? predictedChi(upper, layers[k]) : null,
    ...spectrumBetween("layerJacobians", upper.output, layers[k].output, options),
  }));
}

function predictedChi(upper: Contraction, lower: Contraction): number | null {
  const { weight, fanIn, node } = upper;
  if (weight.rank !== 2 || typeof node.op?.contraction === "function") return null;
  const weightVariance = (sumOfSquares(weight) / weight.size) * fanIn;
  const use = lower.activation;
  if (use === null) return isBehind(upper.signal, lower) ? weightVariance : null;
  const before = use.inputs[0];
  if (upper.signal !== use.output || !isBehind(before, lower)) return null;
  const q = sumOfSquares(before) / before.size;
  return unlessUnknown(() => weightVariance * factsOf(use).moments(q).meanDf2);
}

/** Whether a tensor is the output of a layer, with nothing but its bias added. */
function isBehind(x: Tensor, layer: Contraction): boolean {
  if (x === layer.output) return true;
  const { node } = x;
  if (node === null || layer.bias === null || layer.withBias || node.arity !== 2) return false;
  const isSum = node.op?.reads?.every((read) => read.length === 0) ?? true;
  return isSum && (node.source(0) === layer.node || node.source(1) === layer.node);
}
