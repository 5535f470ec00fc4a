import { expect, it } from "vitest";
import { flowCauses } from "../../src/detectors/flow-causes.ts";
import type { FlowPart, FlowStep } from "../../src/flow/profile.ts";

const step = (parts: Partial<FlowStep>): FlowStep => ({
  from: "b",
  to: "a",
  total: 0,
  weights: Math.log(2),
  activation: -Math.log(2),
  alignment: 0,
  between: [],
  weightVariance: 2,
  criticalWeightVariance: 2,
  ...parts,
});

const between = (kind: FlowPart["kind"], log: number, name = "normalize") => ({
  between: [{ kind, name, place: "", log }],
});

const partsOf = (steps: FlowStep[], exploding: boolean) =>
  flowCauses(steps, exploding, false).map(({ part }) => part);

it("weights and slopes are compared with what they are at criticality, not with 1", () => {
  expect(partsOf([step({})], true)).toEqual([]);
  expect(partsOf([step({})], false)).toEqual([]);
});

it("names what pushes in the direction of the fault, the largest first", () => {
  const steps = [step({ weights: Math.log(4), ...between("operation", 1), alignment: -0.5 })];
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
    partsOf(
      [
        step(between("operation", 0.04)),
        step({ total: Number.NEGATIVE_INFINITY, ...between("operation", 9) }),
      ],
      true,
    ),
  ).toEqual([]);
  expect(partsOf([step(between("operation", Number.NEGATIVE_INFINITY))], false)).toEqual([]);
  expect(partsOf([step(between("operation", 0.06))], true)).toEqual(["operation"]);
});

it("puts the architecture first where it is at fault", () => {
  const [first] = flowCauses([step(between("operation", 0.4))], true, true);
  expect(first.explanation).toMatchInlineSnapshot(
    `"networks of this architecture with critical weights explode as well: 1 steps are more than it bears, whatever the initialisation"`,
  );
});

it("tells a shortcut from operations, and names these", () => {
  const [operation, residual] = flowCauses(
    [
      step({ between: [...between("operation", 1).between, ...between("residual", 0.5).between] }),
      step({
        between: [...between("overlap", 2, "convolution").between, ...between("operation", 0.2).between],
      }),
    ],
    true,
    false,
  );
  expect([operation.part, residual.part]).toEqual(["operation", "residual"]);
  expect([operation.logShare, residual.logShare]).toEqual([1.6, 0.25]);
  expect(operation.explanation).toMatchInlineSnapshot(
    `"what lies between the layers besides weights and activation multiplies |gradient|² a layer: the windows of convolution by 2.72, normalize by 1.82"`,
  );
  expect(residual.explanation).toMatchInlineSnapshot(
    `"what joins from other ways, such as a shortcut, multiplies |gradient|² by 1.28 a layer"`,
  );
});

it("explains with the numbers of the steps", () => {
  const [weights] = flowCauses(
    [step({ weights: Math.log(8), weightVariance: 8 }), step({ weights: Math.log(2), weightVariance: 2 })],
    true,
    false,
  );
  expect(weights.logShare).toBeCloseTo(Math.log(2), 12);
  expect(weights.explanation).toMatchInlineSnapshot(
    `"the weights have fanIn · variance = 4 where 2 keeps the gradient: they are 1.41 times as large as they should be, which multiplies |gradient|² by 2 a layer"`,
  );
  const [activation] = flowCauses([step({ activation: -2 })], false, false);
  expect(activation.explanation).toMatchInlineSnapshot(
    `"the activation's slope multiplies |gradient|² by 0.135 a layer, and its units lie where the slope is not the one its weights were made for"`,
  );
  const hopeless = step({ activation: -2, weights: 0, criticalWeightVariance: null });
  expect(flowCauses([hopeless], false, false)[0].explanation).toMatchInlineSnapshot(
    `"the activation's slope multiplies |gradient|² by 0.135 a layer, and no weights that a network can train with make up for it"`,
  );
  const many = step({
    between: [1, 2, 3, 4].flatMap((log) => between("operation", log, `op${log}`).between),
  });
  expect(flowCauses([many], true, false)[0].explanation).toMatchInlineSnapshot(
    `"what lies between the layers besides weights and activation multiplies |gradient|² a layer: op4 by 54.6, op3 by 20.1, op2 by 7.39"`,
  );
});
