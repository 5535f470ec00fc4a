import { concat, noGrad, reshape, type Tensor } from "@isograd/autograd";
import { chainOf, relativeLogs } from "../flow/chain.ts";
import { factsOf, saturatedSides, unlessUnknown } from "../flow/flatness.ts";
import { sumsOver } from "../lint/sums.ts";
import { deviationOf, meanOf, sumOfSquares } from "../statistics.ts";
import type { ActivationUse } from "../trace/network.ts";
import { type Batch, type Loss, type Model, type Trace, trace } from "../trace/trace.ts";
import { LeaveOneOut } from "./leave-one-out.ts";
import type { Outlook } from "./outlook.ts";

/** A batch that networks are measured on, with what is the same for all of them. */
export class Probe {
  readonly #batch: Batch;
  readonly #rows: Tensor;
  readonly #straight: LeaveOneOut;

  constructor(batch: Batch) {
    this.#batch = batch;
    this.#rows = rowsOf(batch.inputs);
    this.#straight = noGrad(() => new LeaveOneOut(this.#rows));
  }

  /** What networks of one candidate make of the batch, on the average. @throws what they throw */
  measure(models: readonly Model[], loss: Loss): Outlook {
    const measured = models.map((model) => this.#measure(trace({ model, batch: this.#batch, loss })));
    const attenuations = measured.map(({ attenuation }) => attenuation);
    const averageOf = (of: (one: (typeof measured)[number]) => number): number => meanOf(measured.map(of));
    return {
      attenuation: meanOf(attenuations),
      spread: deviationOf(attenuations),
      distinct: averageOf(({ distinct }) => distinct),
      unevenness: averageOf(({ unevenness }) => unevenness),
      saturated: averageOf(({ saturated }) => saturated),
      straight: averageOf(({ straight }) => straight),
    };
  }

  #measure({ contractions, activations }: Trace) {
    const chain = chainOf(contractions);
    const shown = rowsOf(chain[chain.length - 1].signal);
    const comparable = shown.shape[0] === this.#rows.shape[0];
    const hidden = activations.filter(({ contraction }) => contraction?.feeds);
    return noGrad(() => ({
      attenuation: relativeLogs(chain)[0] / 2,
      distinct: Math.min(1, distinctness(shown) / distinctness(this.#rows)),
      unevenness: unevennessOf(shown),
      saturated: Math.max(0, ...hidden.map(saturatedShare)),
      straight: comparable ? Math.max(0, 1 - this.#straight.shareOf(shown)) : Number.NaN,
    }));
  }
}

/** One row for each place along the first axis, such as an example. */
const rowsOf = (x: Tensor): Tensor => noGrad(() => reshape(x.detach(), [x.shape[0], -1]));

/** The share of the mean square that is about the mean over the examples. */
function distinctness(rows: Tensor): number {
  const count = rows.shape[0];
  const common = sumOfSquares(sumsOver(rows, 0)) / count;
  const whole = sumOfSquares(rows);
  return Math.max(0, (whole - common) / whole) * (count / (count - 1));
}

function unevennessOf(rows: Tensor): number {
  const [count, size] = rows.shape;
  const values = rows.values();
  const logs = Array.from({ length: count }, (_, row) => {
    let square = 0;
    for (let k = row * size; k < (row + 1) * size; k++) square += values[k] ** 2;
    return Math.log(Math.max(square, Number.MIN_VALUE));
  });
  return deviationOf(logs);
}

function saturatedShare(use: ActivationUse): number {
  const { below, above } = unlessUnknown(() => saturatedSides(factsOf(use))) ?? { below: null, above: null };
  const [low, high] = [below ?? Number.NEGATIVE_INFINITY, above ?? Number.POSITIVE_INFINITY];
  const values = use.inputs[0].values();
  let flat = 0;
  for (const value of values) if (value < low || value > high) flat++;
  return flat / values.length;
}

/** The first batches as one, of about so many examples: enough for what is measured, and no more than that takes. */
export function joined(data: readonly Batch[], examples: number): Batch {
  const taken: Batch[] = [];
  let count = 0;
  for (const batch of data) {
    if (count >= examples) break;
    taken.push(batch);
    count += batch.inputs.shape[0];
  }
  if (taken.length === 1) return taken[0];
  return {
    inputs: concat(taken.map(({ inputs }) => inputs)),
    targets: concat(taken.map(({ targets }) => targets)),
  };
}
