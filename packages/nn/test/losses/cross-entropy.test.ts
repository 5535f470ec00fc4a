import { Generator, grad, parameter, randn, type Tensor, tensor, vmap } from "@isograd/autograd";
import { crossEntropy, nllLoss } from "@isograd/nn";
import { expect, it } from "vitest";

const whole = (...values: number[]) => tensor(values, { dtype: "i32" });

it("leaves out what is to be ignored, from the mean too", () => {
  const logits = randn(new Generator(1), [3, 4], "f64");
  const kept = crossEntropy(logits, whole(2, -100, 0));
  const [first, , third] = crossEntropy(logits, whole(2, 1, 0), { reduction: "none" }).values();
  expect(kept.item()).toBeCloseTo((first + third) / 2, 14);
  expect(crossEntropy(logits, whole(3, 3, 3), { ignoreIndex: 3 }).item()).toBeNaN();
  expect(crossEntropy(logits, whole(3, 3, 3), { ignoreIndex: 3, reduction: "sum" }).item()).toBe(0);
});

it("does not let an ignored example spoil the gradient of others", () => {
  const logits = parameter(Float64Array.of(Number.NaN, Number.NaN, 1, 2), { shape: [2, 2] });
  const gradient = grad((x) => nllLoss(x, whole(-100, 0)))(logits);
  expect(gradient.toArray()).toEqual([
    [0, 0],
    [-1, 0],
  ]);
});

it("takes labels that stand for one of many examples, and checks all of them", () => {
  const logits = randn(new Generator(2), [3, 4], "f64");
  const each = vmap((x: Tensor, label: Tensor) => crossEntropy(x, label));
  const expected = crossEntropy(logits, whole(2, 1, 0), { reduction: "none" }).values();
  each(logits, whole(2, 1, 0))
    .values()
    .forEach((loss, k) => {
      expect(loss).toBeCloseTo(expected[k], 15);
    });
  expect(() => each(logits, whole(2, 4, 0))).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: crossEntropy: expected class labels from 0 to 3, got 4]`,
  );
});
