import {
  ArgumentError,
  add,
  div,
  eq,
  everyValue,
  exp,
  le,
  log,
  lt,
  mul,
  ShapeError,
  square,
  sub,
  type Tensor,
  unsqueeze,
  where,
} from "@isograd/autograd";
import { checkBatch, checkFits, checkPair } from "./checks.ts";
import { type LossOptions, reduceLosses } from "./reduction.ts";

export interface GaussianNllOptions extends LossOptions {
  /** Whether to add the constant log(2π)/2; default false. */
  readonly full?: boolean;
  /** The least variance, through which gradients pass as if it were not there; default 1e-6. */
  readonly eps?: number;
}

/**
 * The negative log likelihood of the targets under normal distributions: (log variance + (target - mean)²/variance)/2.
 *
 * @param means     any shape
 * @param targets   the same shape, or one that broadcasts to it
 * @param variances the same shape, or with extent 1 on the last axis, or without it: one variance for all of the last axis
 * @throws ShapeError if the shapes do not fit; ArgumentError if the batch is empty or a variance negative
 * @see Nix, Weigend 1994; torch.nn.functional.gaussian_nll_loss
 * @example
 * gaussianNllLoss(tensor([0]), tensor([2]), tensor([4])); // 1.1931
 */
export function gaussianNllLoss(
  means: Tensor,
  targets: Tensor,
  variances: Tensor,
  { full = false, eps = 1e-6, reduction }: GaussianNllOptions = {},
): Tensor {
  checkBatch("gaussianNllLoss", means);
  checkFits("gaussianNllLoss", means, targets, "targets");
  const negative = everyValue(variances).find((variance) => variance < 0);
  if (negative !== undefined)
    throw new ArgumentError("gaussianNllLoss", "expected variances that are not negative", negative);
  const own = alongLast(means, variances);
  const variance = where(lt(own, eps), add(sub(own, own.detach()), eps), own);
  const losses = mul(0.5, add(log(variance), div(square(sub(means, targets)), variance)));
  return reduceLosses("gaussianNllLoss", full ? add(losses, Math.log(2 * Math.PI) / 2) : losses, reduction);
}

function alongLast(means: Tensor, variances: Tensor): Tensor {
  const [shape, front] = [means.shape.join(), means.shape.slice(0, -1)];
  if (variances.shape.join() === shape) return variances;
  if (means.rank > 0 && variances.shape.join() === front.join()) return unsqueeze(variances, -1);
  if (means.rank > 0 && variances.shape.join() === [...front, 1].join()) return variances;
  throw new ShapeError(
    "gaussianNllLoss",
    [means.shape, variances.shape],
    "expected variances of the shape of the means, or one for all of the last axis",
  );
}

export interface PoissonNllOptions extends LossOptions {
  /** Whether the outputs are logarithms of rates, the default, or rates. */
  readonly logInput?: boolean;
  /** Whether to add Stirling's approximation of log(target!) for targets above 1; default false. */
  readonly full?: boolean;
  /** Added to rates before their logarithm is taken; default 1e-8. */
  readonly eps?: number;
}

/**
 * The negative log likelihood of counts under Poisson distributions: rate - target · log rate.
 *
 * @param outputs rates or their logarithms, any shape
 * @param targets the same shape; nothing is broadcast
 * @throws ShapeError if the shapes differ; ArgumentError if the batch is empty
 * @see torch.nn.functional.poisson_nll_loss
 * @example
 * poissonNllLoss(tensor([0]), tensor([3])); // 1
 * poissonNllLoss(tensor([2]), tensor([3]), { logInput: false }); // -0.0794
 */
export function poissonNllLoss(
  outputs: Tensor,
  targets: Tensor,
  { logInput = true, full = false, eps = 1e-8, reduction }: PoissonNllOptions = {},
): Tensor {
  checkPair("poissonNllLoss", outputs, targets);
  const losses = logInput
    ? sub(exp(outputs), mul(targets, outputs))
    : sub(outputs, mul(targets, log(add(outputs, eps))));
  return reduceLosses("poissonNllLoss", full ? add(losses, logFactorial(targets)) : losses, reduction);
}

/** Stirling's approximation above 1, else 0. */
function logFactorial(counts: Tensor): Tensor {
  const small = le(counts, 1);
  const large = where(small, 2, counts);
  const value = add(sub(mul(large, log(large)), large), mul(0.5, log(mul(2 * Math.PI, large))));
  return where(small, 0, value);
}

export interface KlDivOptions {
  /** `mean` over all elements (default), `batchMean` over the first axis, `sum`, or `none`: a loss for each element. */
  readonly reduction?: LossOptions["reduction"] | "batchMean";
  /** Whether the targets are logarithms too; default false. */
  readonly logTarget?: boolean;
}

/**
 * The Kullback-Leibler divergence of predictions from targets: target · (log target - prediction), 0 where the target is.
 *
 * Of the divergence itself, a sum over the outcomes, `batchMean` is the mean.
 *
 * @param logProbabilities what is predicted, any shape
 * @param targets          probabilities or their logarithms, of the same shape
 * @throws ShapeError if the shapes differ; ArgumentError if the batch is empty
 * @see torch.nn.functional.kl_div
 * @example
 * klDiv(log(tensor([[0.5, 0.5]])), tensor([[1, 0]]), { reduction: "batchMean" }); // 0.6931
 */
export function klDiv(
  logProbabilities: Tensor,
  targets: Tensor,
  { reduction, logTarget = false }: KlDivOptions = {},
): Tensor {
  checkPair("klDiv", logProbabilities, targets);
  const losses = logTarget
    ? mul(exp(targets), sub(targets, logProbabilities))
    : sub(timesOwnLog(targets), mul(targets, logProbabilities));
  if (reduction !== "batchMean") return reduceLosses("klDiv", losses, reduction);
  return div(reduceLosses("klDiv", losses, "sum"), logProbabilities.shape[0] ?? 1);
}

/** x log x, with value and derivative 0 at 0. */
function timesOwnLog(x: Tensor): Tensor {
  const zero = eq(x, 0);
  return where(zero, 0, mul(x, log(where(zero, 1, x))));
}
