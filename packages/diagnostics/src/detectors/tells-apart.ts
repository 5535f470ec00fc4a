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
export function toldApart({ output, cotangent }: Contraction, loss: number): number {
  const [examples] = output.shape;
  if (cotangent === null || output.rank < 2 || examples < fewest) return Number.NaN;
  const [values, slopes] = [output.values(), cotangent.values()];
  const units = values.length / examples;
  const means = new Float64Array(units);
  for (let at = 0; at < values.length; at++) means[at % units] += values[at] / examples;
  let change = 0;
  for (let from = 0; from < values.length; from += units) {
    let own = 0;
    for (let unit = 0; unit < units; unit++) own += slopes[from + unit] * (values[from + unit] - means[unit]);
    change += Math.abs(own);
  }
  return change / loss;
}
