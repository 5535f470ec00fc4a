import { assertGradients, fromData, Generator, randn, type Tensor, tensor, zeros } from "@isograd/autograd";
import { binaryCrossEntropyWithLogits, crossEntropy, mseLoss } from "@isograd/nn";
import { describe, expect, it } from "vitest";

const logits = () => randn(new Generator(1), [4, 3], "f64");
const labels = (...classes: number[]): Tensor => fromData(Int32Array.from(classes), [classes.length]);

describe("gradients", () => {
  it("are right, of every order checked", () => {
    const other = randn(new Generator(2), [4, 3], "f64");
    assertGradients(([x, y]: Tensor[]) => mseLoss(x, y), [logits(), other]);
    assertGradients((x: Tensor) => crossEntropy(x, labels(0, 2, 1, 2)), logits());
    assertGradients((x: Tensor) => crossEntropy(x, other), logits());
    assertGradients(([x, y]: Tensor[]) => binaryCrossEntropyWithLogits(x, y), [logits(), other]);
  });
});

describe("bad input", () => {
  it("names the first row whose label is no class", () => {
    expect(() => crossEntropy(logits(), labels(0, 3, 1, -1))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: crossEntropy: expected class labels from 0 to 2, row 1 differs, got 3]`,
    );
    expect(() => crossEntropy(logits(), labels(0, 2, 1, -1))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: crossEntropy: expected class labels from 0 to 2, row 3 differs, got -1]`,
    );
    const images = randn(new Generator(1), [2, 3, 2]);
    expect(() =>
      crossEntropy(
        images,
        tensor(
          [
            [0, 1],
            [2, 9],
          ],
          { dtype: "i32" },
        ),
      ),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: crossEntropy: expected class labels from 0 to 2, row 1 differs, got 9]`,
    );
  });

  it("is told by shape and element type", () => {
    expect(() => crossEntropy(logits(), labels(0, 1))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: crossEntropy: expected a class label for each row of logits, got [4, 3] and [2]]`,
    );
    expect(() => crossEntropy(logits(), tensor([0, 1, 2, 0]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: crossEntropy: expected probabilities of the shape of the logits, got [4, 3] and [4]]`,
    );
    expect(() =>
      crossEntropy(logits(), tensor([true, false, true, true])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: crossEntropy: expected class labels of i32, or probabilities of reals, got bool]`,
    );
    expect(() => crossEntropy(tensor(1), tensor(1))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: crossEntropy: expected logits [batch, classes, ...] or [classes], got [] and []]`,
    );
    // Broadcasting would give a number, and a wrong one.
    expect(() => mseLoss(zeros([4, 1]), zeros([4]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: mseLoss: expected outputs and targets of the same shape, got [4, 1] and [4]]`,
    );
    expect(() => binaryCrossEntropyWithLogits(zeros([4, 1]), zeros([4]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: binaryCrossEntropyWithLogits: expected outputs and targets of the same shape, got [4, 1] and [4]]`,
    );
  });

  it.each(["mean", "sum", "none"] as const)("is an empty batch, reduction %s", (reduction) => {
    expect(() => crossEntropy(zeros([0, 3]), labels(), { reduction })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: crossEntropy: expected a batch that is not empty, got [0, 3]]`,
    );
    expect(() => mseLoss(zeros([0, 3]), zeros([0, 3]), { reduction })).toThrow(
      /expected a batch that is not empty/,
    );
    expect(() => binaryCrossEntropyWithLogits(zeros([0]), zeros([0]), { reduction })).toThrow(
      /expected a batch that is not empty/,
    );
  });

  it("is an unknown reduction", () => {
    expect(() =>
      mseLoss(zeros([1]), zeros([1]), { reduction: "average" as never }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: mseLoss: expected the reduction mean, sum or none, got "average"]`,
    );
  });
});

describe("NaN", () => {
  it("passes through", () => {
    expect(mseLoss(tensor([Number.NaN, 1]), tensor([1, 1])).item()).toBeNaN();
    expect(crossEntropy(tensor([[Number.NaN, 1]]), labels(1)).item()).toBeNaN();
    expect(binaryCrossEntropyWithLogits(tensor([Number.NaN]), tensor([1])).item()).toBeNaN();
  });
});
