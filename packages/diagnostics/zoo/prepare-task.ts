import { fromData, type Generator, mul, type Tensor } from "@isograd/autograd";
import type { Setting } from "./setting.ts";
import { castExamples, type Examples, examplesAt, type Task } from "./task.ts";

/** The data as a setting changes them: what is held out keeps its targets and classes, for the score means the same then. */
export function prepareTask(task: Task, setting: Setting, generator: Generator): Task {
  const { labelNoise, kept, sparsity, dtype } = setting;
  let { training, heldOut } = task;
  if (kept < 1) training = thinned(training, kept, generator.fork("kept"));
  if (labelNoise > 0)
    training = { ...training, targets: noisy(task, training.targets, labelNoise, generator) };
  if (sparsity > 0) {
    const draws = generator.fork("sparsity");
    training = { ...training, inputs: sparse(training.inputs, sparsity, draws) };
    heldOut = { ...heldOut, inputs: sparse(heldOut.inputs, sparsity, draws) };
  }
  return dtype === "f32"
    ? { ...task, training, heldOut }
    : { ...task, training: castExamples(training, dtype), heldOut: castExamples(heldOut, dtype) };
}

/** Only a share of the examples of class 0. */
function thinned(examples: Examples, kept: number, generator: Generator): Examples {
  const rows: number[] = [];
  examples.targets.values().forEach((target, row) => {
    if (target !== 0 || generator.uniform() < kept) rows.push(row);
  });
  return examplesAt(examples, Int32Array.from(rows));
}

/** A share of the targets drawn anew: any class, either answer, or another example's number. */
function noisy({ kind, outputs }: Task, targets: Tensor, share: number, generator: Generator): Tensor {
  const draws = generator.fork("noise");
  const values = targets.values().slice();
  const others = draws.permutation(values.length);
  const before = targets.values();
  for (let k = 0; k < values.length; k++) {
    if (draws.uniform() >= share) continue;
    values[k] = kind === "classes" ? draws.integer(outputs) : before[others[k]];
  }
  return fromData(values as Float32Array, targets.shape);
}

function sparse(inputs: Tensor, share: number, generator: Generator): Tensor {
  const mask = Float32Array.from({ length: inputs.size }, () => (generator.uniform() < share ? 0 : 1));
  return mul(inputs, fromData(mask, inputs.shape));
}
