import { fromData } from "@isograd/autograd";
import { accuracy, crossEntropy } from "@isograd/nn";
import { type Problem, placeWithin } from "./problem.ts";

const symbols = 6; // A and B, and four that mean nothing

/**
 * Two symbols of a long sequence, one near the beginning and one in the middle, are A or B: were they AA, AB, BA or BB?
 *
 * @see Hochreiter, Schmidhuber 1997, "Long short-term memory", experiment 6a
 */
export const temporalOrder: Problem = {
  name: "temporal order",
  inputSize: symbols,
  outputSize: 4,
  loss: (outputs, targets) => crossEntropy(outputs, targets),
  errorRate: (outputs, targets) => 1 - accuracy(outputs, targets),
  draw: (generator, length, count) => {
    const inputs = new Float32Array(length * count * symbols);
    const targets = new Int32Array(count);
    for (let sequence = 0; sequence < count; sequence++) {
      const first = placeWithin(generator, length, 0.1, 0.2);
      const second = placeWithin(generator, length, 0.4, 0.5);
      const [a, b] = [generator.integer(2), generator.integer(2)];
      targets[sequence] = 2 * a + b;
      for (let time = 0; time < length; time++) {
        const symbol = time === first ? a : time === second ? b : 2 + generator.integer(symbols - 2);
        inputs[(time * count + sequence) * symbols + symbol] = 1;
      }
    }
    return { inputs: fromData(inputs, [length, count, symbols]), targets: fromData(targets, [count]) };
  },
};
