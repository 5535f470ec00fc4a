import {
  add,
  diagEmbed,
  diagonal,
  jacobian,
  matmul,
  mul,
  solve,
  square,
  sub,
  sum,
  type Tensor,
  transpose,
} from "@isograd/autograd";

export interface LeastSquares {
  /** Where the sum of squares is least, as far as was found: [n]. */
  readonly point: Tensor;
  /** The sum of the squares there. */
  readonly squares: number;
  /** The derivatives of the residuals there: [residuals, n]. */
  readonly derivatives: Tensor;
  /** How many steps were taken. */
  readonly steps: number;
  /** Whether the last step changed nothing that matters. */
  readonly converged: boolean;
}

export interface LeastSquaresOptions {
  /** Default 60. */
  readonly maxSteps?: number;
  /** A step that takes less than this share off the sum of squares is the last; default 1e-10. */
  readonly tolerance?: number;
}

/**
 * Finds where the sum of the squares of `residuals` is least, near `start`, by steps that are Gauss and Newton's where they succeed and shorter, along
 * the slope, where they do not.
 *
 * @param residuals of a point [n]: [residuals]; NaN or infinite where there is none, and no step leads there
 * @see Levenberg 1944; Marquardt 1963
 */
export function leastSquares(
  residuals: (point: Tensor) => Tensor,
  start: Tensor,
  { maxSteps = 60, tolerance = 1e-10 }: LeastSquaresOptions = {},
): LeastSquares {
  const squaresAt = (values: Tensor): number => sum(square(values)).item();
  let [point, values, damping, steps] = [start, residuals(start), 1e-3, 0];
  let squares = squaresAt(values);
  for (;;) {
    const derivatives = jacobian(residuals)(point);
    const back = transpose(derivatives, 0, 1);
    const curvature = matmul(back, derivatives);
    const slope = matmul(back, values);
    const result = { point, squares, derivatives, steps };
    if (steps === maxSteps) return { ...result, converged: false };
    let found: { point: Tensor; values: Tensor } | null = null;
    while (found === null) {
      if (damping > 1e12) return { ...result, converged: true }; // nothing is better, however near
      const damped = add(curvature, diagEmbed(mul(damping, diagonal(curvature))));
      const next = sub(point, solve(damped, slope));
      const there = residuals(next);
      if (squaresAt(there) <= squares) found = { point: next, values: there };
      else damping *= 4;
    }
    damping = Math.max(damping / 8, 1e-12);
    steps++;
    const saved = squares - squaresAt(found.values);
    ({ point, values } = found);
    squares -= saved;
    if (saved <= tolerance * squares)
      return { point, squares, derivatives: jacobian(residuals)(point), steps, converged: true };
  }
}
