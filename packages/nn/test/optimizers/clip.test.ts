import {
  adam,
  chain,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  clipGradNorm,
  Optimizer,
  SGD,
  sgd,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";
import { withGradient } from "./with-gradient.ts";

describe("chains with clipping", () => {
  it("clip as the functions do, before the step", () => {
    const [direct, chained] = [withGradient([1, 1], [3, 4]), withGradient([1, 1], [3, 4])];
    clipGradNorm([direct], 1);
    new SGD([direct], { learningRate: 0.5 }).step();
    new Optimizer([chained], chain(clipByGlobalNorm(1), sgd({ learningRate: 0.5 }))).step();
    expect(chained.toArray()).toEqual(direct.toArray());
    expect(chained.grad?.toArray()).toEqual([3, 4]);
  });

  it("clip by value and by the norm of each tensor", () => {
    const [a, b] = [withGradient([0, 0], [3, -4]), withGradient([0], [0.5])];
    new Optimizer([a, b], chain(clipByValue(3.5), sgd({ learningRate: 1 }))).step();
    expect([a.toArray(), b.toArray()]).toEqual([[-3, 3.5], [-0.5]]);
    const [c, d] = [withGradient([0, 0], [3, -4]), withGradient([0], [0.5])];
    new Optimizer([c, d], chain(clipByNorm(1), sgd({ learningRate: 1 }))).step();
    expectNumbers(c.values(), [-0.6, 0.8], 1e-6);
    expect(d.toArray()).toEqual([-0.5]);
  });

  it("stop at gradients that are not finite, before anything is changed", () => {
    for (const clip of [clipByGlobalNorm(1), clipByNorm(1), clipByValue(1)]) {
      const [a, b] = [withGradient([1, 1], [3, 4]), withGradient([1], [Number.NaN])];
      const optimizer = new Optimizer([a, b], chain(clip, adam()));
      const before = JSON.stringify(optimizer.state);
      expect(() => optimizer.step()).toThrow(/parameter 1; nothing was changed/);
      expect([a.toArray(), b.toArray(), JSON.stringify(optimizer.state)]).toEqual([[1, 1], [1], before]);
    }
  });
});
