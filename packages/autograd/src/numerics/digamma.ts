import { polynomial } from "./polynomial.ts";
import { piCotangentPi } from "./sine-pi.ts";

/** The positive root in two parts: the function keeps its relative accuracy there. */
const root = 1.4616321449683622;
const rootRest = 9.549995429965697e-17;

/** digamma(3/2 + t) / (3/2 + t - root) in powers of t, for |t| <= 1/2. */
const coefficients = [
  0.9510558760318328, -0.4236274212814606, 0.24054248424078736, -0.14840492305388006, 0.09498872445282817,
  -0.06192213327556183, 0.040760833944741226, -0.02697579665686472, 0.01790724819228875,
  -0.011908220169786002, 0.007927024136843637, -0.0052799364178857415, 0.0035180792717028125,
  -0.0023455016279107115, 0.0015635739915515125, -0.0010364227247828023, 0.0006899428514219089,
  -0.00048606417050412354, 0.00032689316473621455, -0.00014460384609240088, 9.158816882117e-5,
  -0.00017837342400462423, 0.00012241591000024265,
];

/** B(2k) / 2k. */
const asymptotic = [
  0.08333333333333333, -0.008333333333333333, 0.003968253968253968, -0.004166666666666667,
  0.007575757575757576, -0.021092796092796094, 0.08333333333333333, -0.4432598039215686, 3.0539543302701198,
  -26.456212121212122,
];

/**
 * The logarithmic derivative of Γ: ∓Infinity at ±0, NaN at the other poles.
 *
 * Within 2 ulp for positive x, the zero included; for negative x within 5 · 2⁻⁵² of max(1, |value|) (measured).
 *
 * @see torch.digamma
 */
export function digamma(x: number): number {
  if (x === 0) return -1 / x;
  if (x < 0) return x === Math.floor(x) ? Number.NaN : digamma(-x) - 1 / x - piCotangentPi(x);
  if (x < 1) return digammaNearRoot(x + 1) - 1 / x;
  if (x < 10) return digammaShifted(x);
  if (x === Infinity) return x;
  const square = 1 / (x * x);
  return Math.log(x) - 0.5 / x - square * polynomial(asymptotic, square);
}

/** For 1 <= x <= 2. */
function digammaNearRoot(x: number): number {
  return (x - root - rootRest) * polynomial(coefficients, x - 1.5);
}

/** From digamma(x) = 1 / (x - 1) + digamma(x - 1). */
function digammaShifted(x: number): number {
  let sum = 0;
  let y = x;
  while (y > 2) {
    y -= 1;
    sum += 1 / y;
  }
  return sum + digammaNearRoot(y);
}
