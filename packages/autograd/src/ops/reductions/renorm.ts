import { normalizeAxis } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add, div, mul } from "../elementwise/arithmetic.ts";
import { le, where } from "../elementwise/choice.ts";
import { vectorNorm } from "./norm.ts";

/**
 * Scales each slice x[..., i, ...] along `axis` whose `p`-norm is above `maxNorm` down to it; the others stay.
 *
 * @see torch.renorm: 1e-7 is added to the norm that is divided by
 * @example
 * renorm(tensor([[3, 4], [0.3, 0.4]]), 2, 0, 1); // [[0.6, 0.8], [0.3, 0.4]]
 */
export function renorm(x: Tensor, p: number, axis: number, maxNorm: number): Tensor {
  const at = normalizeAxis("renorm", axis, x.rank);
  const others = x.shape.map((_, k) => k).filter((k) => k !== at);
  const norms = vectorNorm(x, { ord: p, axis: others, keepDims: true });
  return mul(x, where(le(norms, maxNorm), 1, div(maxNorm, add(norms, 1e-7))));
}
