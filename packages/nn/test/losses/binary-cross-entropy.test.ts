import { gradients, parameter, sum, tensor } from "@isograd/autograd";
import { binaryCrossEntropy, binaryCrossEntropyWithLogits } from "@isograd/nn";
import { expect, it } from "vitest";

const f64 = (...values: number[]) => parameter(Float64Array.from(values));

it("costs 100 where a certain answer is wrong, and still tells the way back", () => {
  const certain = f64(0, 1, 1e-20);
  const losses = binaryCrossEntropy(certain, f64(1, 0, 1).detach(), { reduction: "none" });
  expect(losses.toArray()).toEqual([100, 100, -Math.log(1e-20)]);
  expect(gradients(sum(losses), [certain])[0].toArray()).toEqual([-1e12, 1e12, -1e12]);
});

it("is exact where a certain answer is right", () => {
  const certain = f64(0, 1, 1e-20);
  const losses = binaryCrossEntropy(certain, f64(0, 1, 0).detach(), { reduction: "none" });
  expect(Array.from(losses.values(), (loss) => loss + 0)).toEqual([0, 0, 1e-20]);
  expect(gradients(sum(losses), [certain])[0].toArray()).toEqual([1, -1, 1]);
});

it("is the cross entropy of the sigmoid", () => {
  const logits = [-3, -0.2, 0, 1.7];
  const targets = tensor([0.1, 0.9, 0.5, 1], { dtype: "f64" });
  const options = { reduction: "none", weight: tensor([1, 2, 3, 4], { dtype: "f64" }) } as const;
  const probabilities = f64(...logits.map((x) => 1 / (1 + Math.exp(-x))));
  const fromProbabilities = binaryCrossEntropy(probabilities, targets, options).values();
  binaryCrossEntropyWithLogits(f64(...logits), targets, options)
    .values()
    .forEach((loss, k) => {
      expect(loss).toBeCloseTo(fromProbabilities[k], 14);
    });
});

it("never gives NaN within [0, 1], in three derivatives", () => {
  for (const place of [0, 1e-300, 1e-13, 0.5, 1 - 2 ** -53, 1]) {
    for (const target of [0, 0.5, 1]) {
      const x = f64(place);
      let y = binaryCrossEntropy(x, f64(target).detach());
      for (let order = 0; order < 4; order++) {
        expect(y.item(), `derivative ${order} at ${place}, target ${target}`).not.toBeNaN();
        if (!y.requiresGrad) break;
        [y] = gradients(y, [x], { createGraph: true });
      }
    }
  }
});
