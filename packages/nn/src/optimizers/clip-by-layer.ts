import { ArgumentError } from "@isograd/autograd";
import type { ClipNormOptions } from "../clipping/clip-grad-norm.ts";
import { parametersByLayer } from "../clipping/clip-grad-norm-per-layer.ts";
import { checkFiniteNorm } from "../clipping/finite.ts";
import { checkLimit, checkNormType, clipFactor, jointNorm } from "../clipping/norms.ts";
import type { AnyModule } from "../module/module.ts";
import { scaledBy } from "./scaled-by.ts";
import type { GradientTransform } from "./transform.ts";

/**
 * `clipGradNormPerLayer` as a transform: the gradients of each layer of `model` together.
 *
 * @throws ArgumentError when an optimizer is made with parameters that the model does not hold
 * @example
 * const layer = new Linear({ inFeatures: 1, outFeatures: 1, weightInit: zeros, biasInit: zeros });
 * layer.weight.grad = tensor([[3]]);
 * layer.bias!.grad = tensor([4]);
 * new Optimizer(layer.parameters(), chain(clipByLayer(layer, 1), sgd({ learningRate: 1 }))).step();
 * layer.call(tensor([0])); // [-0.8]
 * layer.call(tensor([1])); // [-1.4]
 */
export function clipByLayer(
  model: AnyModule,
  maxNorm: number,
  options: ClipNormOptions = {},
): GradientTransform<readonly number[]> {
  const { normType = 2 } = options;
  checkLimit("clipByLayer", maxNorm);
  checkNormType("clipByLayer", normType);
  // The state is the layer of each parameter, by number: a copy of it serves a copy of the model.
  return scaledBy(
    (all) => {
      const layers = parametersByLayer(model);
      return all.map((parameter) => {
        const layer = layers.findIndex(({ parameters }) => parameters.includes(parameter));
        if (layer < 0) throw new ArgumentError("clipByLayer", "expected parameters of the model", parameter);
        return layer;
      });
    },
    (gradients, layers) => {
      const factors = new Map<number, number>();
      for (const layer of new Set(layers)) {
        const own = gradients.filter((_, k) => layers[k] === layer);
        const norm = jointNorm(own, normType);
        checkFiniteNorm("clipByLayer", norm, gradients, options);
        factors.set(layer, clipFactor(norm, maxNorm));
      }
      return layers.map((layer) => factors.get(layer) as number);
    },
  );
}
