import { fromData, type Generator } from "@isograd/autograd";
import type { Examples, Task } from "../task.ts";

const columns = 10;

/**
 * A table of ten uniform columns, of which five decide a number: 10 sin(π x₀ x₁) + 20 (x₂ - ½)² + 10 x₃ + 5 x₄ and noise of deviation 1, all standardised
 * by their laws.
 *
 * @see Friedman 1991, "Multivariate adaptive regression splines"; sklearn.datasets.make_friedman1
 */
export function table(generator: Generator): Task {
  return {
    kind: "numbers",
    outputs: 1,
    training: draw(generator.fork("training"), 1500),
    heldOut: draw(generator.fork("held out"), 1500),
    chance: 0,
  };
}

function draw(generator: Generator, count: number): Examples {
  const inputs = new Float32Array(count * columns);
  const noise = new Float32Array(count);
  generator.fillUniform(inputs);
  generator.fillNormal(noise);
  const targets = noise.map((own, row) => {
    const [a, b, c, d, e] = inputs.subarray(row * columns, row * columns + 5);
    const signal = 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e;
    return (signal + own - mean) / deviation;
  });
  for (let k = 0; k < inputs.length; k++) inputs[k] = (inputs[k] - 0.5) * Math.sqrt(12);
  return { inputs: fromData(inputs, [count, columns]), targets: fromData(targets, [count, 1]) };
}

// Of the law of the numbers to be told, noise included.
const mean = 14.4;
const deviation = 5;
