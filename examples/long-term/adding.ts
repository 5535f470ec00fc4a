import { fromData } from "@isograd/autograd";
import { mseLoss } from "@isograd/nn";
import { type Problem, placeWithin } from "./problem.ts";

/** An answer that is off by more is wrong. */
const tolerance = 0.04;

/**
 * A sequence of numbers from [0, 1), two of them marked, one in the first tenth and one in the first half: what is their mean?
 *
 * @see Hochreiter, Schmidhuber 1997, "Long short-term memory", experiment 4; Sutskever et al. 2013 for the tolerance
 */
export const adding: Problem = {
  name: "adding",
  inputSize: 2,
  outputSize: 1,
  loss: (outputs, targets) => mseLoss(outputs, targets),
  errorRate: (outputs, targets) => {
    const [given, wanted] = [outputs.values(), targets.values()];
    let wrong = 0;
    for (let k = 0; k < given.length; k++) if (!(Math.abs(given[k] - wanted[k]) <= tolerance)) wrong++;
    return wrong / given.length;
  },
  draw: (generator, length, count) => {
    const inputs = new Float32Array(length * count * 2);
    const targets = new Float32Array(count);
    for (let sequence = 0; sequence < count; sequence++) {
      const first = placeWithin(generator, length, 0, 0.1);
      let second = placeWithin(generator, length, 0, 0.5);
      while (second === first) second = placeWithin(generator, length, 0, 0.5);
      for (let time = 0; time < length; time++) {
        const at = (time * count + sequence) * 2;
        inputs[at] = generator.uniform();
        if (time !== first && time !== second) continue;
        inputs[at + 1] = 1;
        targets[sequence] += inputs[at] / 2;
      }
    }
    return { inputs: fromData(inputs, [length, count, 2]), targets: fromData(targets, [count, 1]) };
  },
};
