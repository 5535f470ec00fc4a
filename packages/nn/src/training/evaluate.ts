import { ArgumentError, noGrad, type Tensor } from "@isograd/autograd";
import { Breather, type StopSignal } from "./breathe.ts";
import type { Metric } from "./metrics.ts";
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
 * The metrics of a model over data: means over all rows, computed in evaluation mode and without gradients.
 *
 * @param metrics functions of outputs and targets, by name
 * @returns a number for each metric
 * @throws ArgumentError if there is no data
 * @example
 * await evaluate(model, test, { accuracy, loss: (outputs, targets) => crossEntropy(outputs, targets).item() });
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
    const totals = names.map(() => 0);
    let rows = 0;
    signal?.throwIfAborted();
    for await (const { inputs, targets } of data) {
      const weight = targets.shape[0] ?? 1;
      noGrad(() => {
        const outputs = applyModel(model, inputs);
        names.forEach((name, k) => {
          totals[k] += weight * metrics[name](outputs, targets);
        });
      });
      rows += weight;
      if (breather.due) await breather.breathe();
    }
    if (rows === 0) throw new ArgumentError("evaluate", "expected at least one batch of data", 0);
    return Object.fromEntries(names.map((name, k) => [name, totals[k] / rows])) as Record<Name, number>;
  });
}
