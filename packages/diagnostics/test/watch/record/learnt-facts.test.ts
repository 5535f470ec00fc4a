import { Generator, prelu, randn, tanh, tensor } from "@isograd/autograd";
import { expect, it } from "vitest";
import type { ActivationUse, AnyActivation } from "../../../src/trace/network.ts";
import { LearntFacts } from "../../../src/watch/record/learnt-facts.ts";

const x = randn(new Generator("facts"), [4]);
const use = (slope: number, place = "layers.1"): ActivationUse => ({
  place,
  activation: prelu as AnyActivation,
  inputs: [x, tensor([slope, slope])],
  output: x,
  contraction: null,
  cotangent: null,
});

it("works facts out anew where a layer has learnt something else, by a tenth or more", () => {
  const facts = new LearntFacts();
  const first = facts.of(use(0.5));
  expect(first.moments().meanDf2).toBeCloseTo((1 + 0.25) / 2, 10);
  expect(facts.of(use(0.54))).toBe(first);
  expect(facts.of(use(0.46))).toBe(first);
  const later = facts.of(use(0.5625));
  expect(later.moments().meanDf2).toBeCloseTo((1 + 0.5625 ** 2) / 2, 10);
  expect(facts.of(use(0.5))).not.toBe(first);
  expect(facts.of(use(Number.NaN))).not.toBe(first);
});

it("knows each layer for itself", () => {
  const facts = new LearntFacts();
  const first = facts.of(use(0.5));
  expect(facts.of(use(0.5, "layers.3"))).not.toBe(first);
  expect(facts.of(use(0.5))).toBe(first);
});

it("has nothing to remember of what learns nothing", () => {
  expect(new LearntFacts().of({ ...use(1), activation: tanh as AnyActivation, inputs: [x] })).toBe(
    tanh.facts,
  );
});
