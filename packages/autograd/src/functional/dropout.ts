import { fromData } from "../create.ts";
import { allocate, toFloating } from "../dtype.ts";
import { ArgumentError } from "../errors.ts";
import { add, mul } from "../ops/elementwise/index.ts";
import type { Generator } from "../random.ts";
import { type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export interface DropoutSettings {
  /** How likely each element is to become 0; default 0.5. */
  readonly probability?: number;
  /** Where the draws from [0, 1) come from: a `Generator`, or whatever fills arrays as it does. */
  readonly generator: UniformSource;
}

export type UniformSource = Pick<Generator, "fillUniform">;

/**
 * Sets elements to 0 at random and divides the others by the share that stays: what training does.
 *
 * What is drawn depends on the shape alone, not on the element type, and counts as a constant: inside `vmap` the examples share it.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]
 * @see Srivastava et al. 2014, "Dropout"; torch.nn.functional.dropout
 * @example
 * dropout(ones([6]), { generator: new Generator(1) }); // [2, 0, 0, 2, 0, 0]
 * dropout(ones([6]), { probability: 0.2, generator: new Generator(1) }); // [1.25, 0, 1.25, 1.25, 1.25, 0]
 */
export function dropout(x: Tensor, settings: DropoutSettings): Tensor {
  return dropped("dropout", x, x.shape, settings);
}

/**
 * Dropout of whole channels: [batch, channels, ...], one draw for each channel of each example.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]
 * @see Tompson et al. 2015, "Efficient object localization using convolutional networks"; torch.nn.functional.dropout2d
 * @example
 * featureDropout(ones([1, 3, 2]), { generator: new Generator(1) }); // [[[2, 2], [0, 0], [0, 0]]]
 */
export function featureDropout(x: Tensor, settings: DropoutSettings): Tensor {
  return dropped("featureDropout", x, channelsOf(x), settings);
}

/**
 * Dropout that keeps mean 0 and variance 1: what is dropped takes the value that SELU has far to the left.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]
 * @see Klambauer et al. 2017, "Self-normalizing neural networks"; torch.nn.functional.alpha_dropout
 * @example
 * alphaDropout(zeros([4]), { generator: new Generator(1) }); // [0.7792, -0.7792, -0.7792, 0.7792]
 */
export function alphaDropout(x: Tensor, settings: DropoutSettings): Tensor {
  return alphaDropped("alphaDropout", x, x.shape, settings);
}

/**
 * Alpha dropout of whole channels: [batch, channels, ...], one draw for each channel of each example.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]
 * @see torch.nn.functional.feature_alpha_dropout
 * @example
 * featureAlphaDropout(zeros([1, 2, 2]), { generator: new Generator(1) }); // [[[0.7792, 0.7792], [-0.7792, -0.7792]]]
 */
export function featureAlphaDropout(x: Tensor, settings: DropoutSettings): Tensor {
  return alphaDropped("featureAlphaDropout", x, channelsOf(x), settings);
}

/** The default probability. */
const evens = 0.5;

const channelsOf = ({ shape }: Tensor): number[] => shape.map((extent, axis) => (axis < 2 ? extent : 1));

function dropped(operation: string, x: Tensor, shape: Shape, settings: DropoutSettings): Tensor {
  const { probability = evens } = settings;
  return mul(x, keptMask(operation, x, shape, settings, 1 / (1 - probability)));
}

/** SELU's limit on the left, -λα. */
const limit = -1.7580993408473766;

function alphaDropped(operation: string, x: Tensor, shape: Shape, settings: DropoutSettings): Tensor {
  const { probability = evens } = settings;
  const kept = keptMask(operation, x, shape, settings, 1);
  if (probability === 1) return mul(x, kept);
  const scale = 1 / Math.sqrt((1 - probability) * (1 + probability * limit * limit));
  const shift = add(mul(kept, -scale * limit), scale * limit * (1 - probability));
  return add(mul(x, mul(kept, scale)), shift);
}

/** `value` where an element stays, 0 elsewhere, to be multiplied with `x`. */
function keptMask(
  operation: string,
  { dtype }: Tensor,
  shape: Shape,
  { probability = evens, generator }: DropoutSettings,
  value: number,
): Tensor {
  if (!(probability >= 0 && probability <= 1))
    throw new ArgumentError(operation, "expected a probability within [0, 1]", probability);
  const draws = new Float64Array(sizeOf(shape));
  generator.fillUniform(draws);
  const mask = allocate(toFloating(dtype), draws.length);
  for (let i = 0; i < mask.length; i++) if (draws[i] < 1 - probability) mask[i] = value;
  return fromData(mask, shape);
}
