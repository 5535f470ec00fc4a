import {
  ArgumentError,
  add,
  arange,
  clamp,
  concat,
  div,
  everyValue,
  expand,
  full,
  gather,
  ge,
  gt,
  logaddexp,
  logicalAnd,
  lt,
  maximum,
  mul,
  ne,
  neg,
  pad,
  reshape,
  ShapeError,
  select,
  slice,
  stack,
  type Tensor,
  tensor,
  unsqueeze,
  where,
} from "@isograd/autograd";
import { checkBatch, checkClasses } from "./checks.ts";
import { type LossOptions, reduceLosses } from "./reduction.ts";

export interface CtcOptions extends LossOptions {
  /** The class that stands for no label; default 0. */
  readonly blank?: number;
  /** Whether an example that no alignment explains costs 0 instead of ∞; default false. Its gradient is 0 either way. */
  readonly zeroInfinity?: boolean;
}

/** One number an example. */
export type Lengths = Tensor | readonly number[];

/** The logarithm of no probability: far below any other, yet finite, so that no difference of two is NaN. */
const never = -1e30;

/**
 * The negative log probability of label sequences, summed over all their alignments with the inputs: connectionist temporal classification.
 *
 * The derivative to the log probabilities is the true one, not less their probabilities as in PyTorch: behind a `logSoftmax` both are equal.
 *
 * @param logProbabilities [time, batch, classes], or [time, classes] for one example
 * @param targets          `i32` [batch, longest] without blanks, or [length] for one example; what lies behind a target's length does not count
 * @param inputLengths     for each example, from 1 to time
 * @param targetLengths    for each example, from 0 to longest
 * @returns `mean` divides each loss by the length of its target (at least 1) first
 * @throws ShapeError, DtypeError or ArgumentError if shapes, labels or lengths do not fit
 * @see Graves et al. 2006, "Connectionist temporal classification"; torch.nn.functional.ctc_loss
 * @example
 * // Two steps, one example, the blank and one label, all equally likely: of four ways three say the label.
 * const steps = log(full([2, 1, 2], 0.5));
 * ctcLoss(steps, tensor([[1]], { dtype: "i32" }), [2], [1]); // 0.2877
 */
export function ctcLoss(
  logProbabilities: Tensor,
  targets: Tensor,
  inputLengths: Lengths,
  targetLengths: Lengths,
  { blank = 0, zeroInfinity = false, reduction }: CtcOptions = {},
): Tensor {
  const single = logProbabilities.rank === 2 && targets.rank === 1;
  const steps = single ? unsqueeze(logProbabilities, 1) : logProbabilities;
  const labels = single ? unsqueeze(targets, 0) : targets;
  const [time, batch, classes] = steps.shape;
  if (steps.rank !== 3 || labels.rank !== 2 || labels.shape[0] !== batch)
    throw new ShapeError(
      "ctcLoss",
      [logProbabilities.shape, targets.shape],
      "expected [time, batch, classes] and [batch, longest], or [time, classes] and [length]",
    );
  checkBatch("ctcLoss", steps);
  if (!Number.isInteger(blank) || blank < 0 || blank >= classes)
    throw new ArgumentError("ctcLoss", `expected a blank from 0 to ${classes - 1}`, blank);
  const heard = asColumn("inputLengths", inputLengths, batch, 1, time);
  const said = asColumn("targetLengths", targetLengths, batch, 0, labels.shape[1]);
  const spoken = where(lt(arange(0, labels.shape[1], 1, "i32"), said), labels, blank);
  checkClasses("ctcLoss", spoken, classes);
  const found = neg(likelihood(steps, withBlanks(spoken, blank), blank, heard, said));
  const impossible = ge(found, -never / 2);
  const losses = where(impossible, zeroInfinity ? 0 : Number.POSITIVE_INFINITY, found);
  const fair = reduction === undefined || reduction === "mean" ? div(losses, maximum(said, 1)) : losses;
  return reduceLosses("ctcLoss", reshape(fair, single ? [] : [batch]), reduction);
}

/** The log probability of each row of states, over all ways through it: [batch, 1]. */
function likelihood(steps: Tensor, states: Tensor, blank: number, heard: Tensor, said: Tensor): Tensor {
  const [time, batch] = steps.shape;
  const count = states.shape[1];
  const index = expand(unsqueeze(states, 0), [time, batch, count]);
  const emitted = clamp(gather(steps, 2, index), never, Number.POSITIVE_INFINITY);
  // Between different labels the blank may be left out.
  const skipping = logicalAnd(ne(states, blank), ne(states, shifted(states, 2, blank)));
  let forward = where(lt(arange(0, count, 1, "i32"), 2), select(emitted, 0, 0), never);
  for (let step = 1; step < time; step++) {
    const near = logaddexp(forward, shifted(forward, 1, never));
    const all = logaddexp(near, where(skipping, shifted(forward, 2, never), never));
    forward = where(gt(heard, step), add(all, select(emitted, 0, step)), forward);
  }
  const last = mul(said, 2);
  const onLabel = gather(forward, 1, maximum(add(last, -1), 0));
  return logaddexp(gather(forward, 1, last), where(gt(said, 0), onLabel, never));
}

/** Each row moved to the right by `places`. */
function shifted(x: Tensor, places: number, fill: number): Tensor {
  const [, count] = x.shape;
  const kept = slice(x, 1, { end: Math.max(0, count - places) });
  return pad(
    kept,
    [
      [0, 0],
      [Math.min(places, count), 0],
    ],
    fill,
  );
}

/** Labels with a blank before and behind each: [batch, 2 longest + 1]. */
function withBlanks(labels: Tensor, blank: number): Tensor {
  const [batch, longest] = labels.shape;
  const pairs = stack([full([batch, longest], blank, "i32"), labels], 2);
  return concat([reshape(pairs, [batch, 2 * longest]), full([batch, 1], blank, "i32")], 1);
}

function asColumn(name: string, lengths: Lengths, batch: number, least: number, most: number): Tensor {
  const given = Array.isArray(lengths)
    ? tensor([...lengths], { dtype: "i32", shape: [lengths.length] })
    : (lengths as Tensor);
  if (given.size !== batch)
    throw new ShapeError("ctcLoss", [given.shape], `expected ${name} for ${batch} examples`);
  const wrong = everyValue(given).find((length) => length < least || length > most);
  if (wrong !== undefined)
    throw new ArgumentError("ctcLoss", `expected ${name} from ${least} to ${most}`, wrong);
  return reshape(given, [batch, 1]);
}
