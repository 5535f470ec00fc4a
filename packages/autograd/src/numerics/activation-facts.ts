import { bisect, flatSide, largestSlope, rangeOf, saturationEdge } from "./function-shape.ts";
import { gaussianMean } from "./gauss-legendre.ts";

/** A scalar function as the facts need it: plain numbers. */
export interface ScalarCurve {
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
  /** Where value or derivative have kinks or jumps, ascending. */
  readonly kinks: readonly number[];
}

/** Gaussian moments of φ at the pre-activation x = √q z, z ~ N(0, 1). */
export interface GaussianMoments {
  /** E φ */
  readonly meanF: number;
  /** E φ² */
  readonly meanF2: number;
  /** E φ'² */
  readonly meanDf2: number;
  /** E φ'⁴ */
  readonly meanDf4: number;
}

/** Weights N(0, σw²/fanIn), biases N(0, σb²), and the mean square of the pre-activations that they keep. */
export interface CriticalPoint {
  /** σw² */
  readonly weightVariance: number;
  /** σb² */
  readonly biasVariance: number;
  readonly q: number;
}

/** A half line on which something holds: below one edge, above another; null where there is none. */
export interface Sides {
  readonly below: number | null;
  readonly above: number | null;
}

/**
 * What is known of an activation function φ, computed by quadrature when first asked for.
 *
 * The theory is that of wide random networks: weights N(0, σw²/fanIn), biases N(0, σb²).
 *
 * @see Poole et al. 2016, "Exponential expressivity in deep neural networks through transient chaos"
 * @see Schoenholz et al. 2017, "Deep information propagation"
 */
export class ActivationFacts {
  readonly #curve: ScalarCurve;
  readonly #known = new Map<string, unknown>();

  constructor(curve: ScalarCurve) {
    this.#curve = curve;
  }

  /** Where the function has kinks or jumps, within ±64. */
  get kinks(): readonly number[] {
    return this.#curve.kinks;
  }

  /** The smallest and the largest value, infinite where it grows without bound. */
  get range(): readonly [low: number, high: number] {
    return this.#once("range", () => rangeOf(this.#curve));
  }

  /** sup |φ'| */
  get lipschitz(): number {
    return this.#once("lipschitz", () => largestSlope(this.#curve));
  }

  /** The half lines beyond a kink on which φ' is exactly zero: units that stay there are dead. */
  get flat(): Sides {
    return this.#once("flat", () => ({ below: flatSide(this.#curve, -1), above: flatSide(this.#curve, 1) }));
  }

  /** The half lines on which |φ'| stays below `epsilon`. */
  saturation(epsilon: number): Sides {
    return this.#once(`saturation ${epsilon}`, () => ({
      below: saturationEdge(this.#curve, epsilon, -1),
      above: saturationEdge(this.#curve, epsilon, 1),
    }));
  }

  /** The Gaussian moments at pre-activations of mean square `q`. */
  moments(q = 1): GaussianMoments {
    return this.#once(`moments ${q}`, () => {
      const { value, derivative, kinks } = this.#curve;
      const mean = (g: (x: number) => number): number => gaussianMean(g, q, kinks);
      return {
        meanF: mean(value),
        meanF2: mean((x) => value(x) ** 2),
        meanDf2: mean((x) => derivative(x) ** 2),
        meanDf4: mean((x) => derivative(x) ** 4),
      };
    });
  }

  /** 1/√E φ²: the factor on weights of variance 1/fanIn that keeps the mean square of the signal at 1. */
  get gain(): number {
    return 1 / Math.sqrt(this.moments().meanF2);
  }

  /** 1/√E φ'²: the factor on the weights that keeps the gradient where pre-activations have mean square 1. */
  get backwardGain(): number {
    return 1 / Math.sqrt(this.moments().meanDf2);
  }

  /** E φ'²/Var φ: the factor on |gradient|² a layer under batch normalization, never below 1. @see Yang et al. 2019 */
  get chiBatchNorm(): number {
    const { meanF, meanF2, meanDf2 } = this.moments();
    return meanDf2 / (meanF2 - meanF * meanF);
  }

  /** E φ'⁴/(E φ'²)²: the variance that a layer with Gaussian weights adds to the squared singular values of the Jacobian. */
  get jacobianVarianceGaussian(): number {
    const { meanDf2, meanDf4 } = this.moments();
    return meanDf4 / meanDf2 ** 2;
  }

  /** The same with orthogonal weights: one less. */
  get jacobianVarianceOrthogonal(): number {
    return this.jacobianVarianceGaussian - 1;
  }

  /** k in the variance Σ k/width of log |gradient|² over random networks at criticality: 2 for a linear layer, 5 for ReLU. @see Hanin 2018 */
  get nullK(): number {
    return 2 + 3 * (this.jacobianVarianceGaussian - 1);
  }

  /** The mean square of the next layer's pre-activations: σw² E φ(√q z)² + σb². */
  lengthMap(q: number, weightVariance: number, biasVariance: number): number {
    const { value, kinks } = this.#curve;
    return weightVariance * gaussianMean((x) => value(x) ** 2, q, kinks) + biasVariance;
  }

  /** χ = σw² E φ'(√q z)²: the factor on |gradient|² a layer, going backwards. */
  chi(weightVariance: number, q: number): number {
    const { derivative, kinks } = this.#curve;
    return weightVariance * gaussianMean((x) => derivative(x) ** 2, q, kinks);
  }

  /** The mean square that pre-activations settle at, starting from 1; infinite where they grow without bound. */
  fixedPoint(weightVariance: number, biasVariance: number): number {
    return this.#once(`fixed ${weightVariance} ${biasVariance}`, () => {
      let q = 1;
      for (let step = 0; step < 10_000; step++) {
        const next = this.lengthMap(q, weightVariance, biasVariance);
        if (!(next < 1e12)) return Number.POSITIVE_INFINITY;
        if (Math.abs(next - q) <= 1e-14 * q || next < 1e-12) return this.#polish(next, weightVariance, biasVariance);
        q = next;
      }
      return this.#polish(q, weightVariance, biasVariance);
    });
  }

  /** A fixed point that the length map creeps towards, by bisection near where it was left. */
  #polish(q: number, weightVariance: number, biasVariance: number): number {
    const excess = (at: number): number => this.lengthMap(at, weightVariance, biasVariance) - at;
    for (const width of [1e-12, 1e-9, 1e-6, 1e-3, 0.1]) {
      const [low, high] = [q * (1 - width), q * (1 + width)];
      if (excess(low) > 0 && excess(high) < 0) return bisect((at) => -excess(at), low, high);
    }
    return q < 1e-9 ? 0 : q;
  }

  /**
   * The weights for which χ = 1 with the given σb², at a fixed point that the signal settles at (or stays at); null where there are none.
   *
   * A function that is straight on both sides of 0 keeps every q: 1 is taken.
   */
  criticalPoint(biasVariance: number): CriticalPoint | null {
    return this.#once(`critical ${biasVariance}`, () => this.#findCritical(biasVariance));
  }

  #findCritical(biasVariance: number): CriticalPoint | null {
    const point = (q: number): CriticalPoint => ({ weightVariance: 1 / this.chi(1, q), biasVariance, q });
    /** What σb² would have to be for a critical fixed point at q, less what it is. */
    const excess = (q: number): number => q - this.lengthMap(q, 1 / this.chi(1, q), biasVariance);
    if (biasVariance === 0) {
      if ([0.1, 1, 10].every((q) => Math.abs(excess(q)) < 1e-12 * q)) return point(1);
      const origin = point(0);
      const small = 1e-8;
      const continuous = Math.abs(this.chi(origin.weightVariance, small) - 1) < 1e-3;
      const draws = [small, 1e-4, 1e-2, 1].every((q) => this.lengthMap(q, origin.weightVariance, 0) <= q * (1 + 1e-9));
      if (this.#curve.value(0) === 0 && Number.isFinite(origin.weightVariance) && continuous && draws) return origin;
    }
    let [low, before] = [1e-6, excess(1e-6)];
    for (let exponent = -5.75; exponent <= 6; exponent += 0.25) {
      const high = 10 ** exponent;
      const after = excess(high);
      if (before < 0 !== after < 0 && Number.isFinite(before) && Number.isFinite(after)) {
        const found = point(bisect(before < 0 ? excess : (q) => -excess(q), low, high));
        if (this.#attracts(found)) return found;
      }
      [low, before] = [high, after];
    }
    return null;
  }

  #attracts({ weightVariance, biasVariance, q }: CriticalPoint): boolean {
    const step = 1e-4 * q;
    const map = (at: number): number => this.lengthMap(at, weightVariance, biasVariance);
    return Math.abs(map(q + step) - map(q - step)) / (2 * step) <= 1 + 1e-6;
  }

  #once<T>(key: string, compute: () => T): T {
    if (!this.#known.has(key)) this.#known.set(key, compute());
    return this.#known.get(key) as T;
  }
}

export function activationFacts(curve: ScalarCurve): ActivationFacts {
  return new ActivationFacts(curve);
}
