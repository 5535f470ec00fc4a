import { fromData, ShapeError, type Tensor, tensor } from "@isograd/autograd";
import {
  averagePrecision,
  confusionMatrix,
  evaluate,
  fScore,
  type Metric,
  matthewsCorrelation,
  meanAbsoluteError,
  precision,
  r2Score,
  recall,
  rocAuc,
  rootMeanSquaredError,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";

const labels = (...values: number[]): Tensor => fromData(Int32Array.from(values), [values.length]);

async function measure(metric: Metric, outputs: Tensor, targets: Tensor): Promise<number> {
  const { value } = await evaluate((x: Tensor) => x, [{ inputs: outputs, targets }], { value: metric });
  return value;
}

it("counts anew at each evaluation", async () => {
  const metric = precision();
  expect(await measure(metric, tensor([1, 1]), labels(0, 0))).toBe(0);
  expect(await measure(metric, tensor([1, 1]), labels(1, 1))).toBe(1);
});

describe("where there is nothing to divide by", () => {
  it("calls a class that is never predicted, or never there, 0", async () => {
    expect(await measure(precision(), tensor([-1, -2]), labels(1, 1))).toBe(0);
    expect(await measure(recall(), tensor([1, 2]), labels(0, 0))).toBe(0);
    expect(await measure(matthewsCorrelation(), tensor([1, 2]), labels(1, 1))).toBe(0);
  });

  it("has no area and no share of a variance", async () => {
    expect(await measure(rocAuc(), tensor([1, 2]), labels(1, 1))).toBeNaN();
    expect(await measure(averagePrecision(), tensor([1, 2]), labels(0, 0))).toBeNaN();
    expect(await measure(r2Score(), tensor([1, 2]), tensor([3, 3]))).toBeNaN();
  });
});

it("passes NaN on, in whatever row it stands", async () => {
  expect(await measure(rocAuc(), tensor([1, Number.NaN, 2]), labels(0, 1, 1))).toBeNaN();
  expect(await measure(rootMeanSquaredError(), tensor([1, Number.NaN]), tensor([0, 1]))).toBeNaN();
});

it("explains the variance of targets far from 0 to the last digits", async () => {
  const targets = tensor([1e9, 1e9 + 1, 1e9 + 2], { dtype: "f64" });
  expect(await measure(r2Score(), tensor([1e9, 1e9 + 1, 1e9 + 1], { dtype: "f64" }), targets)).toBeCloseTo(
    0.5,
    12,
  );
});

it("takes the class that is asked for", async () => {
  const outputs = tensor([
    [3, 1, 0],
    [0, 3, 1],
    [3, 0, 1],
  ]);
  expect(await measure(precision({ average: 0 }), outputs, labels(0, 1, 2))).toBe(0.5);
  await expect(
    measure(recall({ average: 3 }), outputs, labels(0, 1, 2)),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: recall: expected one of the classes 0 to 2, got 3]`,
  );
});

it("names a metric that gives no number", async () => {
  const uncalled = r2Score as unknown as Metric;
  await expect(measure(uncalled, tensor([1]), tensor([1]))).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: evaluate: expected a metric that gives a number (one like \`r2Score()\` has to be called), got Object]`,
  );
});

it("refuses what does not fit", async () => {
  await expect(measure(rocAuc(), tensor([[1, 2]]), labels(1))).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: rocAuc: expected one score a row, got [1, 2] and [1]]`,
  );
  await expect(measure(meanAbsoluteError, tensor([1, 2]), tensor([[1], [2]]))).rejects.toThrow(ShapeError);
  expect(() => fScore({ beta: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: fScore: expected a positive beta, got 0]`,
  );
  const changing = [
    { inputs: tensor([[1, 2]]), targets: labels(1) },
    { inputs: tensor([[1, 2, 3]]), targets: labels(1) },
  ];
  await expect(
    evaluate((x: Tensor) => x, changing, { share: precision() }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: precision: expected 2 classes as in batches before, got 3]`,
  );
  expect(() => confusionMatrix(tensor([1, 2]), labels(0, 3))).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: confusionMatrix: expected a label from 0 to 1 in row 1, got 3]`,
  );
});
