import { ArgumentError } from "@isograd/autograd";
import { factsOf, type WithFacts } from "./mean-field.ts";

/** The law of log(|g_0|²/|g_L|²), the gradient at the first layer against that at the last, over random critical networks. */
export interface GradientLaw {
  /** -b/2: the mean of |g_0|² itself stays |g_L|². */
  readonly mean: number;
  /** b = Σ k/width, the variance. */
  readonly variance: number;
  readonly deviation: number;
  /** k of the activation: 2 for a linear layer, 5 for ReLU. */
  readonly k: number;
  /** Where the law can be trusted. */
  readonly validity: {
    /** Every width is at least 16; below, the law is skewed and heavy in its lower tail: draw the architecture anew instead. */
    readonly wideEnough: boolean;
    /** Straight on both sides of its kinks: of a curved function the variance is larger, as the size of the signal varies too (tanh: 4.1 for 3.0). */
    readonly piecewiseLinear: boolean;
    /** About how much the true variance of a piecewise linear network exceeds b, as a share: the next order, (k - 1)/width. */
    readonly relativeError: number;
  };
}

/**
 * The law of log(|g_0|²/|g_L|²) in a plain network at its critical initialisation: N(-b/2, b) with b = Σ k/n_l over the hidden layers,
 * for one input and a random gradient at the top.
 *
 * k = 2 + 3 (E φ'⁴/(E φ'²)² - 1) at pre-activations N(0, q). A batch whose examples differ has a smaller deviation, down to half.
 *
 * @param widths     of the hidden layers; units of a convolution count at every position only where these are independent: count channels
 * @param activation null: a linear network
 * @param q          the mean square of the pre-activations; default 1
 * @throws ArgumentError unless the widths are positive
 * @see Hanin 2018, "Which neural net architectures give rise to exploding and vanishing gradients?"; Hanin, Nica 2020, "Products of many large random matrices and gradients in deep neural networks"
 * @example
 * gradientLaw(Array(20).fill(64), relu).variance; // 1.5625
 */
export function gradientLaw(
  widths: readonly number[],
  activation: WithFacts | null,
  { q = 1 }: { readonly q?: number } = {},
): GradientLaw {
  const inverse = sumOfInverseWidths(widths);
  const facts = activation && factsOf("gradientLaw", activation);
  const k = facts?.moments(q).nullK ?? 2;
  const variance = k * inverse;
  const narrowest = Math.min(Number.POSITIVE_INFINITY, ...widths);
  return {
    mean: -variance / 2,
    variance,
    deviation: Math.sqrt(variance),
    k,
    validity: {
      wideEnough: narrowest >= 16,
      piecewiseLinear:
        facts === null ||
        Math.abs(facts.moments(4 * q).nullK - k) + Math.abs(facts.moments(9 * q).nullK - k) < 1e-9,
      relativeError: (k - 1) / narrowest,
    },
  };
}

/**
 * Σ 1/n_l: whether a plain architecture is trainable at all. Gradients of random networks differ by a factor of about exp(√(k Σ 1/n_l)/2).
 *
 * @throws ArgumentError unless the widths are positive
 * @see Hanin, Rolnick 2018, "How to start training: the effect of initialization and architecture"
 * @example
 * sumOfInverseWidths([64, 64, 32]); // 0.0625
 */
export function sumOfInverseWidths(widths: readonly number[]): number {
  checkWidths("sumOfInverseWidths", widths);
  return widths.reduce((sum, width) => sum + 1 / width, 0);
}

/**
 * An upper bound of the chance that a plain network with symmetric weights and no biases is born dead, constant with all gradients zero:
 * 1 - Π(1 - share^n_l).
 *
 * @param widths of the hidden layers
 * @param share  how likely a unit is to lie on its flat side for all inputs; default ½, as for ReLU
 * @throws ArgumentError unless the widths are positive and the share is within [0, 1]
 * @see Lu, Shin, Su, Karniadakis 2020, "Dying ReLU and initialization: theory and numerical examples"
 * @example
 * bornDeadBound([2, 2, 2]); // 0.5781
 */
export function bornDeadBound(widths: readonly number[], share = 0.5): number {
  checkWidths("bornDeadBound", widths);
  if (!(share >= 0 && share <= 1))
    throw new ArgumentError("bornDeadBound", "expected a share in [0, 1]", share);
  return 0 - Math.expm1(widths.reduce((sum, width) => sum + Math.log1p(-(share ** width)), 0));
}

function checkWidths(operation: string, widths: readonly number[]): void {
  const bad = widths.find((width) => !(width > 0));
  if (bad !== undefined) throw new ArgumentError(operation, "expected positive widths", bad);
}
