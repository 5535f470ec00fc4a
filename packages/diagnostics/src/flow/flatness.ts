import { type ActivationFacts, IsogradError, normalTail } from "@isograd/autograd";
import { meanOf } from "../statistics.ts";
import type { ActivationUse } from "../trace/network.ts";

/** A half line on which something holds: below one edge, above another; null where there is none. */
type Sides = ActivationFacts["flat"];

const nowhere: Sides = { below: null, above: null };

/** What a function's facts tell; null where they cannot be computed, as for one that is not defined everywhere, such as a logarithm. */
export function unlessUnknown<T>(f: () => T): T | null {
  try {
    return f();
  } catch (error) {
    if (error instanceof IsogradError) return null;
    throw error;
  }
}

/** The facts of an activation at the present values of what it learns. */
export function factsOf(use: ActivationUse): ActivationFacts {
  const learnt = learntBy(use);
  return learnt === null ? use.activation.facts : use.activation.factsAt(learnt);
}

/** What an activation has learnt, by name: the mean, where each channel has its own; null where it learns nothing. */
export function learntBy({ activation, inputs }: ActivationUse): Readonly<Record<string, number>> | null {
  const names = Object.keys(activation.parameters);
  if (names.length === 0) return null;
  return Object.fromEntries(names.map((name, k) => [name, meanOf(inputs[k + 1].values())]));
}

/** Where the slope stays below a tenth of the largest, out to infinity. */
export function saturatedSides(facts: ActivationFacts): Sides {
  const slope = 0.1 * facts.lipschitz;
  return slope > 0 && slope < Number.POSITIVE_INFINITY ? facts.saturation(slope) : nowhere;
}

/** How likely a draw from N(0, q) is to lie on one of two half lines; they overlap where a function is flat everywhere. */
export function shareOf({ below, above }: Sides, q: number): number {
  const deviation = Math.sqrt(q);
  if (deviation === 0) return 0;
  const [low, high] = [below, above].map((edge) => (edge === null ? null : edge / deviation));
  return Math.min(1, (low === null ? 0 : normalTail(-low)) + (high === null ? 0 : normalTail(high)));
}

/**
 * The largest share of units that a healthy layer has on such sides.
 *
 * Two sides: that of N(0, 1), for beyond it the signal is lost. One side: up to half at any size of the signal, as with ReLU, for the other
 * side carries it.
 */
export function healthyShare(sides: Sides): number {
  const isOneSided = (sides.below === null) !== (sides.above === null);
  return isOneSided ? Math.max(0.5, shareOf(sides, 1)) : shareOf(sides, 1);
}
