import {
  checkOpContract,
  describeContract,
  Generator,
  type OpContractOptions,
  rand,
  type Tensor,
  tensor,
} from "@isograd/autograd";
import * as nn from "@isograd/nn";
import { describe, expect, it } from "vitest";

let seed = 0;
const numbers = (shape: readonly number[], low = -2, high = 2): Tensor =>
  rand(new Generator(++seed), shape, low, high, "f64");
const probabilities = (shape: readonly number[]): Tensor => numbers(shape, 0.05, 0.95);
const whole = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "i32" });

type Loss = (...inputs: readonly Tensor[]) => Tensor;

interface Entry extends OpContractOptions {
  /** For each way to call the loss the operands. */
  readonly samples: readonly { readonly call: Loss; readonly inputs: readonly Tensor[] }[];
}

/** The losses of one pair of operands under each reduction. */
const pair = (loss: (a: Tensor, b: Tensor, options: nn.LossOptions) => Tensor, a: Tensor, b: Tensor) =>
  (["mean", "sum", "none"] as const).map((reduction) => ({
    call: (x: Tensor, y: Tensor) => loss(x, y, { reduction }),
    inputs: [a, b],
  }));

const one = (call: Loss, ...inputs: Tensor[]) => ({ call, inputs });

const matrix = () => numbers([2, 3]);
const weight = tensor([0.5, 2, 1.25], { dtype: "f64" });

const table: Readonly<Record<string, Entry>> = {
  mseLoss: { samples: pair(nn.mseLoss, matrix(), matrix()) },
  l1Loss: { samples: pair(nn.l1Loss, matrix(), matrix()) },
  smoothL1Loss: { samples: [one((x, y) => nn.smoothL1Loss(x, y, { beta: 0.7 }), matrix(), matrix())] },
  huberLoss: { samples: [one((x, y) => nn.huberLoss(x, y, { delta: 0.7 }), matrix(), matrix())] },
  crossEntropy: {
    samples: [
      one((x, y) => nn.crossEntropy(x, y), matrix(), whole([2, 0])),
      one((x, y) => nn.crossEntropy(x, y), matrix(), probabilities([2, 3])),
      one(
        (x, y, w) => nn.crossEntropy(x, y, { weight: w, labelSmoothing: 0.2, ignoreIndex: 1 }),
        numbers([2, 3, 2]),
        whole([
          [2, 1],
          [0, 2],
        ]),
        weight,
      ),
      one(
        (x, y, w) => nn.crossEntropy(x, y, { weight: w, labelSmoothing: 0.2, reduction: "none" }),
        matrix(),
        probabilities([2, 3]),
        weight,
      ),
    ],
    drops: true,
    loses: 4,
  },
  nllLoss: {
    samples: [
      one((x, y, w) => nn.nllLoss(x, y, { weight: w }), numbers([3, 3]), whole([2, 0, -100]), weight),
      one((x, y) => nn.nllLoss(x, y, { reduction: "none" }), numbers([3]), whole(1)),
    ],
    drops: true,
  },
  binaryCrossEntropy: {
    samples: [
      ...pair(nn.binaryCrossEntropy, probabilities([2, 3]), probabilities([2, 3])),
      one(
        (x, y, w) => nn.binaryCrossEntropy(x, y, { weight: w }),
        probabilities([2, 3]),
        probabilities([2, 3]),
        weight,
      ),
    ],
    loses: 4,
  },
  binaryCrossEntropyWithLogits: {
    samples: [
      ...pair(nn.binaryCrossEntropyWithLogits, matrix(), probabilities([2, 3])),
      one(
        (x, y, w) => nn.binaryCrossEntropyWithLogits(x, y, { posWeight: w, reduction: "sum" }),
        matrix(),
        probabilities([2, 3]),
        weight,
      ),
    ],
  },
  klDiv: {
    samples: [
      one((x, y) => nn.klDiv(x, y, { reduction: "batchMean" }), matrix(), probabilities([2, 3])),
      one((x, y) => nn.klDiv(x, y, { logTarget: true, reduction: "none" }), matrix(), matrix()),
    ],
  },
  gaussianNllLoss: {
    samples: [
      one((x, y, v) => nn.gaussianNllLoss(x, y, v), matrix(), matrix(), numbers([2, 3], 0.5, 2)),
      one((x, y, v) => nn.gaussianNllLoss(x, y, v, { full: true }), matrix(), matrix(), numbers([2], 0.5, 2)),
    ],
    loses: 4,
  },
  poissonNllLoss: {
    samples: [
      one((x, y) => nn.poissonNllLoss(x, y), matrix(), probabilities([2, 3])),
      one(
        (x, y) => nn.poissonNllLoss(x, y, { logInput: false, full: true, reduction: "none" }),
        numbers([2, 3], 0.5, 2),
        numbers([2, 3], 1.2, 4),
      ),
    ],
    loses: 4,
  },
  hingeEmbeddingLoss: {
    samples: [
      one((x, y) => nn.hingeEmbeddingLoss(x, y, { margin: 0.3 }), numbers([5]), whole([1, -1, 1, -1, -1])),
    ],
    drops: true,
  },
  marginRankingLoss: {
    samples: [one((x, y, z) => nn.marginRankingLoss(x, y, z), matrix(), matrix(), matrix())],
  },
  softMarginLoss: { samples: pair(nn.softMarginLoss, matrix(), matrix()) },
  multilabelSoftMarginLoss: {
    samples: [
      ...pair(nn.multilabelSoftMarginLoss, matrix(), probabilities([2, 3])),
      one(
        (x, y, w) => nn.multilabelSoftMarginLoss(x, y, { weight: w }),
        matrix(),
        probabilities([2, 3]),
        weight,
      ),
    ],
  },
  multiMarginLoss: {
    samples: [
      one((x, y) => nn.multiMarginLoss(x, y), matrix(), whole([2, 0])),
      one(
        (x, y, w) => nn.multiMarginLoss(x, y, { weight: w, p: 2, reduction: "none" }),
        matrix(),
        whole([2, 0]),
        weight,
      ),
    ],
    drops: true,
  },
  multilabelMarginLoss: {
    samples: [
      one(
        (x, y) => nn.multilabelMarginLoss(x, y),
        matrix(),
        whole([
          [2, 0, -1],
          [1, -1, 2],
        ]),
      ),
    ],
  },
  cosineEmbeddingLoss: {
    samples: [
      one((x, y, z) => nn.cosineEmbeddingLoss(x, y, z, { margin: -0.9 }), matrix(), matrix(), whole([1, -1])),
    ],
    loses: 4,
  },
  tripletMarginLoss: {
    samples: [
      one((x, y, z) => nn.tripletMarginLoss(x, y, z, { margin: 5 }), matrix(), matrix(), matrix()),
      one(
        (x, y, z) => nn.tripletMarginLoss(x, y, z, { margin: 5, swap: true, p: 3 }),
        matrix(),
        matrix(),
        matrix(),
      ),
    ],
    loses: 4,
  },
  tripletMarginWithDistanceLoss: {
    samples: [
      one(
        (x, y, z) => nn.tripletMarginWithDistanceLoss(x, y, z, { margin: 5 }),
        matrix(),
        matrix(),
        matrix(),
      ),
    ],
    loses: 4,
  },
  ctcLoss: {
    samples: [
      one(
        (x, y) => nn.ctcLoss(x, y, [3, 2], [2, 1], { reduction: "none" }),
        numbers([3, 2, 2], -3, -0.2),
        whole([
          [1, 1],
          [1, 0],
        ]),
      ),
      one((x, y) => nn.ctcLoss(x, y, [2], [2]), numbers([2, 3], -3, -0.2), whole([1, 2])),
    ],
    drops: true,
    loses: 4,
  },
};

/** Operands are shaped for one another: none stretches, none is empty. */
const exempt: OpContractOptions["exempt"] = {
  broadcasting: "refused, for it hides mistakes",
  extents: "an empty batch is refused",
};

it("covers every loss", () => {
  const losses = Object.keys(nn).filter((name) => /Loss$|[eE]ntropy|Div$/.test(name));
  expect(Object.keys(table).sort()).toEqual(losses.sort());
});

describe.each(Object.entries(table))("%s", (_, { samples, ...facts }) => {
  it("obeys the laws of operations", () => {
    const report = checkOpContract(
      () => samples[0].call(...samples[0].inputs),
      samples.map(({ call, inputs }) => ({ inputs, call: (operands) => call(...operands) })),
      { exempt, ...facts },
    );
    expect(report.ok, describeContract(report)).toBe(true);
  });
});
