import { type ActivationFacts, defineActivation, mul, square } from "@isograd/autograd";
import { saturatedSides, shareOf } from "../flow/flatness.ts";
import type { AnyActivation } from "../trace/network.ts";
import { type Candidate, isGate } from "./candidate.ts";

/** What theory says of a candidate where pre-activations are N(0, q): a scalar function φ, or a gate a φ(b), a and b independent. */
export interface GaussianLaw {
  /** E f² */
  meanSquare(q: number): number;
  /** Var f */
  variance(q: number): number;
  /** E f(u) f(v) where the pre-activations of two inputs have this correlation. */
  product(correlation: number, q: number): number;
  /** E |∂f|², over all inputs of a unit: the factor on |gradient|² of weights of variance 1/fanIn. */
  slope(q: number): number;
  /** E φ'²/Var φ, the factor on |gradient|² behind a normalisation over the batch. */
  normalizedSlope(): number;
  /** d log E f²/d log q: the power by which an input that is larger than the others stays so. */
  power(q: number): number;
  /** k in Σ k/width, the variance of log |gradient|² over draws. */
  k(q: number): number;
  /** Share of the units where the slope is below a tenth of the largest. */
  saturated(q: number): number;
  /** Share of Var f that a straight line explains. */
  straight(q: number): number;
}

/** @throws ArgumentError, later, where the curve is not defined somewhere */
export const lawOf = (candidate: Candidate): GaussianLaw =>
  isGate(candidate) ? lawOfGate(candidate.activation) : lawOfFacts(candidate.facts);

function lawOfFacts(facts: ActivationFacts): GaussianLaw {
  return {
    meanSquare: (q) => facts.lengthMap(q, 1, 0),
    variance: (q) => facts.moments(q).varianceF,
    product: (correlation, q) => productOf(facts, correlation, q),
    slope: (q) => facts.chi(1, q),
    normalizedSlope: () => facts.chiBatchNorm,
    power: (q) => (q * facts.lengthMapSlope(1, q)) / facts.lengthMap(q, 1, 0),
    k: (q) => facts.moments(q).nullK,
    saturated: (q) => shareOf(saturatedSides(facts), q),
    straight: (q) => (q * meanSlope(facts, q) ** 2) / facts.moments(q).varianceF,
  };
}

/** E φ(u) φ(v); an integral over the plane, unless u and v have nothing in common. */
const productOf = (facts: ActivationFacts, correlation: number, q: number): number =>
  correlation === 0
    ? facts.moments(q).meanF ** 2
    : facts.correlationMap(correlation, q, 1, 0) * facts.lengthMap(q, 1, 0);

/** E φ', the slope of the line closest to φ by Stein's lemma: how E φ changes where all pre-activations move. */
function meanSlope(facts: ActivationFacts, q: number): number {
  const move = 1e-3 * Math.sqrt(q);
  return (facts.moments(q, move).meanF - facts.moments(q, -move).meanF) / (2 * move);
}

/** The inputs of a gate have slopes φ(b) and a φ'(b): their squares s add up, and k is that of s in place of φ'². */
function lawOfGate(activation: AnyActivation): GaussianLaw {
  const { facts } = activation;
  // (φ²/2)' is φ φ', whose mean square is the mixed term of E s².
  const half = defineActivation({
    name: `half the square of ${activation.name}`,
    f: (x) => mul(0.5, square(activation(x as never) as never)),
  });
  const meanSquare = (q: number): number => q * facts.lengthMap(q, 1, 0);
  const slope = (q: number): number => facts.lengthMap(q, 1, 0) + q * facts.chi(1, q);
  return {
    meanSquare,
    variance: meanSquare,
    product: (correlation, q) => correlation * q * productOf(facts, correlation, q),
    slope,
    normalizedSlope: () => slope(1) / meanSquare(1),
    power: (q) => 1 + (q * facts.lengthMapSlope(1, q)) / facts.lengthMap(q, 1, 0),
    k: (q) => {
      const fourth = 4 * half.facts.lengthMap(q, 1, 0);
      const square = fourth + 2 * q * half.facts.chi(1, q) + 3 * q ** 2 * facts.moments(q).meanDf4;
      return 2 + 3 * (square / slope(q) ** 2 - 1);
    },
    saturated: (q) => shareOf(saturatedSides(facts), q),
    straight: (q) => facts.moments(q).meanF ** 2 / facts.moments(q).meanF2,
  };
}
