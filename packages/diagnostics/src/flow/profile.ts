/** One layer of a network, as gradient flow sees it: a product with weights, and what follows it. */
export interface FlowLayer {
  /** The scope path, or the operation and its number where there is none. */
  readonly place: string;
  readonly fanIn: number;
  readonly fanOut: number;
  /** |δ|: the norm of the loss gradient to the layer's pre-activation, over the whole batch. */
  readonly gradientNorm: number;
  /** The largest |δ| among all uses of these weights: the same, unless several layers (or steps in time) share them. */
  readonly largestGradientNorm: number;
  /** The norm of the loss gradient to the leaf behind the weights; NaN where they are computed from several. */
  readonly weightGradientNorm: number;
  readonly weightNorm: number;
  /** σw²: the mean square of the weights times the fan-in. */
  readonly weightVariance: number;
  /** Mean and mean square of the pre-activation, over batch and units. */
  readonly preActivationMean: number;
  readonly preActivationMeanSquare: number;
  /** The name of the activation behind the layer; null where there is none. */
  readonly activation: string | null;
}

/** A part of a layer's step that is none of weights, alignment and activation. */
export interface FlowPart {
  /**
   * `operation`: what an operation on the way, or several side by side, does to the gradient that arrives at it. `residual`: how the sum exceeds
   * what came this way, where other ways join. `overlap`: numbers of the signal that enter several products of one layer, or none, as windows
   * that overlap or leave something out.
   */
  readonly kind: "operation" | "residual" | "overlap";
  /** The operations, by their names. */
  readonly name: string;
  /** The scope path; empty where there is none. */
  readonly place: string;
  /** Its contribution to log |δ|². */
  readonly log: number;
}

/**
 * The parts of a layer's step backwards: log|δ below|² - log|δ|² = weights + alignment + activation + all of `between`.
 *
 * Each is computed in its own right and none from the total, so that their sum tells whether they are right.
 */
export interface FlowStep {
  /** From this layer to the one below it. */
  readonly from: string;
  readonly to: string;
  readonly total: number;
  /** log(‖W‖²/fanOut): the factor on |δ|² for weights without structure. */
  readonly weights: number;
  /** log of the mean φ'² where the gradient lives: weighted by its square. 0 without an activation that all of it passes. */
  readonly activation: number;
  /** log(fanOut |Wᵀδ|² / (|δ|² ‖W‖²)): how the gradient lies to the weights; 0 for random ones. */
  readonly alignment: number;
  /** What else lies between the layers, from the upper one down; empty in a plain network. */
  readonly between: readonly FlowPart[];
  /** The mean square of the weights times the fan-in, and what it is at criticality; null where the activation has no usable critical weights. */
  readonly weightVariance: number;
  readonly criticalWeightVariance: number | null;
}

/** The gradient norm by depth, first layer first, with the law of healthy networks of the same architecture. */
export interface FlowProfile {
  readonly layers: readonly FlowLayer[];
  readonly steps: readonly FlowStep[];
  /** The factor on the gradient norm a layer, going backwards, from a straight line through log |δ|. */
  readonly factorPerLayer: number;
  /** |δ first| / |δ last|; 1 where there are fewer than two layers. */
  readonly totalFactor: number;
  /** How nonlinear the network is between its examples: 1 where it is linear, far above beyond the edge of chaos; NaN where it is not known. */
  readonly roughness: number;
  /** The largest share of what the weights of a layer get that differs from example to example, relative to what the last layer gets; NaN where it is not known. */
  readonly contrast: number;
  /** The same factor for healthy networks; null with fewer than two layers, or where no gradient reaches the last one. */
  readonly healthy: HealthyFlow | null;
  /** Weights that are used step by step in time, those used first coming first; none in a network that goes forward only. */
  readonly recurrences: readonly Recurrence[];
}

/** The gradient norm by step in time, where a layer takes what it made itself a step before. */
export interface Recurrence {
  readonly place: string;
  /** |δ| at each step, the first in time first. */
  readonly gradientNorms: readonly number[];
  /** The factor on the gradient norm a step, going back in time, from a straight line through log |δ|. */
  readonly factorPerStep: number;
  /** The same for healthy networks; null where some step gets no gradient. */
  readonly healthy: HealthySlope | null;
  /**
   * By what each step multiplies the norm of the gradient that arrives at the state behind it on its way to the state before, whatever else
   * reaches that; the first in time first, one fewer than steps.
   */
  readonly passed: readonly number[];
  /** The mean of (passed - 1)²: 0 where every step keeps the gradient. @see Pascanu, Mikolov, Bengio 2013, equation 9 */
  readonly omega: number;
}

/** The law of the factor a step in healthy networks. */
export interface HealthySlope {
  readonly source: "redraws" | "closed form";
  /** The 99.9 % band of the factor a step. */
  readonly band: readonly [low: number, high: number];
  /** How likely a healthy network is to lie as far out as this one, two-sided. */
  readonly pValue: number;
  /** How many standard deviations out it lies. */
  readonly z: number;
}

export interface HealthyFlow {
  /** Where the law comes from: simulated re-draws of this architecture, or the closed form. */
  readonly source: "redraws" | "closed form";
  readonly redraws: number;
  /** Mean and standard deviation of log(|δ first|²/|δ last|²). */
  readonly mean: number;
  readonly deviation: number;
  /** The 99.9 % band of |δ first| / |δ last|. */
  readonly band: readonly [low: number, high: number];
  /** The 99.9 % band of |δ| relative to the last layer's, for each layer. */
  readonly layerBands: readonly (readonly [low: number, high: number])[];
  /** How likely a healthy network is to lie as far out as this one, two-sided. */
  readonly pValue: number;
  /** How many standard deviations out it lies. */
  readonly z: number;
}
