import { fromData, type Generator, type Tensor, zeros } from "@isograd/autograd";
import { meanOf } from "../statistics.ts";
import type { Contraction } from "../trace/network.ts";
import { type Subject, type Trace, traceCotangents } from "../trace/trace.ts";
import { relativeLogs } from "./chain.ts";
import { criticalWeights } from "./criticality.ts";

/** What the leaves of a model are bound to in a healthy draw: the standard deviation of each, 0 for biases. */
type Plan = ReadonlyMap<Tensor, number>;

/**
 * The critical initialisation of every layer, N(0, σw²/fanIn) with zero biases. Weights that several layers share get the geometric mean of
 * what these ask for.
 *
 * @returns null where that is not defined: weights that are no leaf's own, or an activation without critical weights
 */
function planOf({ contractions }: Trace): Plan | null {
  const wanted = new Map<Tensor, number[]>();
  const biases: Tensor[] = [];
  for (const { weightSource, below, fanIn, bias } of contractions) {
    const critical = criticalWeights(below?.activation?.activation ?? null);
    if (weightSource === null || critical === null) return null;
    wanted.set(weightSource, [...(wanted.get(weightSource) ?? []), critical.weightVariance / fanIn]);
    if (bias !== null) biases.push(bias);
  }
  const plan = new Map(biases.map((bias) => [bias, 0]));
  for (const [leaf, variances] of wanted) plan.set(leaf, Math.exp(meanOf(variances.map(Math.log)) / 2));
  return plan;
}

function normal({ dtype, size, shape }: Tensor, deviation: number, generator: Generator): Tensor {
  const data = dtype === "f64" ? new Float64Array(size) : new Float32Array(size);
  generator.fillNormal(data);
  for (let i = 0; i < data.length; i++) data[i] *= deviation;
  return fromData(data, shape);
}

export interface RedrawOptions {
  readonly count: number;
  readonly generator: Generator;
}

/**
 * log |δ|² of each layer along `chain`, relative to the last one, for healthy networks of the same architecture on the same batch.
 *
 * Draws through which no gradient comes at all, as in narrow networks with a flat side, are drawn again, three times as many in all.
 *
 * @returns one row a draw; null where drawing anew is not defined
 */
export function redrawFlows(
  subject: Subject,
  traced: Trace,
  chain: readonly Contraction[],
  { count, generator }: RedrawOptions,
): number[][] | null {
  const plan = planOf(traced);
  if (plan === null || chain.length === 0) return null;
  const values = [...plan.keys()].map((leaf) => [leaf, leaf.detach()] as const);
  try {
    return draw(plan, subject, chain, { count, generator });
  } finally {
    for (const [leaf, value] of values) leaf.assign(value);
  }
}

function draw(
  plan: Plan,
  subject: Subject,
  chain: readonly Contraction[],
  { count, generator }: RedrawOptions,
): number[][] {
  const flows: number[][] = [];
  for (let tries = 0; tries < 3 * count && flows.length < count; tries++) {
    for (const [leaf, deviation] of plan)
      leaf.assign(deviation === 0 ? zeros(leaf.shape, leaf.dtype) : normal(leaf, deviation, generator));
    const contractions = traceCotangents(subject, chain[0].index);
    // A model that draws its own depth may lack some of the layers.
    const same = chain.map(({ index }) => contractions[index]).filter((found) => found !== undefined);
    const logs = relativeLogs(same);
    if (same.length === chain.length && logs.every(Number.isFinite)) flows.push(logs);
  }
  return flows;
}
