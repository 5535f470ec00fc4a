/** The polynomial Σ cₖ xᵏ, by Horner's rule. */
export function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * x + coefficients[k];
  return sum;
}

/** The Chebyshev series Σ cₖ Tₖ(t) for t in [-1, 1], by Clenshaw's recurrence. */
export function chebyshevSeries(coefficients: readonly number[], t: number): number {
  let next = 0;
  let afterNext = 0;
  for (let k = coefficients.length - 1; k > 0; k--) {
    const current = 2 * t * next - afterNext + coefficients[k];
    afterNext = next;
    next = current;
  }
  return t * next - afterNext + coefficients[0];
}
