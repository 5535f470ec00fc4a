import { sizeOf } from "../../shape.ts";
import type { Signature } from "../../tensor.ts";

type Known = readonly (Signature | null)[];

/** The `flops` of an op on matrices [..., m, n]: what the textbook counts for each, in its leading terms. @see Golub, Van Loan, "Matrix Computations" */
export const ofMatrices =
  (count: (m: number, n: number) => number) =>
  ([x]: Known): number => {
    if (x === null) return 0;
    const [m, n] = x.shape.slice(-2);
    return Math.round(sizeOf(x.shape.slice(0, -2)) * count(m, n));
  };

/** To eliminate: 2/3 n³ where square. */
export function eliminationFlops(m: number, n: number): number {
  const k = Math.min(m, n);
  return Math.max(m, n) * k ** 2 - k ** 3 / 3;
}

/** To reduce by reflections and to form the orthogonal factor, which takes as much again. */
export const reflectionFlops = (m: number, n: number): number => 4 * eliminationFlops(m, n);

/** Singular values and both sides of vectors. */
export function singularFlops(m: number, n: number): number {
  const k = Math.min(m, n);
  return 14 * Math.max(m, n) * k ** 2 + 8 * k ** 3;
}

/** To substitute for a triangle, or for both, in `solutions` [..., n, k]. */
export const substitutionFlops = ({ shape }: Signature, triangles: 1 | 2): number =>
  triangles * sizeOf(shape) * (shape.at(-2) ?? 0);
