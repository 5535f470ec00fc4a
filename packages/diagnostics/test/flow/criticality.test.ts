import {
  defineActivation,
  elu,
  gelu,
  hardtanh,
  leakyRelu,
  log,
  relu,
  selu,
  sigmoid,
  silu,
  softplus,
  tanh,
} from "@isograd/autograd";
import { expect, it } from "vitest";
import { criticalWeights } from "../../src/flow/criticality.ts";

it.each([
  ["linear", null, 1],
  ["ReLU: He's", relu, 2],
  ["leaky ReLU: 2/(1 + slope²)", leakyRelu, 2 / (1 + 0.01 ** 2)],
  ["tanh", tanh, 1],
  ["hard tanh", hardtanh, 1],
  ["SELU: LeCun's", selu, 1],
  ["GELU: 1/E φ²", gelu, 1 / 0.42521],
  ["SiLU: 1/E φ²", silu, 1 / 0.35579],
  ["ELU: 1/E φ²", elu, 1 / 0.64494],
])("%s", (_, activation, weightVariance) => {
  expect(criticalWeights(activation)?.weightVariance).toBeCloseTo(weightVariance, 3);
});

it.each([
  ["sigmoid: the only critical point is saturated", sigmoid],
  ["softplus has none", softplus],
  ["a function that is not defined everywhere", defineActivation({ name: "log", f: (x) => log(x) })],
])("none: %s", (_, activation) => {
  expect(criticalWeights(activation)).toBe(null);
});
