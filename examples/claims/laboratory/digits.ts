import { fromData } from "@isograd/autograd";
import { accuracy, crossEntropy } from "@isograd/nn";
import type { Digits } from "../../demo/data/mnist.ts";
import type { Plan } from "../plan.ts";
import type { Examples, Task } from "./task.ts";

const side = 14;

/** MNIST at half its resolution, 196 pixels: a twentieth of a second a network. */
export function digitTask(training: Digits, test: Digits, { images, heldOut }: Plan): Task {
  return {
    name: "digits",
    training: halved(training, 0, images),
    choosing: halved(training, images, heldOut),
    test: halved(test, 0, heldOut),
    inFeatures: side * side,
    outFeatures: 10,
    loss: crossEntropy,
    score: (outputs, targets) => 100 * accuracy(outputs, targets),
    chance: 10,
  };
}

/** Means of two by two pixels, in units of their deviation from their mean. */
function halved({ images, labels }: Digits, from: number, count: number): Examples {
  const inputs = new Float32Array(count * side * side);
  for (let k = 0; k < inputs.length; k++) {
    const row = Math.floor(k / side);
    const corner = (from * side + row) * 4 * side + 2 * (k % side);
    const sum =
      images[corner] + images[corner + 1] + images[corner + 2 * side] + images[corner + 2 * side + 1];
    inputs[k] = (sum / 4 / 255 - 0.1307) / 0.3081;
  }
  return {
    inputs: fromData(inputs, [count, side * side]),
    targets: fromData(Int32Array.from(labels.subarray(from, from + count)), [count]),
  };
}
