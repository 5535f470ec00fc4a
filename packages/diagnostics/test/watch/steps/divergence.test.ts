import { backward, mul, ones, relu } from "@isograd/autograd";
import { watch } from "@isograd/diagnostics";
import { Adam, mseLoss } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { Divergence, type Level } from "../../../src/watch/steps/divergence.ts";
import { classes } from "../../networks/data.ts";
import { plain } from "../../networks/plain.ts";

/** The first step at which it fires; null if it never does. */
function firesAt(
  level: (step: number) => Level,
  { steps = 60, gain = 1, isBelow = false } = {},
): number | null {
  const divergence = new Divergence();
  for (let step = 0; step < steps; step++) {
    const diverged = divergence.next(level(step), gain);
    if (diverged === null) continue;
    expect(diverged.isBelow).toBe(isBelow);
    return step;
  }
  return null;
}

const growing =
  (base: number) =>
  (step: number): Level => ({ loss: base ** step, gradientNorm: base ** step });

it("fires at the fourth step in a row beyond a thousand times the first eight", () => {
  // 2^7 is the largest of the first; 2^17 the first beyond a thousand times that.
  expect(firesAt(growing(2))).toBe(20);
});

it("is silent while training brings the loss down, or lets it rise a little", () => {
  expect(firesAt((step) => ({ loss: 1 / (step + 1), gradientNorm: 1 }))).toBe(null);
  expect(firesAt((step) => ({ loss: step < 10 ? 1 : 900, gradientNorm: step < 10 ? 1 : 900 }))).toBe(null);
});

it("needs both: a gradient that grows from next to nothing leaves a plateau", () => {
  expect(firesAt((step) => ({ loss: 1, gradientNorm: 2 ** step }))).toBe(null);
  expect(firesAt((step) => ({ loss: 2 ** step, gradientNorm: 1 }))).toBe(null);
});

it("needs four in a row", () => {
  expect(firesAt((step) => (step >= 20 && step % 4 !== 3 ? growing(1e3)(2) : growing(1)(0)))).toBe(null);
});

it("is silent where the loss is not positive or not known", () => {
  expect(firesAt((step) => ({ loss: step < 8 ? -1 : 1e9, gradientNorm: 2 ** step }))).toBe(null);
  expect(firesAt((step) => ({ loss: Number.NaN, gradientNorm: 2 ** step }))).toBe(null);
});

it("knows whether a loss lies within the first eight", () => {
  const divergence = new Divergence();
  expect(divergence.isWithinStart(0)).toBe(false);
  for (let step = 0; step < 20; step++) divergence.next({ loss: step, gradientNorm: 1 }, 1);
  expect([7, 7.1, -1].map((loss) => divergence.isWithinStart(loss))).toEqual([true, false, true]);
  expect(divergence.isWithinStart(Number.NaN)).toBe(false);
});

it("does not depend on the unit of the loss", () => {
  const scaled = (factor: number) =>
    firesAt((step) => {
      const { loss, gradientNorm } = growing(2)(step);
      return { loss: factor * loss, gradientNorm: factor * gradientNorm };
    });
  expect([1e-6, 1, 1e6].map(scaled)).toEqual([20, 20, 20]);
});

describe("a loss that falls without end", () => {
  const falling = (base: number, gradient = base) => {
    const level = growing(base);
    return (step: number): Level => ({ loss: -level(step).loss, gradientNorm: gradient ** step });
  };
  const below = { gain: 2.1, isBelow: true };

  it("is found as far below zero, where weights have grown", () => {
    expect(firesAt(falling(2), below)).toBe(20);
    expect(firesAt(falling(2), { gain: 1.9 })).toBe(null);
    expect(firesAt(falling(2), { gain: Number.NaN })).toBe(null);
    const small = (step: number): Level => ({ ...falling(2)(step), loss: 1e-3 * falling(2)(step).loss });
    expect(firesAt(small, below)).toBe(20);
  });

  it("is none where the gradient stays, or the loss is large by its unit", () => {
    expect(firesAt(falling(2, 1), below)).toBe(null);
    const likelihood = (step: number): Level => ({ loss: step < 8 ? 1e4 : -9e6, gradientNorm: 4 ** step });
    expect(firesAt(likelihood, below)).toBe(null);
    expect(firesAt((step) => ({ ...likelihood(step), loss: step < 8 ? -1e4 : -9e6 }), below)).toBe(null);
    expect(firesAt((step) => ({ ...likelihood(step), loss: step < 8 ? -1e4 : -1.1e7 }), below)).not.toBe(
      null,
    );
    expect(firesAt((step) => ({ ...likelihood(step), loss: step < 8 ? 0 : -1 }), below)).toBe(null);
  });
});

describe("a watcher blames a loss without a bound", () => {
  const train = (sign: 1 | -1): string[] => {
    const { inputs } = classes({ seed: "unbounded", inputs: 4 });
    const model = plain({
      inputs: 4,
      width: 16,
      depth: 3,
      outputs: 1,
      activation: relu,
      weights: 2,
      seed: "unbounded",
    });
    const optimizer = new Adam(model.parameters(), { learningRate: 0.03 });
    using watcher = watch({ unitsEvery: 1000 });
    for (let step = 0; step < 120; step++) {
      optimizer.zeroGrad();
      backward(mul(mseLoss(model.call(inputs), ones([32, 1])), sign));
      optimizer.step();
    }
    return watcher.findings.flatMap(({ finding: { detector, severity, causes } }) =>
      severity === "alarm" ? [`${detector} ${causes[0].part}`] : [],
    );
  };

  it("and not one that has", () => {
    expect(train(-1)[0]).toBe("watch.divergence operation");
    expect(train(1)).toEqual([]);
  });
});
