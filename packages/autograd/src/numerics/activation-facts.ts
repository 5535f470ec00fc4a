import { ArgumentError } from "../errors.ts";
import { meanProduct } from "./correlation-map.ts";
import type { ScalarCurve } from "./curve.ts";
import { type CurveSamples, sampleCurve } from "./curve-samples.ts";
import {
  flatSidesOf,
  lipschitzOf,
  type Monotonicity,
  monotonicityOf,
  rangeOf,
  type Sides,
  saturationOf,
} from "./curve-shape.ts";
import { gaussianMean } from "./gaussian-mean.ts";
import {
  type CriticalPoint,
  criticalPointsOf,
  type FixedPoint,
  fixedPointsOf,
  halfStablePointOf,
  meanSquare,
  meanSquareGrowth,
  meanSquareSlope,
} from "./length-map.ts";

export type { ScalarCurve } from "./curve.ts";
export type { Monotonicity, Sides } from "./curve-shape.ts";
export type { CriticalPoint, FixedPoint, Stability } from "./length-map.ts";

/** Gaussian moments of φ at the pre-activation x = mean + √q z, z ~ N(0, 1), and what follows from them. */
export interface GaussianMoments {
  readonly q: number;
  readonly mean: number;
  /** E φ */
  readonly meanF: number;
  /** E φ² */
  readonly meanF2: number;
  /** E (φ - E φ)² */
  readonly varianceF: number;
  /** E φ'² */
  readonly meanDf2: number;
  /** E φ'⁴ */
  readonly meanDf4: number;
  /** 1/√E φ²: the factor on weights of variance 1/fanIn with which the next pre-activations have mean square 1. */
  readonly gainForward: number;
  /** 1/√E φ'²: the factor on weights of variance 1/fanIn with which the gradient keeps its size. */
  readonly gainBackward: number;
  /** E φ'²/Var φ: the factor on |gradient|² a layer under batch normalization, never below 1. @see Yang et al. 2019 */
  readonly chiBatchNorm: number;
  /** E φ'⁴/(E φ'²)²: the relative variance that a critical layer with Gaussian weights adds to the squared singular values of the Jacobian. @see Pennington, Schoenholz, Ganguli 2018 */
  readonly jacobianVarianceGaussian: number;
  /** The same with orthogonal weights: one less. */
  readonly jacobianVarianceOrthogonal: number;
  /** k in the variance Σ k/width of log |gradient|² over random critical networks: 2 for a linear layer, 5 for ReLU. @see Hanin 2018 */
  readonly nullK: number;
}

/**
 * What is known of an activation function φ, each fact computed when first asked for and then kept.
 *
 * The theory is that of wide random networks with weights N(0, σw²/fanIn) and biases N(0, σb²), where the pre-activations of a layer are
 * N(0, q). Expectations that diverge are Infinity; a fact that needs the curve where it is NaN throws an ArgumentError that says where.
 *
 * @see Poole et al. 2016, "Exponential expressivity in deep neural networks through transient chaos"
 * @see Schoenholz et al. 2017, "Deep information propagation"
 * @example
 * relu.facts.gain; // 1.4142
 * relu.facts.kinks; // [0]
 * tanh.facts.range; // [-1, 1]
 */
export class ActivationFacts {
  readonly #curve: ScalarCurve;
  readonly #known = new Map<string, unknown>();

  constructor(curve: ScalarCurve) {
    this.#curve = { ...curve, kinks: [...curve.kinks].sort((a, b) => a - b) };
  }

  /** Where the value or the slope jumps. */
  get kinks(): readonly number[] {
    return this.#curve.kinks;
  }

  /**
   * The infimum and the supremum of φ, infinite where it grows without bound.
   *
   * @example
   * softplus.facts.range; // [0, Infinity]
   */
  get range(): readonly [low: number, high: number] {
    return this.#once("range", () => rangeOf(this.#curve, this.#samples));
  }

  /**
   * sup |φ'|; Infinity for a function that jumps.
   *
   * @example
   * sigmoid.facts.lipschitz; // 0.25
   */
  get lipschitz(): number {
    return this.#once("lipschitz", () => lipschitzOf(this.#curve, this.#samples));
  }

  /** Whether φ only rises or only falls. */
  get monotonicity(): Monotonicity {
    return this.#once("monotonicity", () => monotonicityOf(this.#curve, this.#samples));
  }

  /** Whether φ(0) = 0: only then can a signal die out without biases. */
  get isZeroAtOrigin(): boolean {
    return this.#curve.value(0) === 0;
  }

  /**
   * The half lines beyond a kink on which φ' is exactly zero: units that stay there are dead.
   *
   * @example
   * relu.facts.flat; // { below: 0, above: null }
   */
  get flat(): Sides {
    return this.#once("flat", () => flatSidesOf(this.#curve, this.#samples));
  }

  /**
   * The half lines on which |φ'| stays below `epsilon` > 0; the whole line is below Infinity and above -Infinity.
   *
   * @example
   * tanh.facts.saturation(0.1); // { below: -1.8184, above: 1.8184 }
   */
  saturation(epsilon: number): Sides {
    if (!(epsilon > 0)) throw new ArgumentError("saturation", "expected a positive slope", epsilon);
    return this.#once(`saturation ${epsilon}`, () => saturationOf(this.#curve, this.#samples, epsilon));
  }

  /**
   * The Gaussian moments at pre-activations of variance `q` around `mean`.
   *
   * @example
   * relu.facts.moments().meanF2; // 0.5
   * relu.facts.moments(4).meanF2; // 2
   */
  moments(q = 1, mean = 0): GaussianMoments {
    return this.#once(`moments ${q} ${mean}`, () => momentsOf(this.#curve, q, mean));
  }

  /** E φ at N(0, 1). */
  get meanF(): number {
    return this.moments().meanF;
  }

  /** 1/√E φ² at N(0, 1): the factor on the weights that keeps the mean square of the signal at 1. */
  get gain(): number {
    return this.moments().gainForward;
  }

  /** 1/√E φ'² at N(0, 1): the factor on the weights that keeps the gradient where pre-activations have mean square 1. */
  get backwardGain(): number {
    return this.moments().gainBackward;
  }

  /** E φ'²/Var φ at N(0, 1), as {@link GaussianMoments} has it, and likewise the three below. */
  get chiBatchNorm(): number {
    return this.moments().chiBatchNorm;
  }

  get jacobianVarianceGaussian(): number {
    return this.moments().jacobianVarianceGaussian;
  }

  get jacobianVarianceOrthogonal(): number {
    return this.moments().jacobianVarianceOrthogonal;
  }

  get nullK(): number {
    return this.moments().nullK;
  }

  /** σw² E φ(√q z)² + σb²: the mean square of the next layer's pre-activations. */
  lengthMap(q: number, weightVariance: number, biasVariance: number): number {
    return weightVariance * this.#once(`f2 ${q}`, () => meanSquare(this.#curve, q)) + biasVariance;
  }

  /**
   * χ = σw² E φ'(√q z)²: the factor on |gradient|² a layer, going backwards.
   *
   * @example
   * relu.facts.chi(2, 1); // 1
   */
  chi(weightVariance: number, q: number): number {
    return weightVariance * this.#once(`df2 ${q}`, () => meanSquareSlope(this.#curve, q));
  }

  /** The slope of the length map, σw² d/dq E φ(√q z)²: the factor on a small change of q a layer. */
  lengthMapSlope(weightVariance: number, q: number): number {
    return weightVariance * this.#once(`growth ${q}`, () => meanSquareGrowth(this.#curve, q));
  }

  /**
   * The correlation of the next layer's pre-activations of two inputs whose own have mean square q and the given correlation.
   *
   * @example
   * relu.facts.correlationMap(0, 1, 2, 0); // 0.3183
   */
  correlationMap(correlation: number, q: number, weightVariance: number, biasVariance: number): number {
    if (!(Math.abs(correlation) <= 1))
      throw new ArgumentError("correlationMap", "expected a correlation in [-1, 1]", correlation);
    const product = this.#once(`product ${q} ${correlation}`, () => meanProduct(this.#curve, q, correlation));
    return (weightVariance * product + biasVariance) / this.lengthMap(q, weightVariance, biasVariance);
  }

  /**
   * σw² E φ'(u) φ'(v) for u, v ~ N(0, q) with the given correlation: the slope of the correlation map where the network keeps q, and χ at a
   * correlation of 1. A jump of φ has no part in it.
   */
  correlationSlope(correlation: number, q: number, weightVariance: number): number {
    if (!(Math.abs(correlation) <= 1))
      throw new ArgumentError("correlationSlope", "expected a correlation in [-1, 1]", correlation);
    const slope: ScalarCurve = { ...this.#curve, value: this.#curve.derivative };
    return (
      weightVariance * this.#once(`slopes ${q} ${correlation}`, () => meanProduct(slope, q, correlation))
    );
  }

  /** The mean squares that a deep network keeps, ascending; one that keeps every q is told as a neutral point at 1. */
  fixedPoints(weightVariance: number, biasVariance: number): readonly FixedPoint[] {
    checkVariance("fixedPoints", weightVariance);
    checkVariance("fixedPoints", biasVariance);
    return this.#once(`fixed ${weightVariance} ${biasVariance}`, () =>
      fixedPointsOf(this.#curve, weightVariance, biasVariance),
    );
  }

  /** The mean square that pre-activations settle at, starting from 1; Infinity where they grow without bound. */
  fixedPoint(weightVariance: number, biasVariance: number): number {
    const points = this.fixedPoints(weightVariance, biasVariance);
    const change = this.lengthMap(1, weightVariance, biasVariance) - 1;
    if (Math.abs(change) <= 1e-12) return 1;
    if (change > 0) return points.find(({ q }) => q > 1)?.q ?? Infinity;
    return points.findLast(({ q }) => q < 1)?.q ?? 0;
  }

  /** The weights for which χ = 1 where pre-activations have mean square q, and the σb² (maybe negative: then there are none) that keeps this q. */
  criticalLine(q: number): { readonly weightVariance: number; readonly biasVariance: number } {
    const weightVariance = 1 / this.chi(1, q);
    return { weightVariance, biasVariance: q - this.lengthMap(q, weightVariance, 0) };
  }

  /** All fixed points with χ = 1 under the given σb², ascending in q: also those that the signal runs away from. */
  criticalPoints(biasVariance: number): readonly CriticalPoint[] {
    checkVariance("criticalPoints", biasVariance);
    return this.#once(`critical ${biasVariance}`, () => criticalPointsOf(this.#curve, biasVariance));
  }

  /**
   * The weights for which χ = 1 with the given σb², at the first fixed point that the signal settles at or stays at; null where there are
   * none.
   *
   * A function that is straight on both sides of 0 keeps every q: 1 is taken. At q = 0 the signal fades slowly, as a power of the depth.
   *
   * @example
   * tanh.facts.criticalPoint(0)?.weightVariance; // 1
   */
  criticalPoint(biasVariance: number): CriticalPoint | null {
    return this.criticalPoints(biasVariance).find(({ stability }) => stability !== "unstable") ?? null;
  }

  /** Where χ and the slope of the length map are both 1 at some q > 0, as for SiLU and GELU; null without one. */
  get halfStablePoint(): CriticalPoint | null {
    return this.#once("halfStable", () => halfStablePointOf(this.#curve));
  }

  get #samples(): CurveSamples {
    return this.#once("samples", () => sampleCurve(this.#curve));
  }

  #once<T>(key: string, compute: () => T): T {
    if (!this.#known.has(key)) {
      if (this.#known.size >= 1000) this.#known.clear();
      this.#known.set(key, compute());
    }
    return this.#known.get(key) as T;
  }
}

/** The facts of a function given by value, derivative and kinks: all plain numbers. */
export function activationFacts(curve: ScalarCurve): ActivationFacts {
  return new ActivationFacts(curve);
}

function momentsOf({ value, derivative, kinks }: ScalarCurve, q: number, mean: number): GaussianMoments {
  const law = { mean, variance: q, kinks };
  const meanF = gaussianMean(value, law);
  const meanF2 = gaussianMean((x) => value(x) ** 2, law);
  const varianceF = gaussianMean((x) => (value(x) - meanF) ** 2, law);
  const meanDf2 = gaussianMean((x) => derivative(x) ** 2, law);
  const meanDf4 = gaussianMean((x) => derivative(x) ** 4, law);
  const jacobianVarianceGaussian = meanDf4 / meanDf2 ** 2;
  return {
    q,
    mean,
    meanF,
    meanF2,
    varianceF,
    meanDf2,
    meanDf4,
    gainForward: 1 / Math.sqrt(meanF2),
    gainBackward: 1 / Math.sqrt(meanDf2),
    chiBatchNorm: meanDf2 / varianceF,
    jacobianVarianceGaussian,
    jacobianVarianceOrthogonal: jacobianVarianceGaussian - 1,
    nullK: 2 + 3 * (jacobianVarianceGaussian - 1),
  };
}

function checkVariance(operation: string, variance: number): void {
  if (!(variance >= 0 && variance < Infinity))
    throw new ArgumentError(operation, "expected a finite variance >= 0", variance);
}
