import { ArgumentError, type Shape, type Tensor } from "@isograd/autograd";
import { checkFiniteNorm, type NonFiniteOptions } from "./finite.ts";
import { gradientsOf, replaceGradient } from "./gradients.ts";
import { jointNorm, type Values } from "./norms.ts";

export interface AdaptiveClipOptions extends NonFiniteOptions {
  /** How long the gradient of a unit may be, as a share of the unit's weights; default 0.01. */
  readonly clipping?: number;
  /** The least length that weights count as, so that those at zero can move; default 1e-3. */
  readonly eps?: number;
}

/** What clipping did to the units of one parameter. */
export interface ClippedUnits {
  /** The largest length of a gradient, as a share of its unit's weights. */
  readonly largestRatio: number;
  /** How many units were shortened, of how many. */
  readonly clipped: number;
  readonly units: number;
}

/**
 * Shortens the gradient of each unit to at most a share of the length of its weights.
 *
 * A unit is a slice along the first axis, the weights of one output; a vector or a scalar is one unit.
 *
 * @returns for each parameter what was done, null where it has no gradient
 * @throws NonFiniteError if a gradient holds NaN or Infinity: nothing is changed then
 * @see Brock, De, Smith, Simonyan 2021, "High-performance large-scale image recognition without normalization"
 * @example
 * const weight = parameter([[3, 4]]);
 * weight.grad = tensor([[0.6, 0.8]]);
 * clipGradAdaptive([weight], { clipping: 0.1 }); // [{ largestRatio: 0.2, clipped: 1, units: 1 }]
 * weight.grad; // [[0.3, 0.4]]
 */
export function clipGradAdaptive(
  parameters: Iterable<Tensor>,
  options: AdaptiveClipOptions = {},
): (ClippedUnits | null)[] {
  const settings = checkAdaptive("clipGradAdaptive", options);
  const gradients = gradientsOf("clipGradAdaptive", parameters);
  const arrays = gradients.map((gradient) => gradient?.values ?? null);
  checkFiniteNorm("clipGradAdaptive", jointNorm(arrays, Number.POSITIVE_INFINITY), arrays, options);
  return gradients.map((gradient) => {
    if (gradient === null) return null;
    const { parameter } = gradient;
    const values = gradient.values.slice();
    const done = clipUnits(values, parameter.values() as Values, parameter.shape, settings);
    if (done.clipped > 0) replaceGradient(gradient, values);
    return done;
  });
}

export interface AdaptiveClipping {
  readonly clipping: number;
  readonly eps: number;
}

export function checkAdaptive(
  operation: string,
  { clipping = 0.01, eps = 1e-3 }: AdaptiveClipOptions,
): AdaptiveClipping {
  if (!(clipping > 0)) throw new ArgumentError(operation, "expected a positive share", clipping);
  if (!(eps > 0)) throw new ArgumentError(operation, "expected a positive eps", eps);
  return { clipping, eps };
}

/** Shortens the units of a gradient in place. */
export function clipUnits(
  gradient: Values,
  weights: Values,
  shape: Shape,
  { clipping, eps }: AdaptiveClipping,
): ClippedUnits {
  const units = shape.length > 1 ? shape[0] : 1;
  const size = units === 0 ? 0 : gradient.length / units;
  let [largestRatio, clipped] = [0, 0];
  for (let unit = 0; unit < units; unit++) {
    const own = gradient.subarray(unit * size, (unit + 1) * size);
    const length = Math.max(jointNorm([weights.subarray(unit * size, (unit + 1) * size)], 2), eps);
    const norm = jointNorm([own], 2);
    largestRatio = Math.max(largestRatio, norm / length);
    // NaN is no more than anything, and stays.
    if (!(norm > clipping * length)) continue;
    clipped++;
    const factor = (clipping * length) / norm;
    for (let i = 0; i < own.length; i++) own[i] *= factor;
  }
  return { largestRatio, clipped, units };
}
