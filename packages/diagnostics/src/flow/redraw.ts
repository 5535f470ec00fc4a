import { fromData, type Generator, type Tensor, zeros } from "@isograd/autograd";
import { type Batch, type Loss, type Model, type Trace, trace } from "../trace/trace.ts";
import { criticalWeights } from "./criticality.ts";
import { chainOf, sumOfSquares } from "./measure.ts";

/** Runs `f` and binds every leaf to its value again, however `f` ends: not a bit of the model changes. */
export function withRestored<R>(leaves: readonly Tensor[], f: () => R): R {
  const values = leaves.map((leaf) => leaf.detach());
  try {
    return f();
  } finally {
    leaves.forEach((leaf, k) => {
      leaf.assign(values[k]);
    });
  }
}

/**
 * Binds the weights of every layer to a fresh draw at its critical initialisation, N(0, σw²/fanIn) with zero biases.
 *
 * @returns false, with nothing changed, where that is not defined: weights that are no leaf's own, or an activation without critical weights
 */
export function redraw({ contractions }: Trace, generator: Generator): boolean {
  const plan = contractions.map((contraction) => ({ contraction, critical: criticalWeights(contraction.below?.activation?.activation ?? null) }));
  if (plan.some(({ contraction, critical }) => contraction.weightLeaf === null || critical === null)) return false;
  for (const { contraction, critical } of plan) {
    const leaf = contraction.weightLeaf as Tensor;
    leaf.assign(normal(leaf, Math.sqrt((critical as NonNullable<typeof critical>).weightVariance / contraction.fanIn), generator));
    if (contraction.bias !== null) contraction.bias.assign(zeros(contraction.bias.shape, contraction.bias.dtype));
  }
  return true;
}

function normal(like: Tensor, deviation: number, generator: Generator): Tensor {
  const data = like.dtype === "f64" ? new Float64Array(like.size) : new Float32Array(like.size);
  generator.fillNormal(data);
  for (let i = 0; i < data.length; i++) data[i] *= deviation;
  return fromData(data, like.shape);
}

/**
 * log |δ|² of each layer along the chain, relative to the last one, for healthy networks of the same architecture.
 *
 * @returns one row a re-draw; null where re-drawing is not defined
 */
export function redrawFlows(
  model: Model,
  batch: Batch,
  loss: Loss,
  traced: Trace,
  { count, generator }: { readonly count: number; readonly generator: Generator },
): number[][] | null {
  return withRestored(
    traced.leaves.map(({ tensor }) => tensor),
    () => {
      const flows: number[][] = [];
      for (let k = 0; k < count; k++) {
        if (!redraw(traced, generator)) return null;
        const logs = chainOf(trace(model, batch, loss).contractions).map(({ cotangent }) => Math.log(sumOfSquares(cotangent as Tensor)));
        flows.push(logs.map((value) => value - logs[logs.length - 1]));
      }
      return flows;
    },
  );
}
