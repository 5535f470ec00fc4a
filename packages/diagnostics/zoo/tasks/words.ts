import { fromData, type Generator } from "@isograd/autograd";
import type { Examples, Task } from "../task.ts";

export const vocabulary = 120;
const classes = 4;
const length = 10;

/** Texts of ten words on one of four subjects. Each subject has thirty words of its own, which half of its texts' words are; the others are any. */
export function words(generator: Generator): Task {
  return {
    kind: "classes",
    outputs: classes,
    training: draw(generator.fork("training"), 1500),
    heldOut: draw(generator.fork("held out"), 1500),
    chance: 1 / classes,
  };
}

function draw(generator: Generator, count: number): Examples {
  const targets = Int32Array.from({ length: count }, () => generator.integer(classes));
  const inputs = new Int32Array(count * length);
  for (let k = 0; k < inputs.length; k++) {
    const subject = targets[Math.floor(k / length)];
    const own = generator.uniform() < 0.5;
    inputs[k] = own
      ? subject + classes * generator.integer(vocabulary / classes)
      : generator.integer(vocabulary);
  }
  return { inputs: fromData(inputs, [count, length]), targets: fromData(targets, [count]) };
}
