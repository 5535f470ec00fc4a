import type { Contraction } from "../trace/network.ts";

/** With fewer examples there is nothing to tell apart. */
const fewest = 8;

/** The share of the loss below which what the output says of its examples is next to nothing. */
export const nextToNothing = 0.1;

/**
 * How much the loss would change, example by example and to first order, if each got the average output: Σ |δ·(output - mean output)| / loss.
 *
 * Where the output says nothing of its examples that is nothing. Where it does, gains and losses may balance, as they do once the scale of the
 * output is learnt, but each is a part of the loss. No unit of the loss is left in it. NaN where there are fewer than 8 examples, or no gradient.
 *
 * @param last the last layer, [batch, ...] its output
 */
export const toldApart = (last: Contraction, loss: number): number =>
  changesOf(last).reduce((sum, change) => sum + Math.abs(change), 0) / loss;

/**
 * How much of the loss the output would take back if it told its examples apart by a share less, for each share: Σ δ·(output - mean output) / loss.
 *
 * Above 0 where what is said is wrong or too bold, as in a network that has not learnt yet; about 0 where the scale of the output is learnt.
 * NaN where there are fewer than 8 examples, or no gradient.
 *
 * @param last the last layer, [batch, ...] its output
 */
export const toldAmiss = (last: Contraction, loss: number): number =>
  changesOf(last).reduce((sum, change) => sum + change, 0) / loss;

/**
 * How much what the output says of its examples takes off the loss, for each share of it: the part of `toldApart` that lowers it.
 *
 * A network that has learnt nothing yet says things at random, so that the whole of what it says is a part of the loss. One that has learnt has little
 * loss left beside what it says. NaN where there are fewer than 8 examples, or no gradient.
 *
 * @param last the last layer, [batch, ...] its output
 */
export const toldWell = (last: Contraction, loss: number): number =>
  changesOf(last).reduce((sum, change) => sum - Math.min(0, change), 0) / loss;

/** δ·(output - mean output) of each example; NaN where that is not known. */
function changesOf({ output, cotangent }: Contraction): Float64Array {
  const [examples] = output.shape;
  if (cotangent === null || output.rank < 2 || examples < fewest) return unknown;
  const [values, slopes] = [output.values(), cotangent.values()];
  const units = values.length / examples;
  const means = new Float64Array(units);
  for (let at = 0; at < values.length; at++) means[at % units] += values[at] / examples;
  const changes = new Float64Array(examples);
  for (let at = 0; at < values.length; at++)
    changes[Math.floor(at / units)] += slopes[at] * (values[at] - means[at % units]);
  return changes;
}

const unknown = Float64Array.of(Number.NaN);
