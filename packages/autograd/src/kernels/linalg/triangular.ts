/** Which part of the matrix is read. */
export interface Triangle {
  readonly upper: boolean;
  /** The diagonal is taken to be ones, and not read. */
  readonly unitriangular: boolean;
}

/** Solves T X = B for a triangular T [n, n], with B [n, k] overwritten by X. A zero on the diagonal divides as IEEE says. */
export function solveTriangle(
  t: Float64Array,
  n: number,
  b: Float64Array,
  k: number,
  { upper, unitriangular }: Triangle,
): void {
  for (let step = 0; step < n; step++) {
    const row = upper ? n - 1 - step : step;
    const at = row * k;
    const [first, end] = upper ? [row + 1, n] : [0, row];
    for (let j = first; j < end; j++) {
      const factor = t[row * n + j];
      if (factor === 0) continue;
      const from = j * k;
      for (let c = 0; c < k; c++) b[at + c] -= factor * b[from + c];
    }
    if (unitriangular) continue;
    const pivot = t[row * n + row];
    for (let c = 0; c < k; c++) b[at + c] /= pivot;
  }
}
