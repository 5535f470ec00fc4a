import { fromData, type Generator } from "@isograd/autograd";
import type { Examples, Task } from "../task.ts";

/** The inner circle's radius over the outer's: scikit-learn's default. */
const factor = 0.8;

/**
 * Two circles, one in the other, by scikit-learn's definition of `make_circles(1000, noise=.1)`: places at equal angles, noise on both coordinates, in
 * a random order. The first 700 are trained on. Held out are 2,000 more of the same law in place of the other 300, so that the score is less a matter
 * of chance.
 */
export function circles(generator: Generator): Task {
  return {
    kind: "binary",
    outputs: 1,
    training: draw(generator.fork("training"), 1000, 700),
    heldOut: draw(generator.fork("held out"), 2000, 2000),
    chance: 0.5,
  };
}

/** The first `count` of `of` examples. */
function draw(generator: Generator, of: number, count: number): Examples {
  const half = of / 2;
  const inputs = new Float32Array(count * 2);
  generator.fillNormal(inputs);
  const order = generator.permutation(of).subarray(0, count);
  const targets = Float32Array.from(order, (place) => (place < half ? 0 : 1));
  order.forEach((place, k) => {
    const radius = place < half ? 1 : factor;
    const angle = (2 * Math.PI * (place % half)) / half;
    inputs[2 * k] = radius * Math.cos(angle) + 0.1 * inputs[2 * k];
    inputs[2 * k + 1] = radius * Math.sin(angle) + 0.1 * inputs[2 * k + 1];
  });
  return { inputs: fromData(inputs, [count, 2]), targets: fromData(targets, [count, 1]) };
}
