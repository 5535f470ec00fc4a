import type { Tensor } from "@isograd/autograd";
import type { AnyModule } from "../module/module.ts";
import { type ClipNormOptions, rescale } from "./clip-grad-norm.ts";
import { checkFiniteNorm } from "./finite.ts";
import { gradientsOf } from "./gradients.ts";
import { type Clipped, checkLimit, checkNormType, clipFactor, jointNorm } from "./norms.ts";

/** What clipping did to the parameters that one module holds itself. */
export interface ClippedLayer extends Clipped {
  readonly path: string;
}

/** The parameters that each module holds itself, weight and bias of a layer together. */
export function parametersByLayer(
  model: AnyModule,
): { readonly path: string; readonly parameters: readonly Tensor[] }[] {
  const paths = model.namedModules().map(({ path }) => path);
  const layers = new Map<string, Tensor[]>();
  for (const { path, tensor } of model.namedParameters()) {
    const above = paths.filter((owner) => owner === "" || path.startsWith(`${owner}.`));
    const owner = above.reduce((longest, each) => (each.length > longest.length ? each : longest), "");
    layers.set(owner, [...(layers.get(owner) ?? []), tensor]);
  }
  return [...layers].map(([path, parameters]) => ({ path, parameters }));
}

/**
 * Rescales the gradients of each layer together so that their joint norm is at most `maxNorm`: the direction within a layer stays.
 *
 * @param maxNorm positive, in units of the gradients
 * @returns for each layer with gradients its place, the norm before clipping and the factor
 * @throws NonFiniteError if a norm is NaN or infinite: nothing is rescaled then
 * @example
 * backward(loss);
 * clipGradNormPerLayer(model, 0.1).map(({ path }) => path); // ["layers.0", "layers.2"]
 * clipGradNormPerLayer(model, 0.1).map(({ norm }) => norm); // [0.1000, 0.1000]
 */
export function clipGradNormPerLayer(
  model: AnyModule,
  maxNorm: number,
  options: ClipNormOptions = {},
): ClippedLayer[] {
  const { normType = 2 } = options;
  checkLimit("clipGradNormPerLayer", maxNorm);
  checkNormType("clipGradNormPerLayer", normType);
  const layers = parametersByLayer(model).flatMap(({ path, parameters }) => {
    const gradients = gradientsOf("clipGradNormPerLayer", parameters).filter((each) => each !== null);
    const norm = jointNorm(
      gradients.map(({ values }) => values),
      normType,
    );
    return gradients.length === 0 ? [] : [{ path, gradients, norm }];
  });
  const all = layers.flatMap(({ gradients }) => gradients.map(({ values }) => values));
  for (const { norm } of layers) checkFiniteNorm("clipGradNormPerLayer", norm, all, options);
  return layers.map(({ path, gradients, norm }) => {
    const factor = clipFactor(norm, maxNorm);
    if (factor !== 1) for (const gradient of gradients) rescale(gradient, factor);
    return { path, norm, factor };
  });
}
