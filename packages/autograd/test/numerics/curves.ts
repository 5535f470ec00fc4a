import type { ScalarCurve } from "../../src/numerics/curve.ts";
import { log1pExp, sigmoid } from "../../src/numerics/logistic.ts";
import { normalCdf, normalDensity } from "../../src/numerics/normal.ts";

// Activations as plain numbers, written out once more and independently of src/activations.

const scale = 1.0507009873554805;
const alpha = 1.6732632423543772;

const curve = (
  value: (x: number) => number,
  derivative: (x: number) => number,
  ...kinks: number[]
): ScalarCurve => ({ value, derivative, kinks });

export const leaky = (a: number): ScalarCurve =>
  curve(
    (x) => (x > 0 ? x : a * x),
    (x) => (x > 0 ? 1 : a),
    0,
  );

export const curves = {
  linear: curve(
    (x) => x,
    () => 1,
  ),
  tanh: curve(Math.tanh, (x) => 1 / Math.cosh(x) ** 2),
  sigmoid: curve(sigmoid, (x) => sigmoid(x) * sigmoid(-x)),
  relu: leaky(0),
  "leaky0.2": leaky(0.2),
  elu: curve(
    (x) => (x > 0 ? x : Math.expm1(x)),
    (x) => (x > 0 ? 1 : Math.exp(x)),
    0,
  ),
  selu: curve(
    (x) => scale * (x > 0 ? x : alpha * Math.expm1(x)),
    (x) => scale * (x > 0 ? 1 : alpha * Math.exp(x)),
    0,
  ),
  silu: curve(
    (x) => x * sigmoid(x),
    (x) => sigmoid(x) * (1 + x * sigmoid(-x)),
  ),
  gelu: curve(
    (x) => x * normalCdf(x),
    (x) => normalCdf(x) + x * normalDensity(x),
  ),
  softplus: curve(log1pExp, sigmoid),
  softsign: curve(
    (x) => x / (1 + Math.abs(x)),
    (x) => 1 / (1 + Math.abs(x)) ** 2,
    0,
  ),
  hardtanh: curve(
    (x) => Math.max(-1, Math.min(1, x)),
    (x) => (Math.abs(x) < 1 ? 1 : 0),
    -1,
    1,
  ),
  step: curve(
    (x) => (x > 0 ? 1 : 0),
    () => 0,
    0,
  ),
  exp: curve(Math.exp, Math.exp),
  sine: curve(Math.sin, Math.cos),
  constant: curve(
    () => 2,
    () => 0,
  ),
  /** Grows like a logarithm: unbounded, but only just. */
  logarithm: curve(
    (x) => Math.sign(x) * Math.log1p(Math.abs(x)),
    (x) => 1 / (1 + Math.abs(x)),
    0,
  ),
  /** Its slope is infinite at 0, and its square has no expectation. */
  root: curve(
    (x) => Math.sign(x) * Math.sqrt(Math.abs(x)),
    (x) => 0.5 / Math.sqrt(Math.abs(x)),
    0,
  ),
  /** NaN from 710 on, as overflow makes it. */
  naiveTanh: curve(
    (x) => (Math.exp(x) - Math.exp(-x)) / (Math.exp(x) + Math.exp(-x)),
    (x) => 4 / (Math.exp(x) + Math.exp(-x)) ** 2,
  ),
} as const;
