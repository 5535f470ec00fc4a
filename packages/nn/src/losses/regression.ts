import {
  ArgumentError,
  abs,
  defineElementwise,
  div,
  le,
  lt,
  mul,
  type Scalar,
  square,
  sub,
  type Tensor,
  where,
} from "@isograd/autograd";
import { checkPair } from "./checks.ts";
import { type LossOptions, reduceLosses } from "./reduction.ts";

const squaredError = /* @__PURE__ */ defineElementwise("squaredError", (x: Scalar, y: Scalar) =>
  square(sub(x, y)),
);

/**
 * The squared differences (outputs - targets)².
 *
 * @param outputs any shape
 * @param targets the same shape; nothing is broadcast
 * @throws ShapeError if the shapes differ; ArgumentError if the batch is empty
 * @see torch.nn.functional.mse_loss
 * @example
 * mseLoss(tensor([1, 2]), tensor([1, 4])); // 2
 * mseLoss(tensor([1, 2]), tensor([1, 4]), { reduction: "none" }); // [0, 4]
 */
export function mseLoss(outputs: Tensor, targets: Tensor, { reduction }: LossOptions = {}): Tensor {
  checkPair("mseLoss", outputs, targets);
  return reduceLosses("mseLoss", squaredError(outputs, targets), reduction);
}

const absoluteError = /* @__PURE__ */ defineElementwise("absoluteError", (x: Scalar, y: Scalar) =>
  abs(sub(x, y)),
);

/**
 * The absolute differences |outputs - targets|, with derivative 0 where they are equal.
 *
 * @param outputs any shape
 * @param targets the same shape; nothing is broadcast
 * @throws ShapeError if the shapes differ; ArgumentError if the batch is empty
 * @see torch.nn.functional.l1_loss
 * @example
 * l1Loss(tensor([1, 2]), tensor([1, 4])); // 1
 * grad((x: Tensor) => l1Loss(x, tensor([1, 4])))(tensor([1, 2])); // [0, -0.5]
 */
export function l1Loss(outputs: Tensor, targets: Tensor, { reduction }: LossOptions = {}): Tensor {
  checkPair("l1Loss", outputs, targets);
  return reduceLosses("l1Loss", absoluteError(outputs, targets), reduction);
}

const smoothL1 = /* @__PURE__ */ defineElementwise("smoothL1", (x: Scalar, y: Scalar, beta: Scalar) => {
  const difference = sub(x, y);
  const distance = abs(difference);
  return where(lt(distance, beta), div(square(difference), mul(2, beta)), sub(distance, div(beta, 2)));
});

export interface SmoothL1Options extends LossOptions {
  /** Where the parabola ends and the straight line begins, not negative; default 1. At 0 this is {@link l1Loss}. */
  readonly beta?: number;
}

/**
 * d²/2β where the difference d is below β, |d| - β/2 from there on.
 *
 * @param outputs any shape
 * @param targets the same shape; nothing is broadcast
 * @throws ShapeError if the shapes differ; ArgumentError if the batch is empty or β negative
 * @see Girshick 2015, "Fast R-CNN"; torch.nn.functional.smooth_l1_loss
 * @example
 * smoothL1Loss(tensor([0, 0]), tensor([0.5, 3]), { reduction: "none" }); // [0.125, 2.5]
 */
export function smoothL1Loss(
  outputs: Tensor,
  targets: Tensor,
  { beta = 1, reduction }: SmoothL1Options = {},
): Tensor {
  checkPair("smoothL1Loss", outputs, targets);
  if (!(beta >= 0)) throw new ArgumentError("smoothL1Loss", "expected a beta that is not negative", beta);
  if (beta === 0) return l1Loss(outputs, targets, { reduction });
  return reduceLosses("smoothL1Loss", smoothL1(outputs, targets, beta), reduction);
}

const huber = /* @__PURE__ */ defineElementwise("huber", (x: Scalar, y: Scalar, delta: Scalar) => {
  const difference = sub(x, y);
  const distance = abs(difference);
  return where(le(distance, delta), div(square(difference), 2), mul(delta, sub(distance, div(delta, 2))));
});

export interface HuberOptions extends LossOptions {
  /** Where the parabola ends and the straight line begins, positive; default 1. */
  readonly delta?: number;
}

/**
 * d²/2 where the difference d is at most δ, δ(|d| - δ/2) beyond.
 *
 * @param outputs any shape
 * @param targets the same shape; nothing is broadcast
 * @throws ShapeError if the shapes differ; ArgumentError if the batch is empty or δ not positive
 * @see Huber 1964, "Robust estimation of a location parameter"; torch.nn.functional.huber_loss
 * @example
 * huberLoss(tensor([0, 0]), tensor([0.5, 3]), { delta: 2, reduction: "none" }); // [0.125, 4]
 */
export function huberLoss(
  outputs: Tensor,
  targets: Tensor,
  { delta = 1, reduction }: HuberOptions = {},
): Tensor {
  checkPair("huberLoss", outputs, targets);
  if (!(delta > 0)) throw new ArgumentError("huberLoss", "expected a positive delta", delta);
  return reduceLosses("huberLoss", huber(outputs, targets, delta), reduction);
}
