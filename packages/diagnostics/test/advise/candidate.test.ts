import {
  defineActivation,
  Generator,
  geglu,
  gelu,
  log,
  mul,
  randn,
  relu,
  selu,
  sigmoid,
  square,
  swiglu,
  tanh,
} from "@isograd/autograd";
import { expect, it } from "vitest";
import { adviceCandidates, fittingVariance, inputsPerUnit, isGate } from "../../src/advise/candidate.ts";
import { meanOf } from "../../src/statistics.ts";

it("knows gates by what they hold, and how much they take", () => {
  expect(adviceCandidates.filter(isGate).map(({ name }) => name)).toEqual(["glu", "geglu", "swiglu"]);
  expect(inputsPerUnit(swiglu)).toBe(2);
  expect(inputsPerUnit(gelu)).toBe(1);
});

it.each([
  [relu, 2],
  [tanh, 1],
  [selu, 1],
  // No weights are critical: those that keep the signal.
  [sigmoid, sigmoid.facts.gain ** 2],
] as const)("gives $name the weights that it can live with", (activation, variance) => {
  expect(fittingVariance(activation)).toBeCloseTo(variance, 10);
});

it("gives a gate weights that keep the mean square of the first layer", () => {
  const variance = fittingVariance(geglu);
  const output = geglu(mul(randn(new Generator(1), [40_000, 2], "f64"), Math.sqrt(variance)));
  expect(Math.abs(meanOf(square(output).values()) - 1)).toBeLessThan(0.1);
  expect(variance * geglu.activation.facts.lengthMap(variance, 1, 0)).toBeCloseTo(1, 10);
});

it("takes 1 where nothing is known of it", () => {
  expect(fittingVariance(defineActivation({ name: "logarithm", f: (x) => log(x) }))).toBe(1);
});
