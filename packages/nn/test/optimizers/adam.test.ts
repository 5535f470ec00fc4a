import { fromData } from "@isograd/autograd";
import { Adam } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { withGradient } from "./with-gradient.ts";

describe("Adam", () => {
  it("moves by about the learning rate at first, whatever the size of the gradient", () => {
    for (const size of [1e-3, 1, 1e3]) {
      const w = withGradient([0], [size]);
      new Adam([w], { learningRate: 0.01 }).step();
      expect(w.item()).toBeCloseTo(-0.01, 6);
    }
  });

  it("lets NaN through, amsgrad too", () => {
    for (const amsgrad of [false, true]) {
      const w = withGradient([0], [Number.NaN]);
      const optimizer = new Adam([w], { amsgrad });
      optimizer.step();
      w.grad = fromData(Float64Array.of(1), [1]);
      optimizer.step();
      expect(w.item()).toBeNaN();
    }
  });
});
