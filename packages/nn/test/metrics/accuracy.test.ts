import { fromData, type Tensor, tensor } from "@isograd/autograd";
import { accuracy, binaryAccuracy, topAccuracy } from "@isograd/nn";
import { describe, expect, it } from "vitest";

const labels = (...values: number[]): Tensor => fromData(Int32Array.from(values), [values.length]);

describe("accuracy", () => {
  const outputs = tensor([
    [1, 3],
    [2, 0],
    [5, 4],
  ]);

  it("counts rows whose largest output is the target's class", () => {
    expect(accuracy(outputs, labels(1, 1, 0))).toBeCloseTo(2 / 3, 12);
    const probabilities = tensor([
      [0, 1],
      [1, 0],
      [1, 0],
    ]);
    expect(accuracy(outputs, probabilities)).toBe(1);
  });

  it("refuses what does not fit", () => {
    expect(() => accuracy(outputs, labels(1, 1))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: accuracy: expected outputs [batch, classes] and labels [batch], got [3, 2] and [2]]`,
    );
    expect(() => accuracy(tensor([]), labels())).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: accuracy: expected a batch that is not empty, got [0]]`,
    );
    expect(() => accuracy(outputs, labels(0, 1, 2))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: accuracy: expected a label from 0 to 1 in row 2, got 2]`,
    );
    expect(() => accuracy(outputs, tensor([0, 1, 0.5]))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: accuracy: expected a label from 0 to 1 in row 2, got 0.5]`,
    );
  });
});

it("takes the threshold itself for class 1", () => {
  const outputs = tensor([0.25, 0.5, 0.75]);
  expect(binaryAccuracy({ threshold: 0.5 })(outputs, labels(0, 1, 1))).toBe(1);
  expect(binaryAccuracy()(outputs, labels(0, 1, 1))).toBeCloseTo(2 / 3, 12);
  expect(binaryAccuracy()(tensor([[-1], [2]]), tensor([[0], [1]]))).toBe(1);
});

it("wants as many classes as count among the largest", () => {
  expect(() => topAccuracy(3)(tensor([[1, 2]]), labels(0))).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: topAccuracy: expected at most as many as the 2 classes, got 3]`,
  );
  expect(() => topAccuracy(0)).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: topAccuracy: expected count to be a whole number from 1 on, got 0]`,
  );
  expect(() => topAccuracy(1)(tensor([1, 2]), labels(0, 1))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: topAccuracy: expected outputs [batch, classes], got [2]]`,
  );
});
