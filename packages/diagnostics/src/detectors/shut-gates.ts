import type { Tensor } from "@isograd/autograd";
import type { Cause } from "../finding.ts";
import { meanOf, sumOfSquares } from "../statistics.ts";
import type { Contraction } from "../trace/network.ts";
import { short } from "../words.ts";

/** A gate of so much passes an eighth of what comes; so far out it stays unless weighted sums reach as far. */
const shut = -2;

/**
 * Biases of a layer that is used step by step that hold some of its units far below zero, whatever comes: gates that let nothing last.
 *
 * @param contractions of a pass; those of one place make the sums of its units together, and so do their biases
 */
export function shutGates(place: string, contractions: readonly Contraction[]): Cause[] {
  const own = contractions.filter((each) => each.place === place);
  const biases = new Set(own.flatMap(({ added, bias }) => added ?? bias ?? []));
  const units = Math.max(0, ...Array.from(biases, ({ size }) => size));
  if (units === 0) return [];
  const spread = Math.hypot(
    ...[...new Map(own.map((each) => [each.weightSource, each])).values()].map(spreadOf),
  );
  const held = jointly(biases, units).filter((bias) => bias < shut * Math.max(1, spread));
  if (held.length === 0) return [];
  const cause: Cause = {
    part: "bias",
    logShare: Number.NaN,
    explanation: `the biases of ${held.length} of the ${units} units of ${place} average ${short(meanOf(held))} where the weighted sums vary by ±${short(spread)}: gates that they hold shut, as one that forgets at once, pass on next to nothing of the step before`,
  };
  return [cause];
}

/** The biases of each unit, all together. */
function jointly(biases: Iterable<Tensor>, units: number): Float64Array {
  const sums = new Float64Array(units);
  for (const bias of biases) {
    if (bias.size !== units) continue;
    const values = bias.values();
    for (let unit = 0; unit < units; unit++) sums[unit] += values[unit];
  }
  return sums;
}

/** What the products with the weights vary by, were signal and weights independent. */
const spreadOf = ({ signal, weight, fanIn }: Contraction): number =>
  Math.sqrt((sumOfSquares(signal) / signal.size) * (sumOfSquares(weight) / weight.size) * fanIn);
