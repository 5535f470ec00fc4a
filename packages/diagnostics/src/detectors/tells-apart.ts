import type { Contraction } from "../trace/network.ts";

/** With fewer examples there is nothing to tell apart. */
const fewest = 8;

/**
 * What would be lost if every example got the average output, as a share of the loss, to first order: Σ δ·(mean output - output) / loss.
 *
 * A network that has learnt to tell its examples apart loses at least as much as it has learnt; one whose output says nothing of them loses
 * nothing. No unit of the loss is left in it. NaN where there are fewer than 8 examples, or no gradient.
 *
 * @param last the last layer, [batch, ...] its output
 */
export function toldApart({ output, cotangent }: Contraction, loss: number): number {
  const [examples] = output.shape;
  if (cotangent === null || output.rank < 2 || examples < fewest) return Number.NaN;
  const [values, slopes] = [output.values(), cotangent.values()];
  const each = values.length / examples;
  let lost = 0;
  for (let unit = 0; unit < each; unit++) {
    let [sum, slope, product] = [0, 0, 0];
    for (let at = unit; at < values.length; at += each) {
      sum += values[at];
      slope += slopes[at];
      product += values[at] * slopes[at];
    }
    lost += (sum / examples) * slope - product;
  }
  return lost / loss;
}
