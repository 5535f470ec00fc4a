import { ShapeError } from "../../errors.ts";
import { broadcastShapes, normalizeAxis } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { mul, sub } from "../elementwise/arithmetic.ts";
import { expand } from "../movement/movement.ts";
import { roll } from "../movement/roll.ts";

/**
 * The cross product of vectors of length 3 along `axis`; the other axes broadcast.
 *
 * @throws ShapeError unless both have extent 3 at that axis
 * @see torch.linalg.cross
 * @example
 * cross(tensor([1, 0, 0]), tensor([0, 1, 0])); // [0, 0, 1]
 */
export function cross(a: Tensor, b: Tensor, { axis = -1 }: { readonly axis?: number } = {}): Tensor {
  const shape = broadcastShapes("cross", [a.shape, b.shape]);
  const at = normalizeAxis("cross", axis, shape.length);
  if ([a, b].some((x) => x.shape[at - shape.length + x.rank] !== 3))
    throw new ShapeError("cross", [a.shape, b.shape], `expected extent 3 at axis ${axis}`);
  const [x, y] = [expand(a, shape), expand(b, shape)];
  return sub(mul(roll(x, -1, at), roll(y, 1, at)), mul(roll(x, 1, at), roll(y, -1, at)));
}
