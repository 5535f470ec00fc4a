const splitter = 2 ** 27 + 1;

/**
 * The rounding error of a product: x · y = fl(x y) + productError(x, y, fl(x y)) exactly, while nothing overflows or underflows.
 *
 * @see Dekker 1971, "A floating-point technique for extending the available precision"
 */
export function productError(x: number, y: number, product: number): number {
  const xScaled = splitter * x;
  const xHigh = xScaled - (xScaled - x);
  const xLow = x - xHigh;
  const yScaled = splitter * y;
  const yHigh = yScaled - (yScaled - y);
  const yLow = y - yHigh;
  return xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow);
}

/** e^(-c x²) without the error that rounding x² would bring: relative error below 2 ulp wherever the result is normal. */
export function gaussianExp(x: number, c: 0.5 | 1): number {
  const square = x * x;
  const value = Math.exp(-c * square);
  if (!(value > 0)) return value; // also keeps the splitting of a huge x from overflowing
  return value - value * c * productError(x, x, square);
}
