import { ArgumentError, ShapeError } from "../../errors.ts";
import { normalizeAxes, normalizeAxis } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { add, div, mul, sub } from "../elementwise/arithmetic.ts";
import { alongAxis } from "../movement/movement.ts";
import { concat, slice } from "../movement/slice.ts";
import { steps } from "./difference.ts";

export interface GradientOptions {
  /** Along which axes; default all. */
  readonly axis?: number | readonly number[];
  /** The distance of neighbours: one for all axes, or for each axis one or the positions [extent] of its points; default 1. */
  readonly spacing?: number | readonly (number | Tensor)[];
  /** The order of accuracy at the two ends, 1 (default) or 2. */
  readonly edgeOrder?: 1 | 2;
}

/**
 * The slopes of sampled values along each axis by central differences, one-sided at the ends; of second order, on uneven spacing too.
 *
 * @returns one tensor of the shape of `x` for each axis
 * @throws ShapeError if an axis has fewer than `edgeOrder + 1` points or positions do not fit it
 * @see torch.gradient
 * @example
 * gradient(tensor([0, 1, 4, 9])); // [[1, 2, 4, 5]]
 * gradient(tensor([0, 1, 4, 9]), { spacing: 0.5, edgeOrder: 2 }); // [[0, 4, 8, 12]]
 */
export function gradient(x: Tensor, { axis, spacing = 1, edgeOrder = 1 }: GradientOptions = {}): Tensor[] {
  const axes = axis === undefined ? normalizeAxes("gradient", axis, x.rank) : [axis].flat();
  const distances = typeof spacing === "number" ? axes.map(() => spacing) : spacing;
  if (distances.length !== axes.length)
    throw new ArgumentError("gradient", `expected ${axes.length} spacings, one for each axis`, spacing);
  return axes.map((k, i) => slopes(x, normalizeAxis("gradient", k, x.rank), distances[i], edgeOrder));
}

function slopes(x: Tensor, axis: number, spacing: number | Tensor, edgeOrder: 1 | 2): Tensor {
  const extent = x.shape[axis];
  if (extent < edgeOrder + 1)
    throw new ShapeError(
      "gradient",
      [x.shape],
      `expected at least ${edgeOrder + 1} points along axis ${axis}`,
    );
  if (typeof spacing !== "number" && (spacing.rank !== 1 || spacing.shape[0] !== extent))
    throw new ShapeError(
      "gradient",
      [x.shape, spacing.shape],
      `expected positions [${extent}] for axis ${axis}`,
    );
  const part = (start: number, end: number): Tensor => slice(x, axis, { start, end });
  /** The distances from point `start` to the next, and so on to `end`. */
  const gaps = (start: number, end: number): Tensor | number =>
    typeof spacing === "number"
      ? spacing
      : alongAxis(steps(slice(spacing, 0, { start, end: end + 1 }), 0), axis, x.rank);

  const chords = (start: number, end: number): Tensor =>
    div(sub(part(start + 1, end + 1), part(start, end)), gaps(start, end));
  /** The slope at one end of a parabola through three points, from the two chords and their gaps, the nearer first. */
  const parabola = (near: Tensor, far: Tensor, h: Tensor | number, l: Tensor | number): Tensor =>
    add(near, mul(sub(near, far), div(h, add(h, l))));

  const first = chords(0, 1);
  const last = chords(extent - 2, extent - 1);
  const ends =
    edgeOrder === 1
      ? [first, last]
      : [
          parabola(first, chords(1, 2), gaps(0, 1), gaps(1, 2)),
          parabola(
            last,
            chords(extent - 3, extent - 2),
            gaps(extent - 2, extent - 1),
            gaps(extent - 3, extent - 2),
          ),
        ];
  if (extent === 2) return concat(ends, axis);
  const [left, right] = [gaps(0, extent - 2), gaps(1, extent - 1)];
  const weight = div(left, add(left, right));
  const [before, after] = [chords(0, extent - 2), chords(1, extent - 1)];
  return concat([ends[0], add(before, mul(weight, sub(after, before))), ends[1]], axis);
}
