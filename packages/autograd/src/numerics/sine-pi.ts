/** sin(πx), exact in its zeros: reduces x before multiplying by π. */
export function sinePi(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const size = Math.abs(x) % 2;
  const folded = size > 1 ? size - 1 : size; // the sine changes sign over one, and is symmetric about a half
  const near = folded > 0.5 ? 1 - folded : folded;
  const value = near > 0.25 ? Math.cos(Math.PI * (0.5 - near)) : Math.sin(Math.PI * near);
  return x < 0 !== size > 1 ? -value : value;
}

/** cos(πx), exact in its zeros: reduces x before multiplying by π. */
export function cosinePi(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const size = Math.abs(x) % 2;
  const folded = size > 1 ? 2 - size : size; // symmetric about one, and changes sign about a half
  if (folded <= 0.25) return Math.cos(Math.PI * folded);
  return folded < 0.75 ? Math.sin(Math.PI * (0.5 - folded)) : -Math.cos(Math.PI * (1 - folded));
}

/** π cot(πx): infinite where x is whole. */
export function piCotangentPi(x: number): number {
  const near = x - Math.round(x);
  if (Math.abs(near) <= 0.25) return Math.PI / Math.tan(Math.PI * near);
  return Math.PI * Math.tan(Math.PI * (Math.sign(near) * 0.5 - near));
}
