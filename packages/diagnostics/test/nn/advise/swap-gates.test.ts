import { Generator, relu, sigmoid, swiglu, tensor, zeros } from "@isograd/autograd";
import { ActivationLayer, BatchNorm1d, Linear, nextGenerator, Sequential, setSeed } from "@isograd/nn";
import { expect, it } from "vitest";
import { swapGates } from "../../../src/nn/advise/swap-gates.ts";

const generator = new Generator(0);
const linear = (inFeatures: number, outFeatures: number): Linear =>
  new Linear({ inFeatures, outFeatures, generator });

it("widens what stands in front, and leaves what follows and the output alone", () => {
  const model = new Sequential([
    new Sequential([linear(3, 8), new ActivationLayer(relu)]),
    linear(8, 8),
    relu,
    linear(8, 2),
    new ActivationLayer(sigmoid),
  ]);
  expect(swapGates(model, swiglu)).toBe(2);
  expect(model.call(zeros([5, 3])).shape).toEqual([5, 2]);
  expect(model.parameters().map(({ shape }) => shape)).toEqual([[16, 3], [16], [16, 8], [16], [2, 8], [2]]);
  const [, , , , output] = model.layers;
  expect((output as ActivationLayer).activation).toBe(sigmoid);
  expect(model.call(tensor([[1, 2, 3]])).toArray()).not.toEqual(model.call(tensor([[3, 1, 2]])).toArray());
});

it("says where a gate does not fit", () => {
  const model = new Sequential([
    linear(3, 8),
    new BatchNorm1d({ numFeatures: 8 }),
    new ActivationLayer(relu),
    linear(8, 2),
  ]);
  expect(() => swapGates(model, swiglu)).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: swapGates: expected a Linear directly in front of each activation, for swiglu needs it twice as wide, got "1 of 1 without"]`,
  );
});

it("draws from nothing that others draw from", () => {
  const nextAfter = (before: () => void): number => {
    setSeed(5);
    before();
    return nextGenerator().normal();
  };
  const model = new Sequential([linear(3, 8), new ActivationLayer(relu), linear(8, 2)]);
  expect(nextAfter(() => swapGates(model, swiglu))).toBe(nextAfter(() => {}));
});
