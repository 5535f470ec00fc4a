import {
  diagonal,
  hessian,
  inv,
  jacobian,
  matmul,
  mul,
  reshape,
  sqrt,
  square,
  sum,
  type Tensor,
  transpose,
} from "@isograd/autograd";
import type { LeastSquares } from "./least-squares.ts";

/**
 * How uncertain the point is where ½ Σ residuals² is least, if residuals are standard deviations: near it, the probability of points is a normal
 * distribution whose covariance is the inverse of the second derivatives [n, n].
 *
 * @see Laplace 1774; MacKay 2003, "Information theory, inference, and learning algorithms", chapter 27
 */
export function covarianceAt(residuals: (point: Tensor) => Tensor, point: Tensor): Tensor {
  return inv(hessian((x: Tensor) => mul(0.5, sum(square(residuals(x)))))(point));
}

/** The same from first derivatives alone, as if the residuals were linear: Gauss's. */
export const linearCovariance = ({ derivatives }: LeastSquares): Tensor =>
  inv(matmul(transpose(derivatives, 0, 1), derivatives));

/** One standard deviation of what follows from an uncertain point: of each element of `f(point)`. */
export function spreadOf(f: (point: Tensor) => Tensor, point: Tensor, covariance: Tensor): Tensor {
  const size = f(point).size;
  const slopes = reshape(jacobian(f)(point), [size, point.size]);
  return sqrt(diagonal(matmul(matmul(slopes, covariance), transpose(slopes, 0, 1))));
}
