import { toFloating } from "../../dtype.ts";
import type { Tensor } from "../../tensor.ts";
import { square } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { abs, eq, ne, where } from "../elementwise/choice.ts";
import { pow } from "../elementwise/transcendental.ts";
import { max, min } from "./extremum.ts";
import { type ReduceOptions, sum } from "./reduce.ts";
import { rootOf } from "./variance.ts";

export interface VectorNormOptions extends ReduceOptions {
  /** The exponent p in (Σ|x|^p)^(1/p): any number, default 2. ∞ and -∞: the largest and smallest |x|; 0: how many are not zero. */
  readonly ord?: number;
}

/**
 * (Σ|x|^p)^(1/p) over some axes, or all, as if these were one vector.
 *
 * Its derivative is zero where the norm is, and to an element that is zero; for ±∞ elements that tie share it evenly.
 *
 * @throws ShapeError for ±∞ of nothing
 * @see torch.linalg.vector_norm
 */
export function vectorNorm(x: Tensor, { ord = 2, ...options }: VectorNormOptions = {}): Tensor {
  const reals = cast(x, toFloating(x.dtype));
  if (ord === 2) return rootOf(sum(square(reals), options));
  if (ord === 1) return sum(abs(reals), options);
  if (ord === 0) return cast(sum(ne(reals, 0), options), reals.dtype);
  if (ord === Number.POSITIVE_INFINITY) return max(abs(reals), options);
  if (ord === Number.NEGATIVE_INFINITY) return min(abs(reals), options);
  const total = sum(powerOf(abs(reals), ord), options);
  return powerOf(total, 1 / ord);
}

/** x^p for x not negative, with derivative zero at zero, where that of a power is infinite, or NaN in higher orders. */
function powerOf(x: Tensor, exponent: number): Tensor {
  const zero = eq(x, 0);
  return where(zero, 0 ** exponent, pow(where(zero, 1, x), exponent));
}

export interface NormOptions extends ReduceOptions {
  /** As `ord` of `vectorNorm`, or "fro", which is 2; the default. */
  readonly p?: number | "fro";
}

/** √Σx² over some axes, or all, or another norm; its derivative at zero is zero. @see torch.norm */
export function norm(x: Tensor, { p = "fro", ...options }: NormOptions = {}): Tensor {
  return vectorNorm(x, { ord: p === "fro" ? 2 : p, ...options });
}
