import { polynomial } from "./polynomial.ts";

/** B(2k) / (2k (2k - 1)). */
const coefficients = [
  0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953,
  0.0008417508417508417, -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242,
  0.17964437236883057, -1.3924322169059011,
];

/**
 * What Stirling's formula lacks: log Γ(x) - (x - 1/2) log x + x - log √(2π), for x >= 10.
 *
 * @see NIST Digital Library of Mathematical Functions, 5.11.1
 */
export function stirlingError(x: number): number {
  return polynomial(coefficients, 1 / (x * x)) / x;
}
