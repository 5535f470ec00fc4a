import { ArgumentError, div, noGrad, reciprocal, stdMean, sub, Tensor } from "@isograd/autograd";
import { type AnyModule, type Module, onCall } from "../module/module.ts";
import { parametrizationsOf } from "../module/parametrization.ts";
import { WeightNorm } from "./weight-norm.ts";

/** A layer whose outputs are weighted sums plus a bias. */
interface Weighted {
  /** The axis of the result that counts the outputs. */
  readonly outputAxis: number;
  /** The axis of the weight that counts the outputs; default 0. */
  readonly weightAxis?: number | null;
  readonly bias: Tensor | null;
}

/**
 * Sets lengths and biases of all weight-normalised layers so that the pre-activations of each output have mean 0 and variance 1 over `batch`.
 *
 * One pass without gradients, in the model's present mode; each layer sees what the layers before it, already set, make of the batch. A
 * layer without bias keeps its mean; one that is called several times is set at its first call. An error leaves all as it was.
 *
 * @returns how many layers were set
 * @throws ArgumentError if no layer is weight-normalised, one cannot be set (no length for each output), or an output does not vary over the batch
 * @see Salimans, Kingma 2016, "Weight normalization", section 3
 * @example
 * const layer = weightNorm(new Linear({ inFeatures: 2, outFeatures: 3 }));
 * initializeFromData(layer, inputs); // 1
 * std(layer.call(inputs), { axis: 0, correction: 0 }); // [1.0000, 1.0000, 1.0000]
 */
export function initializeFromData<Inputs extends readonly unknown[], Output>(
  model: Module<Inputs, Output>,
  ...batch: Inputs
): number {
  const set = new Set<AnyModule>();
  const handles = model.namedModules().flatMap(({ module }) => {
    const parametrization = parametrizationsOf(module).weight;
    if (!(parametrization instanceof WeightNorm)) return [];
    const layer = module as unknown as Module & Weighted;
    const hook = ({ inputs, output }: { inputs: readonly [Tensor]; output: Tensor }): Tensor | undefined => {
      if (set.has(module)) return undefined;
      set.add(module);
      standardize(layer, parametrization, output);
      return layer.forward(...inputs);
    };
    return [onCall(layer, hook)];
  });
  if (handles.length === 0)
    throw new ArgumentError("initializeFromData", "expected a model with weight-normalised layers", model);
  const before = model.parameters().map((parameter) => [parameter, parameter.detach()] as const);
  try {
    noGrad(() => model.call(...batch));
  } catch (error) {
    for (const [parameter, value] of before) parameter.assign(value);
    throw error;
  } finally {
    for (const handle of handles) handle.remove();
  }
  return set.size;
}

function standardize(
  { outputAxis, weightAxis = 0, bias }: Weighted,
  parametrization: WeightNorm,
  output: Tensor,
): void {
  if (!(output instanceof Tensor) || !Number.isInteger(outputAxis)) {
    const rule = "expected a layer that says at which outputAxis its outputs are counted";
    throw new ArgumentError("initializeFromData", rule, outputAxis);
  }
  const channel = outputAxis < 0 ? outputAxis + output.rank : outputAxis;
  const axis = output.shape.flatMap((_, k) => (k === channel ? [] : [k]));
  const { std: deviation, mean: centre } = stdMean(output, { axis, correction: 0 });
  const flat = deviation.values().findIndex((value) => !(value > 0));
  if (flat >= 0) {
    const rule = `expected pre-activations that vary over the batch, the standard deviation of output ${flat} to be positive`;
    throw new ArgumentError("initializeFromData", rule, deviation.values()[flat]);
  }
  parametrization.scale(reciprocal(deviation), weightAxis);
  if (bias !== null) bias.assign(div(sub(bias.detach(), centre), deviation));
}
