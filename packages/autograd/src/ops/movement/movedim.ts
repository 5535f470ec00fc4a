import { ArgumentError } from "../../errors.ts";
import { normalizeAxis } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { permute } from "./movement.ts";

/**
 * Axes moved to other places; the rest keep their order.
 *
 * @throws ArgumentError unless each is named once
 * @see torch.movedim
 * @example
 * movedim(zeros([2, 3, 4]), 0, -1).shape; // [3, 4, 2]
 */
export function movedim(x: Tensor, from: number | readonly number[], to: number | readonly number[]): Tensor {
  const places = (axes: number | readonly number[]): number[] =>
    [axes].flat().map((axis) => normalizeAxis("movedim", axis, x.rank));
  const [sources, targets] = [places(from), places(to)];
  if (sources.length !== targets.length || new Set(targets).size !== targets.length)
    throw new ArgumentError("movedim", `expected ${sources.length} different axes to move to`, to);
  const rest = x.shape.flatMap((_, axis) => (sources.includes(axis) ? [] : [axis]));
  const order = x.shape.map((_, axis) => {
    const moved = targets.indexOf(axis);
    return moved < 0 ? (rest.shift() as number) : sources[moved];
  });
  return permute(x, order);
}
