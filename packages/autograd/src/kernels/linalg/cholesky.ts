/**
 * Factors a symmetric positive definite A [n, n] in place as L Lᵀ. Only its lower triangle is read; the upper one becomes zero.
 *
 * @returns the order of the first leading part that is not positive definite, 0 if there is none; A is NaN then
 * @see LAPACK dpotrf
 */
export function factorCholesky(a: Float64Array, n: number): number {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i * n + j];
      for (let k = 0; k < j; k++) rest -= a[i * n + k] * a[j * n + k];
      if (j < i) {
        a[i * n + j] = rest / a[j * n + j];
      } else if (rest <= 0) {
        a.fill(Number.NaN);
        return i + 1;
      } else {
        a[i * n + i] = Math.sqrt(rest);
      }
    }
    for (let j = i + 1; j < n; j++) a[i * n + j] = 0;
  }
  return 0;
}
