import { toFloating } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { crossEntropyAlong, crossEntropyPullbackAlong } from "../kernels/cross-entropy.ts";
import { apply, applyMany, defineOp } from "../op.ts";
import { add, div, mul, neg, sub } from "../ops/elementwise/arithmetic.ts";
import { cast } from "../ops/elementwise/cast.ts";
import { exp } from "../ops/elementwise/transcendental.ts";
import { checkIndex } from "../ops/indexing/check-index.ts";
import { gatherFrom } from "../ops/indexing/gather.ts";
import { reshape, unsqueeze, withExamples } from "../ops/movement/movement.ts";
import { sum } from "../ops/reductions/reduce.ts";
import { normalizeAxis, reduceShape, sameShape, sizeOf } from "../shape.ts";
import type { Op, Tensor } from "../tensor.ts";

interface Along {
  readonly axis: number;
}

// What there is one of a lane has extent 1 along the axis.

/** What a lane is shifted by, as a constant, and Σ exp(x - shift): the softmax, which does not depend on the shift, is their quotient. */
const powers = (x: Tensor, shift: Tensor): Tensor => cast(exp(sub(x, shift)), x.dtype);
const shares = (x: Tensor, shift: Tensor, total: Tensor): Tensor =>
  cast(div(powers(x, shift), total), x.dtype);

const sumOf = (x: Tensor, { axis }: Along): Tensor => sum(x, { axis, keepDims: true });

/** The losses; shifts and totals of double precision, so that nothing is lost on the way to the derivative. */
const crossEntropyOp: Op<Along> = /* @__PURE__ */ defineOp<Along>({
  name: "softmaxCrossEntropy",
  flops: ([x]) => (x === null ? 0 : 3 * sizeOf(x.shape)),
  shape: ([x], { axis }) => {
    const shape = reduceShape(x.shape, [axis], true);
    return [
      { shape, dtype: x.dtype },
      { shape, dtype: "f64" },
      { shape, dtype: "f64" },
    ];
  },
  forward: ([x, labels], { axis }, { dtype }) => {
    const { losses, shifts, totals } = crossEntropyAlong(x, labels, axis, dtype);
    return [losses, shifts, totals];
  },
  vjp: [
    (_, { inputs: [x, labels], outputs: [, shift, total], attributes }, [toLoss, , toTotal]) => {
      const throughTotal = toTotal && mul(toTotal, powers(x, shift.detach()));
      if (toLoss === null) return throughTotal;
      const operands = [x, shift.detach(), total, labels, toLoss];
      const throughLoss = apply(crossEntropyPullbackOp, operands, attributes);
      return throughTotal === null ? throughLoss : add(throughLoss, throughTotal);
    },
    null,
  ],
  jvp: [
    (t, { inputs: [x, labels], outputs: [, shift, total], attributes }) => {
      const toTotal = sumOf(mul(t, powers(x, shift.detach())), attributes);
      return [sub(div(toTotal, total), gatherFrom(t, attributes.axis, labels)), null, toTotal];
    },
    null,
  ],
  batch: (inputs, mapped, { axis }, size) =>
    applyMany(crossEntropyOp, withExamples(inputs, mapped, size), { axis: axis + 1 }),
  reads: [[0, 1], []],
  readsOutput: true,
});

/** g (softmax(x) - 1 where the label is). */
const crossEntropyPullbackOp: Op<Along> = /* @__PURE__ */ defineOp<Along>({
  name: "softmaxCrossEntropyPullback",
  flops: (_, __, [{ shape }]) => 3 * sizeOf(shape),
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward: (inputs, { axis }, { dtype }) => crossEntropyPullbackAlong(inputs, axis, dtype),
  vjp: [
    (c, { inputs: [x, shift, total, , g] }) => mul(mul(c, g), shares(x, shift, total)),
    null,
    (c, { inputs: [x, shift, total, , g] }) => neg(mul(mul(c, g), div(shares(x, shift, total), total))),
    null,
    (c, { inputs: [x, shift, total, labels], attributes }) =>
      sub(sumOf(mul(c, shares(x, shift, total)), attributes), gatherFrom(c, attributes.axis, labels)),
  ],
  batch: (inputs, mapped, { axis }, size) =>
    apply(crossEntropyPullbackOp, withExamples(inputs, mapped, size), { axis: axis + 1 }),
  reads: [[0, 1, 2, 4], [], [0, 1, 2, 4], [], [0, 1, 2, 3]],
});

/**
 * log Σ exp(logits) less the logit of the class that the label names, for each lane along `axis`: -log of its share of the softmax.
 *
 * In one pass, and one for the gradient, which keeps its digits where the loss is small.
 *
 * @param logits any shape with an axis of classes
 * @param labels `i32`, of the shape of the logits without that axis
 * @returns the shape of the labels
 * @throws ShapeError, DtypeError or ArgumentError if the labels do not fit
 * @see torch.nn.functional.cross_entropy with reduction "none"; optax.softmax_cross_entropy_with_integer_labels
 * @example
 * softmaxCrossEntropy(tensor([[0, 0], [0, 100]]), tensor([1, 0], { dtype: "i32" })); // [0.6931, 100]
 * const label = tensor(1, { dtype: "i32" });
 * grad((logits) => softmaxCrossEntropy(logits, label))(tensor([0, 0])); // [0.5, -0.5]
 */
export function softmaxCrossEntropy(logits: Tensor, labels: Tensor, axis = -1): Tensor {
  const at = normalizeAxis("softmaxCrossEntropy", axis, logits.rank);
  const places = reduceShape(logits.shape, [at], false);
  if (!sameShape(labels.shape, places))
    throw new ShapeError(
      "softmaxCrossEntropy",
      [logits.shape, labels.shape],
      `expected a label for each lane along axis ${at}`,
    );
  checkIndex("softmaxCrossEntropy", labels, logits.shape[at]);
  const inputs = [cast(logits, toFloating(logits.dtype)), unsqueeze(labels, at)];
  return reshape(applyMany(crossEntropyOp, inputs, { axis: at })[0], places);
}
