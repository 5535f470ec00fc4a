import { ArgumentError, noGrad, type Tensor } from "@isograd/autograd";
import { type Metric, startMetric } from "../metrics/metric.ts";
import { Breather, type StopSignal } from "./breathe.ts";
import { applyModel, inEvaluation, type Model } from "./model.ts";

/** Batches of inputs and targets, to be gone through once a loop. */
export type BatchSource<Input = Tensor> =
  | Iterable<{ readonly inputs: Input; readonly targets: Tensor }>
  | AsyncIterable<{ readonly inputs: Input; readonly targets: Tensor }>;

export interface EvaluateOptions {
  /** Stops after the present batch; the promise is rejected with the signal's reason. */
  readonly signal?: StopSignal;
}

/**
 * The metrics of a model over data, computed in evaluation mode and without gradients. Functions of outputs and targets are averaged over all rows.
 *
 * @param metrics by name
 * @returns a number for each metric
 * @throws ArgumentError if there is no data
 * @example
 * const loss = (outputs: Tensor, targets: Tensor) => mseLoss(outputs, targets).item();
 * await evaluate((x: Tensor) => x, data, { loss }); // { loss: 1 }
 */
export function evaluate<Input, Name extends string>(
  model: Model<Input>,
  data: BatchSource<Input>,
  metrics: Readonly<Record<Name, Metric>>,
  { signal }: EvaluateOptions = {},
): Promise<Record<Name, number>> {
  const names = Object.keys(metrics) as Name[];
  const breather = new Breather(signal);
  return inEvaluation(model, async () => {
    const tallies = names.map((name) => startMetric(metrics[name]));
    let batches = 0;
    signal?.throwIfAborted();
    for await (const { inputs, targets } of data) {
      noGrad(() => {
        const outputs = applyModel(model, inputs);
        for (const tally of tallies) tally.add(outputs, targets);
      });
      batches++;
      if (breather.due) await breather.breathe();
    }
    if (batches === 0) throw new ArgumentError("evaluate", "expected at least one batch of data", 0);
    return Object.fromEntries(names.map((name, k) => [name, tallies[k].value()])) as Record<Name, number>;
  });
}
