import { fromData, type Generator } from "@isograd/autograd";
import type { Examples, Task } from "../task.ts";

const classes = 3;
const features = 2;

/**
 * Gaussian blobs by scikit-learn's definition of `make_blobs(1000, centers=3, n_features=2, cluster_std=2)`: centres uniform in [-10, 10)², examples
 * around each in turn, in a random order. The first 700 are trained on. Held out are 2,000 more of the same law in place of the other 300, so that
 * the score is less a matter of chance.
 */
export function blobs(generator: Generator): Task {
  const centres = new Float64Array(classes * features);
  const centre = generator.fork("centres");
  for (let k = 0; k < centres.length; k++) centres[k] = -10 + 20 * centre.uniform();
  return {
    kind: "classes",
    outputs: classes,
    training: draw(generator.fork("training"), centres, 700),
    heldOut: draw(generator.fork("held out"), centres, 2000),
    chance: 1 / classes,
  };
}

function draw(generator: Generator, centres: Float64Array, count: number): Examples {
  const inputs = new Float32Array(count * features);
  generator.fillNormal(inputs);
  const order = generator.permutation(count);
  const targets = Int32Array.from(order, (place) => place % classes);
  targets.forEach((label, k) => {
    for (let feature = 0; feature < features; feature++) {
      const at = k * features + feature;
      inputs[at] = centres[label * features + feature] + 2 * inputs[at];
    }
  });
  return { inputs: fromData(inputs, [count, features]), targets: fromData(targets, [count]) };
}
