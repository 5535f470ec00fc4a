import { relu, sigmoid, tanh } from "@isograd/autograd";
import { diagnose, type FlowProfile } from "@isograd/diagnostics";
import { crossEntropy, normal } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { deviationOf, meanOf } from "../../src/statistics.ts";
import { classes } from "../networks/data.ts";
import { type Plain, plain } from "../networks/plain.ts";

const [width, depth, seeds] = [128, 16, 8];

function flowOf(options: Pick<Plain, "activation" | "weights" | "bias">, seed: number): FlowProfile {
  const model = plain({ ...options, width, depth, outputs: width, seed: `law ${seed}` });
  const batch = classes({ seed: `law ${seed}`, classes: width, examples: 16 });
  return diagnose(model, batch, crossEntropy, { redraws: 0 }).flow;
}

describe("log |δ|² changes by log χ a layer", () => {
  // χ of tanh with σb² = 0.05 and of sigmoid with He's weights: published values; of ReLU: σw²/2.
  it.each([
    ["tanh, σw² = 1", { activation: tanh, weights: 1, bias: normal({ std: Math.sqrt(0.05) }) }, 0.759032, 4],
    ["tanh, σw² = 2", { activation: tanh, weights: 2, bias: normal({ std: Math.sqrt(0.05) }) }, 1.047666, 4],
    ["tanh, σw² = 3", { activation: tanh, weights: 3, bias: normal({ std: Math.sqrt(0.05) }) }, 1.208934, 6],
    ["ReLU, σw² = 1.5", { activation: relu, weights: 1.5 }, 0.75, 5],
    ["ReLU, σw² = 8", { activation: relu, weights: 8 }, 4, 5],
    ["sigmoid, σw² = 2", { activation: sigmoid, weights: 2 }, 0.101, 3],
  ])("%s", (_, options, chi, k) => {
    // The first steps from the input are still on the way to the fixed point.
    const means = Array.from({ length: seeds }, (_, seed) => {
      const { steps } = flowOf(options, seed);
      return meanOf(steps.slice(0, depth - 6).map(({ total }) => total));
    });
    const [mean, error] = [meanOf(means), deviationOf(means) / Math.sqrt(seeds)];
    // At finite width the mean log lies below the log of the mean, by up to k/(2 width).
    expect(mean).toBeLessThan(Math.log(chi) + 4 * error);
    expect(mean).toBeGreaterThan(Math.log(chi) - k / (2 * width) - 4 * error);
    expect(error).toBeLessThan(0.03); // or the bounds above would say nothing
  });
});

it("the factor a layer is the root of χ, the total factor its power", () => {
  const { factorPerLayer, totalFactor } = flowOf({ activation: relu, weights: 4.5 }, 1);
  expect(factorPerLayer / Math.sqrt(2.25)).toBeCloseTo(1, 1);
  expect(Math.log(totalFactor) / ((depth - 1) * Math.log(1.5))).toBeCloseTo(1, 1);
});
