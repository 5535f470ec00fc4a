import {
  defineActivation,
  elu,
  gt,
  hardtanh,
  prelu,
  relu,
  relu6,
  sigmoid,
  tanh,
  tensor,
  where,
} from "@isograd/autograd";
import { expect, it } from "vitest";
import { factsOf, healthyShare, saturatedSides } from "../../src/flow/flatness.ts";

it.each([
  ["half of a ReLU layer is flat", relu, 0.5],
  ["hard tanh beyond ±1", hardtanh, 2 * 0.158655],
  ["ReLU6 below 0 and above 6", relu6, 0.5],
  ["tanh nowhere", tanh, 0],
])("dead: %s", (_, { facts }, share) => {
  expect(healthyShare(facts.flat)).toBeCloseTo(share, 5);
});

it("saturated: where the slope is below a tenth of the largest", () => {
  // sech² x = 0.1 at x = 1.8184; σ(x) (1 - σ(x)) = 0.025 at x = 3.6369.
  expect(saturatedSides(tanh.facts).above).toBeCloseTo(1.81845, 4);
  expect(saturatedSides(sigmoid.facts).below).toBeCloseTo(-3.63689, 4);
  expect(healthyShare(saturatedSides(tanh.facts))).toBeCloseTo(2 * 0.034498, 4);
});

it("a function that saturates on one side may have half of its units there, at any size of the signal", () => {
  expect(saturatedSides(elu.facts)).toMatchObject({ above: null });
  expect(healthyShare(saturatedSides(elu.facts))).toBe(0.5);
});

it("a function that jumps has no slope to compare with", () => {
  const step = defineActivation({ name: "step", f: (x) => where(gt(x, 0), 1, 0) });
  expect(healthyShare(saturatedSides(step.facts))).toBe(0);
});

it("what is learnt counts as it is now", () => {
  const use = (slope: number[]) => ({
    place: "",
    activation: prelu,
    inputs: [tensor([1]), tensor(slope)],
    output: tensor([1]),
    contraction: null,
    cotangent: null,
  });
  expect(healthyShare(factsOf(use([0.25])).flat)).toBe(0);
  expect(healthyShare(factsOf(use([0, 0])).flat)).toBe(0.5);
});
