import {
  ArgumentError,
  add,
  matmul,
  mul,
  parameter,
  ShapeError,
  sum,
  type Tensor,
  tensor,
  zeros,
} from "@isograd/autograd";
import { diagnose, type Loss, type Model } from "@isograd/diagnostics";
import { crossEntropy, Linear, mseLoss } from "@isograd/nn";
import { expect, it } from "vitest";
import { trace, traceCotangents } from "../../src/trace/trace.ts";

const weight = parameter([
  [1, 2],
  [3, 4],
  [5, 6],
]);
const model = (x: Tensor): Tensor => matmul(x, weight);
const inputs = tensor([
  [1, 0, 2],
  [0, 1, 1],
]);
const targets = tensor([
  [1, 1],
  [0, 0],
]);

/** The error that `diagnose` throws. */
function errorOf(change: { model?: unknown; batch?: unknown; loss?: unknown }): Error {
  const all = { model, batch: { inputs, targets }, loss: mseLoss, ...change };
  try {
    diagnose(all.model as Model, all.batch as never, all.loss as Loss);
  } catch (error) {
    return error as Error;
  }
  throw new Error("expected an error");
}

it.each([
  ["an empty batch", { batch: { inputs: zeros([0, 3]), targets } }, ShapeError],
  ["no batch", { batch: undefined }, ArgumentError],
  ["inputs that are no tensor", { batch: { inputs: [1, 2, 3], targets } }, ArgumentError],
  ["a model that is none", { model: {} }, ArgumentError],
  ["a loss that is none", { loss: "mse" }, ArgumentError],
  [
    "a model without parameters",
    { model: (x: Tensor) => mul(x, 2), loss: (y: Tensor) => sum(y) },
    ArgumentError,
  ],
  ["a model that returns no tensor", { model: () => [1, 2] }, ArgumentError],
  ["a loss that returns no tensor", { loss: () => 3 }, ArgumentError],
  ["a loss with several elements", { loss: (y: Tensor) => y }, ShapeError],
  ["targets of another length", { batch: { inputs, targets: tensor([0, 1, 1]) } }, ShapeError],
  [
    "labels of another length",
    { batch: { inputs, targets: tensor(Int32Array.of(0, 1, 1)) }, loss: crossEntropy },
    ShapeError,
  ],
  [
    "inputs that the model does not take",
    { model: new Linear({ inFeatures: 4, outFeatures: 2 }) },
    ShapeError,
  ],
])("diagnose refuses %s, naming itself", (_, change, kind) => {
  const error = errorOf(change);
  expect(error).toBeInstanceOf(kind);
  expect(error.message).toMatch(/^diagnose: /);
});

it("says what came", () => {
  expect(errorOf({ model: Linear }).message).toContain(
    'diagnose: expected a model: a function of the inputs, or a module, got "class Linear"',
  );
  expect(errorOf({ batch: mseLoss, loss: { inputs, targets } }).message).toContain(
    'diagnose: expected a batch { inputs, targets } of tensors, got "function mseLoss"',
  );
  expect(errorOf({ model: () => [1, 2] }).message).toMatchInlineSnapshot(
    `"diagnose: expected a model that returns a tensor, got [1, 2]"`,
  );
  expect(errorOf({ loss: (y: Tensor) => y }).message).toMatchInlineSnapshot(
    `"diagnose: expected a loss of one element, got [2, 2]"`,
  );
  expect(errorOf({ batch: { inputs: zeros([0, 3]), targets } }).message).toMatchInlineSnapshot(
    `"diagnose: expected a batch with examples, got [0, 3]"`,
  );
  expect(errorOf({ batch: { inputs, targets: tensor([0, 1, 1]) } }).message).toMatchInlineSnapshot(
    `"diagnose: the loss failed on this batch: mseLoss: expected outputs and targets of the same shape, got [2, 2] and [3]"`,
  );
});

it("does not rename errors that are not isograd's own", () => {
  const failing = (): Tensor => {
    throw new RangeError("mine");
  };
  expect(() => trace({ model: failing, batch: { inputs, targets }, loss: mseLoss })).toThrow(/^mine$/);
});

it("brings loss, gradients and cotangents, and touches no grad", () => {
  const { loss, leaves, contractions } = trace({ model, batch: { inputs, targets }, loss: mseLoss });
  expect(loss).toBeCloseTo((100 + 169 + 64 + 100) / 4, 4);
  expect(leaves.map(({ tensor: leaf }) => leaf)).toEqual([weight]);
  expect(weight.grad).toBe(null);
  // d mse / d output = (output - target) / 2
  expect(contractions[0].cotangent?.toArray()).toEqual([
    [5, 6.5],
    [4, 5],
  ]);
});

it("brings the same cotangents without leaf gradients", () => {
  const second = parameter([
    [1, -1],
    [0.5, 2],
  ]);
  const subject = {
    model: (x: Tensor) => matmul(matmul(x, weight), second),
    batch: { inputs, targets },
    loss: mseLoss,
  };
  const full = trace(subject).contractions.map(({ cotangent }) => cotangent?.toArray());
  expect(traceCotangents(subject, 0).map(({ cotangent }) => cotangent?.toArray())).toEqual(full);
  expect(traceCotangents(subject, 1).map(({ cotangent }) => cotangent?.toArray())).toEqual([
    undefined,
    full[1],
  ]);
  expect(traceCotangents(subject, 7)).toEqual([]);
});

it("leaves alone what the model computed outside, before", () => {
  const product = mul(weight, 2);
  const shared = (x: Tensor): Tensor => add(matmul(x, product), 1);
  const subject = { model: shared, batch: { inputs, targets }, loss: mseLoss };
  trace(subject);
  expect(() => trace(subject)).not.toThrow();
});
