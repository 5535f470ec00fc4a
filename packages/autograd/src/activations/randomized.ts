import { rand } from "../create.ts";
import { toFloating } from "../dtype.ts";
import { ArgumentError } from "../errors.ts";
import { cast } from "../ops/elementwise/cast.ts";
import type { Generator } from "../random.ts";
import type { Tensor } from "../tensor.ts";
import { prelu } from "./rectified.ts";

export interface RreluOptions {
  /** The least slope; default 1/8. */
  readonly lower?: number;
  /** The bound above the slopes; default 1/3. */
  readonly upper?: number;
  /** Draws a slope for each element, as in training; absent: the mean slope everywhere. */
  readonly generator?: Generator;
}

/**
 * x above 0, below it x times a slope drawn from [lower, upper).
 *
 * @throws ArgumentError unless lower ≤ upper
 * @see Xu et al. 2015, "Empirical evaluation of rectified activations in convolutional network"; torch.nn.functional.rrelu
 * @example
 * rrelu(tensor([-24, 24])); // [-5.5, 24]
 * rrelu(tensor([-1, -1, 1]), { generator: new Generator(7) }); // [-0.1427, -0.2149, 1]
 */
export function rrelu(x: Tensor, { lower = 1 / 8, upper = 1 / 3, generator }: RreluOptions = {}): Tensor {
  if (!(lower <= upper))
    throw new ArgumentError("rrelu", "expected a lower bound not above the upper", [lower, upper]);
  if (generator === undefined) return prelu(x, (lower + upper) / 2);
  // Drawn in double precision whatever x is, so that a seed means the same slopes for each element type.
  return prelu(x, cast(rand(generator, x.shape, lower, upper, "f64"), toFloating(x.dtype)));
}
