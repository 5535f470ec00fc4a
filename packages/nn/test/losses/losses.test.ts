import { fromData, Generator, randn, type Tensor, tensor, zeros } from "@isograd/autograd";
import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  cosineEmbeddingLoss,
  crossEntropy,
  gaussianNllLoss,
  huberLoss,
  mseLoss,
  multilabelMarginLoss,
  multilabelSoftMarginLoss,
  multiMarginLoss,
  nllLoss,
  smoothL1Loss,
  tripletMarginLoss,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";

const logits = () => randn(new Generator(1), [4, 3], "f64");
const labels = (...classes: number[]): Tensor => fromData(Int32Array.from(classes), [classes.length]);

function messageOf(refused: () => unknown): string {
  try {
    refused();
  } catch (error) {
    return String(error);
  }
  return "accepted";
}

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
      `[ShapeError: crossEntropy: expected a class label for each row, got [4, 3] and [2]]`,
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
      `[ShapeError: crossEntropy: expected scores [batch, classes, ...] or [classes], got [] and []]`,
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

  it("is an option out of range", () => {
    const [x, y] = [zeros([2, 3]), zeros([2, 3])];
    const refused = [
      () => smoothL1Loss(x, y, { beta: -1 }),
      () => huberLoss(x, y, { delta: 0 }),
      () => crossEntropy(x, labels(0, 1), { labelSmoothing: 1.5 }),
      () => crossEntropy(x, y, { ignoreIndex: 1 }),
      () => multiMarginLoss(x, labels(0, 1), { p: 3 as never }),
      () => gaussianNllLoss(x, y, tensor([-1, 1])),
      () => cosineEmbeddingLoss(x, y, labels(1, 0)),
    ];
    expect(refused.map(messageOf)).toMatchInlineSnapshot(`
      [
        "ArgumentError: smoothL1Loss: expected a beta that is not negative, got -1",
        "ArgumentError: huberLoss: expected a positive delta, got 0",
        "ArgumentError: crossEntropy: expected a label smoothing within [0, 1], got 1.5",
        "ArgumentError: crossEntropy: expected no ignoreIndex with probabilities, got 1",
        "ArgumentError: multiMarginLoss: expected the power 1 or 2, got 3",
        "ArgumentError: gaussianNllLoss: expected variances that are not negative, got -1",
        "ArgumentError: cosineEmbeddingLoss: expected labels 1 and -1, got 0",
      ]
    `);
  });

  it("is a weight or a target that does not fit", () => {
    const [x, y] = [zeros([2, 3]), zeros([2, 3])];
    const refused = [
      () => nllLoss(x, labels(0, 1), { weight: zeros([2]) }),
      () => binaryCrossEntropy(x, y, { weight: zeros([2, 2, 3]) }),
      () => binaryCrossEntropyWithLogits(x, y, { posWeight: zeros([2]) }),
      () => gaussianNllLoss(x, y, zeros([3])),
      () => gaussianNllLoss(zeros([3]), zeros([2, 3]), zeros([3])),
      () => multiMarginLoss(x, labels(0)),
      () => multiMarginLoss(zeros([1, 2, 3]), labels(0)),
      () => multilabelMarginLoss(x, labels(0, 1, 2)),
      () =>
        multilabelMarginLoss(
          x,
          tensor(
            [
              [0, 1, -2],
              [0, 0, 0],
            ],
            { dtype: "i32" },
          ),
        ),
      () => multilabelSoftMarginLoss(tensor(1), tensor(1)),
      () => cosineEmbeddingLoss(x, y, labels(1)),
      () => tripletMarginLoss(x, y, zeros([3])),
    ];
    expect(refused.map(messageOf)).toMatchInlineSnapshot(`
      [
        "ShapeError: nllLoss: expected a weight for each class, got [2, 3] and [2]",
        "ShapeError: binaryCrossEntropy: expected weights that broadcast to the losses, got [2, 3] and [2, 2, 3]",
        "ShapeError: binaryCrossEntropyWithLogits: expected shapes that broadcast (equal extents, or 1, from the last axis), got [2, 3] and [2]",
        "ShapeError: gaussianNllLoss: expected variances of the shape of the means, or one for all of the last axis, got [2, 3] and [3]",
        "ShapeError: gaussianNllLoss: expected targets that broadcast to the losses, got [3] and [2, 3]",
        "ShapeError: multiMarginLoss: expected a class label for each row, got [2, 3] and [1]",
        "ShapeError: multiMarginLoss: expected [batch, classes] or [classes], got [1, 2, 3]",
        "ShapeError: multilabelMarginLoss: expected targets of the shape of the scores, got [2, 3] and [3]",
        "ArgumentError: multilabelMarginLoss: expected class labels from 0 to 2, row 0 differs, got -2",
        "ShapeError: multilabelSoftMarginLoss: expected scores [..., classes], got []",
        "ShapeError: cosineEmbeddingLoss: expected a label for each pair of vectors, got [2, 3] and [1]",
        "ShapeError: tripletMarginLoss: expected outputs and targets of the same shape, got [2, 3] and [3]",
      ]
    `);
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
