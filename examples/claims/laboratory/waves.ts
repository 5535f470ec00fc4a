import { div, fromData, type Generator, mean, square, sub, type Tensor } from "@isograd/autograd";
import { mseLoss } from "@isograd/nn";
import type { Examples, Task } from "./task.ts";

/** Numbers to foretell from two others: sin 3x · cos 2y, with noise in what is learnt from. */
export function waveTask(generator: Generator): Task {
  return {
    name: "waves",
    training: draw(generator.fork("training"), 400, 0.1),
    choosing: draw(generator.fork("choosing"), 500, 0),
    test: draw(generator.fork("test"), 1000, 0),
    inFeatures: 2,
    outFeatures: 1,
    loss: mseLoss,
    score: explained,
    chance: 0,
  };
}

/** In points: 100 less the mean square of what is missed, in hundredths of the variance; not below 0. */
function explained(outputs: Tensor, targets: Tensor): number {
  const missed = mean(square(sub(outputs, targets)));
  const share = div(missed, mean(square(sub(targets, mean(targets))))).item();
  return Math.max(0, 100 * (1 - share)) || 0;
}

function draw(generator: Generator, count: number, noise: number): Examples {
  const inputs = new Float32Array(2 * count);
  const targets = new Float32Array(count);
  for (let k = 0; k < count; k++) {
    const [x, y] = [3 * generator.uniform() - 1.5, 3 * generator.uniform() - 1.5];
    inputs.set([x, y], 2 * k);
    targets[k] = Math.sin(3 * x) * Math.cos(2 * y) + noise * generator.normal();
  }
  return { inputs: fromData(inputs, [count, 2]), targets: fromData(targets, [count, 1]) };
}
