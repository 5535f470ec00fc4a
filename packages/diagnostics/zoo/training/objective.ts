import { cast, mul, oneHot, type Tensor } from "@isograd/autograd";
import type { Loss } from "@isograd/diagnostics";
import { binaryCrossEntropyWithLogits, crossEntropy, mseLoss } from "@isograd/nn";
import type { Setting } from "../setting.ts";
import type { Task } from "../task.ts";

const own: Readonly<Record<Task["kind"], Loss>> = {
  classes: (outputs, targets) => crossEntropy(outputs, targets),
  binary: (outputs, targets) => binaryCrossEntropyWithLogits(outputs, targets),
  numbers: (outputs, targets) => mseLoss(outputs, targets),
};

/** The loss that a setting asks for. */
export function objective(
  { loss, lossFactor, dtype }: Setting,
  { kind, outputs }: Pick<Task, "kind" | "outputs">,
): Loss {
  const compute = loss === "own" ? own[kind] : kind === "classes" ? squared(outputs, dtype) : own.numbers;
  return lossFactor === 1 ? compute : (output, targets) => mul(compute(output, targets), lossFactor);
}

/** Squared distance to the rows that stand for classes. */
const squared =
  (classes: number, dtype: "f32" | "f64"): Loss =>
  (output, targets): Tensor =>
    mseLoss(output, rowsOf(targets, classes, dtype));

const rowsOf = (targets: Tensor, classes: number, dtype: "f32" | "f64"): Tensor => {
  const rows = oneHot(targets, classes);
  return dtype === "f32" ? rows : cast(rows, dtype);
};
