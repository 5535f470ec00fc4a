import { add, mul } from "@isograd/autograd";
import { Optimizer, remembering } from "@isograd/nn";
import { expect, it } from "vitest";
import { withGradient } from "./with-gradient.ts";

it("remembers arrays of each parameter, and counts its steps", () => {
  const heavyBall = remembering({
    own: { learningRate: 0.5 },
    begin: (like: Float64Array) => ({ step: 0, velocity: like.slice().fill(0) }),
    keeps: ["velocity"],
    numbers: 1,
    write: ({ gradient, kept: [velocity], numbers: [rate] }) => {
      const next = add(mul(0.5, velocity), gradient);
      return [mul(rate, next), next];
    },
    take: ({ step }, own) => [-own.learningRate / step],
  });
  const [w, resting] = [withGradient([10], [4]), withGradient([1], [1])];
  const optimizer = new Optimizer([w, resting], heavyBall);
  resting.grad = null;
  optimizer.step();
  optimizer.step();
  expect(w.item()).toBe(10 - 0.5 * 4 - 0.25 * 6);
  expect(optimizer.state).toEqual({
    learningRate: 0.5,
    memory: [{ step: 2, velocity: Float64Array.of(6) }, null],
  });
});
