import { type Normalization, normalizeTrailing } from "../kernels/normalize.ts";
import { normalizePullbackRows, normalizeRows, weightPullbackRows } from "../kernels/normalize-rows.ts";
import { apply, applyMany, defineOp } from "../op.ts";
import { add, mul } from "../ops/elementwise/index.ts";
import { reshape, withExamples } from "../ops/movement/movement.ts";
import { sum } from "../ops/reductions/index.ts";
import { sizeOf } from "../shape.ts";
import type { Op, Tensor } from "../tensor.ts";
import { curved, projected, pulled, standardizeOp, throughRstd } from "./standardize.ts";

/** Normalisation over the last axes. */
export interface Trailing {
  /** How many. */
  readonly trailing: number;
  /** Whether the mean is subtracted. */
  readonly centred: boolean;
  /** Added to the variance, or to the mean square. */
  readonly eps: number;
}

function overLast(x: Tensor, { trailing, centred, eps }: Trailing): Normalization {
  const axes = Array.from({ length: trailing }, (_, k) => x.rank - trailing + k);
  return { axes, centred, eps };
}

/** Value and 1/√(variance + eps), as differentiable functions of x. */
function standardized(x: Tensor, way: Trailing): { v: Tensor; r: Tensor; how: Normalization } {
  const how = overLast(x, way);
  const [v, , , r] = applyMany(standardizeOp, [x], how);
  return { v, r, how };
}

/** Each example's own weight, ready to broadcast over what is normalised: [examples, 1, ..., extents]. */
function ownWeight(weight: Tensor, x: Tensor): Tensor {
  const [examples, ...shape] = weight.shape;
  return reshape(weight, [examples, ...new Array<number>(x.rank - 1 - shape.length).fill(1), ...shape]);
}

/** v weight + bias, for v the standardized x: what is normalised is neither written nor kept. */
export const trailingNormOp: Op<Trailing> = /* @__PURE__ */ defineOp<Trailing>({
  name: "normalize",
  flops: (_, __, [{ shape }]) => 8 * sizeOf(shape),
  shape: ([{ shape, dtype }]) => ({ shape, dtype }),
  forward: ([x, weight, bias], way, { dtype }) =>
    normalizeTrailing(normalizeRows, [x], [weight, bias], overLast(x, way), dtype),
  vjp: [
    (g, { inputs: [x, weight], attributes }) => apply(pullbackOp, [g, x, weight], attributes),
    (g, { inputs: [x], attributes }) => apply(weightPullbackOp, [g, x], attributes),
    (g) => g,
  ],
  jvp: [
    (t, { inputs: [x, weight], attributes }) => {
      const { v, r, how } = standardized(x, attributes);
      return mul(pulled(t, v, r, how), weight);
    },
    (t, { inputs: [x], attributes }) => mul(standardized(x, attributes).v, t),
    (t) => t,
  ],
  batch: (inputs, mapped, way, size) => {
    const [all] = withExamples(inputs, mapped, size);
    if (!mapped[1] && !mapped[2]) return apply(trailingNormOp, [all, inputs[1], inputs[2]], way);
    const [weight, bias] = inputs.slice(1).map((x, k) => (mapped[k + 1] ? ownWeight(x, all) : x));
    return add(mul(standardized(all, way).v, weight), bias);
  },
  reads: [[0, 1], [0], []],
});

/** From cotangent, x and weight. */
const pullbackOp: Op<Trailing> = /* @__PURE__ */ defineOp<Trailing>({
  name: "normalizePullback",
  flops: (_, __, [{ shape }]) => 14 * sizeOf(shape),
  shape: ([, { shape, dtype }]) => ({ shape, dtype }),
  forward: ([g, x, weight], way, { dtype }) =>
    normalizeTrailing(normalizePullbackRows, [g, x], [weight], overLast(x, way), dtype),
  vjp: [
    (c, { inputs: [, x, weight], attributes }) => {
      const { v, r, how } = standardized(x, attributes);
      return mul(pulled(c, v, r, how), weight);
    },
    (c, { inputs: [g, x, weight], attributes }) => {
      const { v, r, how } = standardized(x, attributes);
      const weighed = mul(g, weight);
      const toRstd = sum(mul(c, projected(weighed, v, how)), { axis: how.axes, keepDims: true });
      return add(pulled(curved(c, weighed, v, r, how), v, r, how), throughRstd(toRstd, v, r));
    },
    (c, { inputs: [g, x], attributes }) => {
      const { v, r, how } = standardized(x, attributes);
      return mul(pulled(c, v, r, how), g);
    },
  ],
  batch: (inputs, mapped, way, size) => {
    const [g, x] = withExamples(inputs, mapped, size);
    if (!mapped[2]) return apply(pullbackOp, [g, x, inputs[2]], way);
    const { v, r, how } = standardized(x, way);
    return pulled(mul(g, ownWeight(inputs[2], x)), v, r, how);
  },
  reads: [
    [1, 2],
    [0, 1, 2],
    [0, 1],
  ],
});

/** From cotangent and x. */
const weightPullbackOp: Op<Trailing> = /* @__PURE__ */ defineOp<Trailing>({
  name: "normalizePullbackToWeight",
  flops: ([x]) => (x === null ? 0 : 8 * sizeOf(x.shape)),
  shape: ([, { shape, dtype }], { trailing }) => ({ shape: shape.slice(shape.length - trailing), dtype }),
  forward: ([g, x], way, { dtype }) =>
    normalizeTrailing(weightPullbackRows, [g, x], [], overLast(x, way), dtype),
  vjp: [
    (c, { inputs: [, x], attributes }) => mul(standardized(x, attributes).v, c),
    (c, { inputs: [g, x], attributes }) => {
      const { v, r, how } = standardized(x, attributes);
      return pulled(mul(g, c), v, r, how);
    },
  ],
  batch: (inputs, mapped, way, size) => {
    const [g, x] = withExamples(inputs, mapped, size);
    const between = Array.from({ length: x.rank - 1 - way.trailing }, (_, k) => k + 1);
    return sum(mul(g, standardized(x, way).v), { axis: between });
  },
  reads: [[1], [0, 1]],
});
