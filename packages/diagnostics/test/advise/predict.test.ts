import { elu, relu, sigmoid, swiglu, tanh } from "@isograd/autograd";
import { expect, it } from "vitest";
import type { HiddenLayer } from "../../src/advise/architecture.ts";
import { lawOf } from "../../src/advise/gaussian-law.ts";
import { predict } from "../../src/advise/predict.ts";

const layers = (count: number, change: Partial<HiddenLayer> = {}): HiddenLayer[] =>
  Array.from({ length: count }, () => ({ width: 50, normalized: false, residual: false, ...change }));

const of = (candidate: Parameters<typeof predict>[0], count: number, change: Partial<HiddenLayer> = {}) =>
  predict(candidate, { inputs: 8, layers: layers(count, change) });

it("follows ReLU in closed form", () => {
  let correlation = 0;
  for (let k = 0; k < 4; k++) {
    const angle = Math.acos(correlation);
    correlation = (Math.sin(angle) + (Math.PI - angle) * correlation) / Math.PI;
  }
  const predicted = of(relu, 4);
  expect(predicted.attenuation).toBeCloseTo(0, 10);
  expect(predicted.distinct).toBeCloseTo(1 - correlation, 8);
  expect(predicted.spread).toBeCloseTo(Math.sqrt((4 * 5) / 50) / 2, 10);
  expect(predicted.unevenness).toBeCloseTo(Math.sqrt(2 / 8), 8);
  expect(predicted.q).toBeCloseTo(2, 10);
  expect(predicted.saturated).toBe(0.5);
});

it("adds up χ of each layer", () => {
  const q = [1, tanh.facts.lengthMap(1, 1, 0)];
  expect(of(tanh, 2).attenuation).toBeCloseTo(
    (Math.log(tanh.facts.chi(1, q[0])) + Math.log(tanh.facts.chi(1, q[1]))) / 2,
    10,
  );
  expect(of(tanh, 2).q).toBeCloseTo(q[1], 10);
  expect(of(sigmoid, 3).attenuation).toBeLessThan(-2);
  expect(of(swiglu, 3).attenuation).toBeGreaterThan(1);
});

it("lets a normalisation take out what all share, at the price of gradients that grow", () => {
  const predicted = of(relu, 6, { normalized: true });
  expect(predicted.attenuation).toBeCloseTo(3 * Math.log(Math.PI / (Math.PI - 1)), 8);
  expect(predicted.distinct).toBe(1);
  // Its pre-activations are N(0, 1), whatever the weights.
  const behind = of(elu, 2, { normalized: true });
  expect(behind.saturated).toBe(lawOf(elu).saturated(1));
  expect(behind.straight).toBeCloseTo(lawOf(elu).straight(1) ** 2, 12);
});

it("lets a shortcut carry signal and gradient past its layer", () => {
  const predicted = of(sigmoid, 3, { residual: true });
  expect(predicted.attenuation).toBe(0);
  expect(predicted.distinct).toBe(1);
  expect(predicted.straight).toBeLessThan(1);
  expect(predicted.chi).toBe(1);
});

it("tells no inputs apart where all of them become one, to rounding", () => {
  expect(of(sigmoid, 21)).toMatchObject({ correlation: 1, distinct: 0 });
});

it("bends more with each layer", () => {
  expect(of(elu, 3).straight).toBeLessThan(of(elu, 2).straight);
  expect(of(elu, 2).straight).toBeLessThan(1);
});
