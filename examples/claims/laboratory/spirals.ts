import { fromData, type Generator } from "@isograd/autograd";
import { accuracy, crossEntropy } from "@isograd/nn";
import type { Examples, Task } from "./task.ts";

/** Points [n, 2] on two spirals that wind around each other once and a half. */
export function spiralTask(generator: Generator): Task {
  return {
    name: "two spirals",
    training: draw(generator.fork("training"), 400),
    choosing: draw(generator.fork("choosing"), 500),
    test: draw(generator.fork("test"), 1000),
    inFeatures: 2,
    outFeatures: 2,
    loss: crossEntropy,
    score: (outputs, targets) => 100 * accuracy(outputs, targets),
    chance: 50,
  };
}

function draw(generator: Generator, count: number): Examples {
  const inputs = new Float32Array(2 * count);
  const targets = Int32Array.from({ length: count }, (_, k) => k % 2);
  for (let k = 0; k < count; k++) {
    const way = Math.sqrt(generator.uniform());
    const angle = 3 * Math.PI * way + Math.PI * targets[k];
    inputs[2 * k] = 2 * way * Math.cos(angle) + 0.05 * generator.normal();
    inputs[2 * k + 1] = 2 * way * Math.sin(angle) + 0.05 * generator.normal();
  }
  return { inputs: fromData(inputs, [count, 2]), targets: fromData(targets, [count]) };
}
