import {
  conv2d,
  defineActivation,
  full,
  log,
  matmul,
  mul,
  normalTail,
  parameter,
  relu,
  sigmoid,
  sum,
  type Tensor,
  tanh,
  tensor,
} from "@isograd/autograd";
import type { UnitReport } from "@isograd/diagnostics";
import { describe, expect, it } from "vitest";
import { reportUnits } from "../../src/detectors/unit-report.ts";
import { trace } from "../../src/trace/trace.ts";

/** What the first activation of a function makes of its inputs. */
function reportOf(model: (x: Tensor) => Tensor, inputs: Tensor): UnitReport {
  const { activations } = trace({ model, batch: { inputs, targets: tensor(0) }, loss: (y) => sum(y) });
  return reportUnits(activations[0]);
}

const one = parameter(1);

describe("without a layer in front", () => {
  it.each([
    ["a number is one unit", tensor(-1), { units: 1, examples: 1, dead: 1 }],
    ["of a row each number is", tensor([-1, 1, -1]), { units: 3, examples: 1, dead: 2 }],
  ])("%s", (_, inputs, counts) => {
    expect(reportOf((x) => relu(mul(x, one)), inputs)).toMatchObject(counts);
  });
});

it("channels of images are units, and what a product makes last", () => {
  const weights = [1, -1, -1];
  const ones = (...shape: number[]): Tensor => full(shape, 1);
  const kernels = parameter(weights, { shape: [3, 1, 1, 1] });
  expect(reportOf((x) => relu(conv2d(x, kernels)), ones(2, 1, 2, 3))).toMatchObject({
    ...{ place: "convolution 1", activation: "relu", units: 3, examples: 12, dead: 2 },
  });
  const row = parameter([weights]);
  expect(reportOf((x) => relu(matmul(x, row)), ones(2, 3, 2, 1))).toMatchObject({
    ...{ place: "matmul 1", units: 3, examples: 12, dead: 2 },
  });
  // One example that is not flat is enough to live.
  const inputs = tensor([[-1, 1, -1]]);
  expect(reportOf((x) => relu(matmul(x, parameter([[-1], [1], [-1]]))), inputs)).toMatchObject({ dead: 0 });
});

it.each([
  [[1.83, -1.83, 0], 1],
  [[1.81, -1.81, 0], 0],
  [[1.83, 0, -1.83, 0], 0],
])(
  "a unit is saturated where tanh has less than a tenth of its slope on more than half of %j: %i",
  (values, saturated) => {
    const inputs = tensor(values.map((value) => [value]));
    const report = reportOf((x) => tanh(matmul(x, parameter([[1]]))), inputs);
    expect(report).toMatchObject({ units: 1, saturated, dead: 0, expectedDead: 0 });
    // sech² 1.8184 is a tenth.
    expect(report.expectedSaturated).toBeCloseTo(2 * normalTail(1.8184464592), 9);
  },
);

it.each([
  [tanh, 1 / Math.cosh(2) ** 2],
  [sigmoid, 1 / Math.cosh(1) ** 2],
])("what passes %o is counted in its largest slope: at 2 as a share of that at 0", (activation, share) => {
  const weight = parameter([[1, 1]]);
  const { passed } = reportOf((x) => activation(matmul(x, weight)), tensor([[2], [-2]]));
  expect(passed).toBeCloseTo(share, 6);
});

it("anything is to be expected of a function whose facts are not known", () => {
  const logarithm = defineActivation({ name: "logarithm of units", f: (x) => log(x) });
  expect(reportOf((x) => logarithm(mul(x, one)), tensor([[1, 2]]))).toMatchObject({
    ...{ dead: 0, saturated: 0, expectedDead: 1, expectedSaturated: 1, passed: Number.NaN },
  });
});
