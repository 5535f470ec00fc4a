import { fromData } from "../create.ts";
import { toFloating } from "../dtype.ts";
import { ArgumentError } from "../errors.ts";
import { add, cast, mul } from "../ops/elementwise/index.ts";
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
 */
export function dropout(x: Tensor, { probability = 0.5, generator }: DropoutSettings): Tensor {
  return dropped("dropout", x, probability, generator, x.shape);
}

/**
 * Dropout of whole channels: [batch, channels, ...], one draw for each channel of each example.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]
 * @see Tompson et al. 2015, "Efficient object localization using convolutional networks"; torch.nn.functional.dropout2d
 */
export function featureDropout(x: Tensor, { probability = 0.5, generator }: DropoutSettings): Tensor {
  return dropped("featureDropout", x, probability, generator, channelsOf(x));
}

/**
 * Dropout that keeps mean 0 and variance 1: what is dropped takes the value that SELU has far to the left.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]
 * @see Klambauer et al. 2017, "Self-normalizing neural networks"; torch.nn.functional.alpha_dropout
 */
export function alphaDropout(x: Tensor, { probability = 0.5, generator }: DropoutSettings): Tensor {
  return alphaDropped("alphaDropout", x, probability, generator, x.shape);
}

/**
 * Alpha dropout of whole channels: [batch, channels, ...], one draw for each channel of each example.
 *
 * @throws ArgumentError unless the probability lies within [0, 1]
 * @see torch.nn.functional.feature_alpha_dropout
 */
export function featureAlphaDropout(x: Tensor, { probability = 0.5, generator }: DropoutSettings): Tensor {
  return alphaDropped("featureAlphaDropout", x, probability, generator, channelsOf(x));
}

const channelsOf = ({ shape }: Tensor): number[] => shape.map((extent, axis) => (axis < 2 ? extent : 1));

function dropped(
  operation: string,
  x: Tensor,
  probability: number,
  generator: UniformSource,
  shape: Shape,
): Tensor {
  const mask = keptMask(operation, probability, generator, shape, 1 / (1 - probability));
  return mul(x, cast(mask, toFloating(x.dtype)));
}

/** SELU's limit on the left, -λα. */
const limit = -1.7580993408473766;

function alphaDropped(
  operation: string,
  x: Tensor,
  probability: number,
  generator: UniformSource,
  shape: Shape,
): Tensor {
  const kept = cast(keptMask(operation, probability, generator, shape, 1), toFloating(x.dtype));
  if (probability === 1) return mul(x, kept);
  const scale = 1 / Math.sqrt((1 - probability) * (1 + probability * limit * limit));
  const shift = add(mul(kept, -scale * limit), scale * limit * (1 - probability));
  return add(mul(x, mul(kept, scale)), shift);
}

/** `value` where an element stays, 0 elsewhere. */
function keptMask(
  operation: string,
  probability: number,
  generator: UniformSource,
  shape: Shape,
  value: number,
): Tensor {
  if (!(probability >= 0 && probability <= 1))
    throw new ArgumentError(operation, "expected a probability within [0, 1]", probability);
  const mask = new Float64Array(sizeOf(shape));
  generator.fillUniform(mask);
  for (let i = 0; i < mask.length; i++) mask[i] = mask[i] < 1 - probability ? value : 0;
  return fromData(mask, shape);
}
