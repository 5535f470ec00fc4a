import type { Tensor } from "@isograd/autograd";
import { sumOfSquares } from "../statistics.ts";
import type { Contraction } from "../trace/network.ts";
import { deltaSquare } from "./chain.ts";

/** With fewer examples there is nothing to tell apart. */
const fewest = 8;

/**
 * The factor on |gradient|² from the last layer down to the first, over the one by which what differs from example to example shrinks on its way up.
 *
 * A network that is linear between its examples has 1, for both are its Jacobian's mean square. Beyond the edge of chaos slopes outgrow what
 * bounded activations let through: inputs √roughness times nearer than the examples come out as far apart as these. NaN where it is not known.
 *
 * @param chain at least two layers
 * @see Poole et al. 2016, "Exponential expressivity in deep neural networks through transient chaos"
 */
export function roughnessOf(chain: readonly Contraction[]): number {
  const [first, last] = [chain[0], chain[chain.length - 1]];
  const [below, above] = [first, last].map((layer) => apart(layer.output, layer) / layer.output.size);
  return (deltaSquare(first) / deltaSquare(last)) * (below / above);
}

/**
 * The largest share of what the weights of a layer get that differs from example to example: that share of its signal, times the factor on
 * |gradient|² from the last layer down to it.
 *
 * Gradient descent learns what all examples have in common so many times faster than what sets any apart: about the condition number of the tangent
 * kernel. Behind activations whose slopes do not make up for their mean, all layers have little of it: above the signal, below the gradient. NaN
 * where it is not known.
 *
 * @see Xiao, Pennington, Schoenholz 2020, "Disentangling trainability and generalization in deep neural networks"
 */
export function contrastOf(chain: readonly Contraction[]): number {
  const top = deltaSquare(chain[chain.length - 1]);
  return Math.max(...chain.map((layer) => shareApart(layer) * (deltaSquare(layer) / top)));
}

/** The share of a layer's signal that differs from example to example; 0 of none, as where a recurrence begins. */
function shareApart(layer: Contraction): number {
  const all = sumOfSquares(layer.signal);
  return all === 0 ? 0 : apart(layer.signal, layer) / all;
}

/** The sum of the squares of what differs from the mean over the examples; NaN of too few. */
function apart(x: Tensor, layer: Contraction): number {
  const behind = standBehind(layer);
  const examples = x.shape[behind ? 1 : 0];
  if (!(examples >= fewest)) return Number.NaN;
  const features = x.size / examples;
  const featureOf = (at: number): number => (behind ? Math.floor(at / examples) : at % features);
  const values = x.values();
  const means = new Float64Array(features);
  for (let at = 0; at < values.length; at++) means[featureOf(at)] += values[at] / examples;
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += (values[at] - means[featureOf(at)]) ** 2;
  return sum;
}

/** Whether examples are the columns of a matrix that weights stand in front of; else they are on the first axis. */
const standBehind = ({ node, weightFirst, output }: Contraction): boolean =>
  weightFirst && output.rank === 2 && typeof node.op?.contraction !== "function";
