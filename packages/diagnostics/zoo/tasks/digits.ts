import { fromData, type Generator, type Shape } from "@isograd/autograd";
import { type Digits, type Mnist, readMnist } from "../../../../examples/demo/data/mnist.ts";
import type { Examples, Task } from "../task.ts";

const side = 14;
/** Of an image. */
export const pixels = side * side;
let mnist: Mnist | null = null;

/** Handwritten digits of MNIST at half their resolution: 2,000 to train on, 1,000 of MNIST's test images held out. `image`: [1, 14, 14] or flat. */
export function digits(generator: Generator, image: Shape = [pixels]): Task {
  mnist ??= readMnist(null);
  return {
    kind: "classes",
    outputs: 10,
    training: draw(mnist.training, generator.fork("training"), 2000, image),
    heldOut: draw(mnist.test, generator.fork("held out"), 1000, image),
    chance: 0.1,
  };
}

function draw(
  { count: all, images, labels }: Digits,
  generator: Generator,
  count: number,
  image: Shape,
): Examples {
  const rows = generator.permutation(all).subarray(0, count);
  const inputs = new Float32Array(count * pixels);
  rows.forEach((row, k) => {
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const corner = (row * 2 * side + 2 * y) * 2 * side + 2 * x;
        const sum =
          images[corner] + images[corner + 1] + images[corner + 2 * side] + images[corner + 2 * side + 1];
        inputs[k * pixels + y * side + x] = (sum / 4 / 255 - pixelMean) / pixelDeviation;
      }
  });
  return {
    inputs: fromData(inputs, [count, ...image]),
    targets: fromData(
      Int32Array.from(rows, (row) => labels[row]),
      [count],
    ),
  };
}

// Of MNIST's training images; means of four pixels spread a little less.
const pixelMean = 0.1307;
const pixelDeviation = 0.3081;
