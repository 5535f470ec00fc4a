import { toFloating } from "../dtype.ts";
import { type Normalization, standardizeAlong, standardizePullbackAlong } from "../kernels/normalize.ts";
import { apply, applyMany, defineOp } from "../op.ts";
import { add, cast, div, mul, neg, square, sub } from "../ops/elementwise/index.ts";
import { expand, withExamples } from "../ops/movement/movement.ts";
import { mean } from "../ops/reductions/index.ts";
import { type Axes, normalizeAxes, reduceShape, sizeOf } from "../shape.ts";
import type { Op, Tensor } from "../tensor.ts";

export type Way = Omit<Normalization, "eps">;

const meanOf = (x: Tensor, { axes }: Way): Tensor => mean(x, { axis: axes, keepDims: true });
const behind = <W extends Way>(way: W): W => ({ ...way, axes: way.axes.map((axis) => axis + 1) });

/** The value v = (x - mean) r, the mean, the variance, and r = 1/√(variance + eps); the axes are kept with extent 1. */
export const standardizeOp: Op<Normalization> = /* @__PURE__ */ defineOp<Normalization>({
  name: "standardize",
  flops: (_, __, [{ shape }]) => 6 * sizeOf(shape),
  shape: ([{ shape, dtype }], { axes }) => {
    const statistic = { shape: reduceShape(shape, axes, true), dtype };
    return [{ shape, dtype }, statistic, statistic, statistic];
  },
  forward: ([x], how, { dtype }) => standardizeAlong(x, how, dtype),
  vjp: [
    (_, { outputs: [v, , , r], attributes }, [toValue, ...others]) =>
      addAll(toValue && pulled(toValue, v, r, attributes), throughStatistics(others, v, r, attributes)),
  ],
  jvp: [
    (t, { outputs: [v, , , r], attributes }) => [
      pulled(t, v, r, attributes),
      ...toStatistics(t, v, r, attributes),
    ],
  ],
  batch: (inputs, _, attributes) => applyMany(standardizeOp, inputs, behind(attributes)),
  readsOutput: true,
});

/** What reaches x through mean, variance and r; null stands for zero. */
export function throughStatistics(
  [toMean, toVariance, toRstd]: readonly (Tensor | null)[],
  v: Tensor,
  r: Tensor,
  { centred }: Way,
): Tensor | null {
  const count = v.size / r.size;
  return [
    toMean && centred ? expand(div(toMean, count), v.shape) : null,
    toVariance && mul(v, div(mul(toVariance, 2 / count), r)),
    toRstd && throughRstd(toRstd, v, r),
  ].reduce(addAll, null);
}

/** The tangents of mean, variance and r. */
export function toStatistics(t: Tensor, v: Tensor, r: Tensor, way: Way): (Tensor | null)[] {
  const slope = meanOf(mul(t, v), way);
  return [way.centred ? meanOf(t, way) : null, div(mul(slope, 2), r), neg(mul(slope, square(r)))];
}

/** The sum of what there is. */
export function addAll(a: Tensor | null, b: Tensor | null): Tensor | null {
  return a === null ? b : b === null ? a : add(a, b);
}

/** c dr/dx = -c r² v / count. */
export const throughRstd = (c: Tensor, v: Tensor, r: Tensor): Tensor =>
  mul(v, mul(mul(c, square(r)), -r.size / v.size));

/** g - mean g - v mean(g v). */
export function projected(g: Tensor, v: Tensor, way: Way): Tensor {
  const along = mul(v, meanOf(mul(g, v), way));
  return sub(way.centred ? sub(g, meanOf(g, way)) : g, along);
}

/** The pullback of r `projected` to v, times c: -r (c mean(g v) + g mean(c v)). */
export const curved = (c: Tensor, g: Tensor, v: Tensor, r: Tensor, way: Way): Tensor =>
  neg(mul(r, add(mul(c, meanOf(mul(g, v), way)), mul(g, meanOf(mul(c, v), way)))));

/** r (g - mean g - v mean(g v)): symmetric, so the rule of standardizing in both directions. */
export const pulled = (g: Tensor, v: Tensor, r: Tensor, { axes, centred }: Way): Tensor =>
  apply(standardizePullbackOp, [g, v, r], { axes, centred });

const standardizePullbackOp: Op<Way> = /* @__PURE__ */ defineOp<Way>({
  name: "standardizePullback",
  flops: (_, __, [{ shape }]) => 7 * sizeOf(shape),
  shape: ([, v]) => ({ shape: v.shape, dtype: v.dtype }),
  forward: (inputs, way, { dtype }) => standardizePullbackAlong(inputs, way, dtype),
  vjp: [
    (c, { inputs: [, v, r], attributes }) => pulled(c, v, r, attributes),
    (c, { inputs: [g, v, r], attributes }) => curved(c, g, v, r, attributes),
    (c, { inputs: [g, v], attributes }) => mul(c, projected(g, v, attributes)),
  ],
  jvp: [
    (t, { inputs: [, v, r], attributes }) => pulled(t, v, r, attributes),
    (t, { inputs: [g, v, r], attributes: way }) =>
      neg(mul(r, add(mul(t, meanOf(mul(g, v), way)), mul(v, meanOf(mul(g, t), way))))),
    (t, { inputs: [g, v], attributes }) => mul(t, projected(g, v, attributes)),
  ],
  batch: (inputs, mapped, attributes, size) =>
    apply(standardizePullbackOp, withExamples(inputs, mapped, size), behind(attributes)),
  reads: [
    [1, 2],
    [0, 1, 2],
    [0, 1],
  ],
});

export interface StandardizeOptions {
  /** Over which axes; default all. */
  readonly axis?: Axes;
  /** Added to the variance; default 1e-5. */
  readonly eps?: number;
}

/** What came out of standardizing, and by what; the axes are kept with extent 1. */
export interface Standardized {
  readonly value: Tensor;
  readonly mean: Tensor;
  /** Divided by the count, without Bessel's correction. */
  readonly variance: Tensor;
  /** 1/√(variance + eps). */
  readonly rstd: Tensor;
}

/**
 * (x - mean)/√(variance + eps), both over `axis`.
 *
 * @example
 * standardize(tensor([[1, 3], [10, 30]]), { axis: 1, eps: 0 }).value; // [[-1, 1], [-1, 1]]
 * standardize(tensor([1, 3])).variance; // [1]
 */
export function standardize(x: Tensor, { axis, eps = 1e-5 }: StandardizeOptions = {}): Standardized {
  const how = { axes: normalizeAxes("standardize", axis, x.rank), centred: true, eps };
  const [value, mean, variance, rstd] = applyMany(standardizeOp, [cast(x, toFloating(x.dtype))], how);
  return { value, mean, variance, rstd };
}

/** What is learnt behind a normalisation: a factor and a summand, which broadcast. */
export interface Affine {
  readonly weight?: Tensor | null;
  readonly bias?: Tensor | null;
}

export function applyAffine(x: Tensor, { weight, bias }: Affine): Tensor {
  const scaled = weight ? mul(x, weight) : x;
  return bias ? add(scaled, bias) : scaled;
}
