import { add, type Generator, randn, type Tensor } from "@isograd/autograd";
import { leastSquares } from "./least-squares.ts";

/**
 * The spread of `f` over explanations of other data: each residual is off by a draw of its standard deviation, and everything is fitted anew.
 *
 * An answer to how uncertain the explanation is that knows nothing of second derivatives.
 *
 * @param f of one element
 * @see Efron 1979, "Bootstrap methods: another look at the jackknife"
 */
export function spreadOverRefits(
  residuals: (point: Tensor) => Tensor,
  best: Tensor,
  f: (point: Tensor) => Tensor,
  count: number,
  generator: Generator,
): number {
  const { size } = residuals(best);
  const values = Array.from({ length: count }, () => {
    const noise = randn(generator, [size], "f64");
    return f(leastSquares((point) => add(residuals(point), noise), best, { tolerance: 1e-4 }).point).item();
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1));
}
