import { expect, it } from "vitest";
import { flowCauses } from "../../src/detectors/flow-causes.ts";
import type { FlowStep } from "../../src/flow/profile.ts";

const step = (parts: Partial<FlowStep>): FlowStep => ({
  from: "b",
  to: "a",
  total: 0,
  weights: Math.log(2),
  activation: -Math.log(2),
  alignment: 0,
  bypass: 0,
  weightVariance: 2,
  criticalWeightVariance: 2,
  ...parts,
});

const partsOf = (steps: FlowStep[], exploding: boolean) =>
  flowCauses(steps, exploding, false).map(({ part }) => part);

it("weights and slopes are compared with what they are at criticality, not with 1", () => {
  expect(partsOf([step({})], true)).toEqual([]);
  expect(partsOf([step({})], false)).toEqual([]);
});

it("names what pushes in the direction of the fault, the largest first", () => {
  const steps = [step({ weights: Math.log(4), bypass: 1, alignment: -0.5 })];
  expect(partsOf(steps, true)).toEqual(["operation", "weights"]);
  expect(partsOf(steps, false)).toEqual(["alignment"]);
});

it("leaves out what is little beside the largest", () => {
  const steps = (alignment: number): FlowStep[] => [step({ weights: Math.log(2) + 1, alignment })];
  expect(partsOf(steps(0.11), true)).toEqual(["weights", "alignment"]);
  expect(partsOf(steps(0.09), true)).toEqual(["weights"]);
});

it("leaves out what is negligible, and steps through which nothing passes", () => {
  expect(
    partsOf([step({ bypass: 0.04 }), step({ total: Number.NEGATIVE_INFINITY, bypass: 9 })], true),
  ).toEqual([]);
});

it("puts the architecture first where it is at fault", () => {
  const [first] = flowCauses([step({ bypass: 0.4 })], true, true);
  expect(first.explanation).toMatchInlineSnapshot(
    `"networks of this architecture with critical weights explode as well: 1 steps are more than it bears, whatever the initialisation"`,
  );
});
