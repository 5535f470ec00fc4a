import { describe, expect, it } from "vitest";
import * as ag from "../src/index.ts";

// Places where formulas that look right are wrong: saturation, exact ties, zeros, empty and single elements, NaN and infinities; in both
// precisions. A law in short: the answer is the limit, or NaN where there is none, and a gradient is finite wherever the function is smooth.

const { add, gradients, mul, parameter, sum, tensor } = ag;
type Tensor = ag.Tensor;

const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];

interface Edge {
  readonly f: (x: Tensor) => Tensor;
  readonly at: readonly number[];
  readonly value: readonly number[] | number;
  /** The gradient of the sum of the results. */
  readonly slope?: readonly number[];
}

const rows = (x: Tensor): Tensor => ag.reshape(x, [2, -1]);
const half = Math.SQRT1_2;

const edges: Readonly<Record<string, Edge>> = {
  "softmax of equal infinities below": {
    f: (x) => ag.softmax(x),
    at: [-inf, 0, -inf],
    value: [0, 1, 0],
    slope: [0, 0, 0],
  },
  "softmax of large numbers": { f: (x) => ag.softmax(x), at: [1e30, 1e30], value: [0.5, 0.5], slope: [0, 0] },
  "logSoftmax far apart": { f: (x) => ag.logSoftmax(x), at: [0, -1000], value: [0, -1000], slope: [-1, 1] },
  "logsumexp of nothing but -∞": { f: (x) => ag.logsumexp(x), at: [-inf, -inf], value: -inf },
  "logsumexp with ∞": { f: (x) => ag.logsumexp(x), at: [inf, 0], value: inf },
  "logcumsumexp of large numbers": {
    f: (x) => ag.logcumsumexp(x, 0),
    at: [1000, 1000],
    value: [1000, 1000 + Math.LN2],
  },
  "cumprod with a zero": { f: (x) => ag.cumprod(x, 0), at: [2, 0, 3], value: [2, 0, 0], slope: [1, 8, 0] },
  "prod with two zeros": { f: (x) => ag.prod(x), at: [0, 0, 3], value: 0, slope: [0, 0, 0] },
  "xlogy at zero": { f: (x) => ag.xlogy(x, 0), at: [0], value: [0] },
  "entropy at zero": { f: (x) => ag.entr(x), at: [0, 1], value: [0, 0] },
  "hypot at zero": { f: (x) => ag.hypot(x, x), at: [0], value: [0] },
  "sinc at zero": { f: (x) => ag.sinc(x), at: [0], value: [1], slope: [0] },
  "atan2 on its cut": { f: (x) => ag.atan2(x, -1), at: [0], value: [Math.PI], slope: [-1] },
  "a norm at zero": { f: (x) => ag.norm(x), at: [0, 0], value: 0, slope: [0, 0] },
  "a distance between equal points": {
    f: (x) => ag.cdist(rows(x), rows(x)),
    at: [1, 2, 1, 2],
    value: [0, 0, 0, 0],
    slope: [0, 0, 0, 0],
  },
  "a unit vector of zero": { f: (x) => ag.normalize(x, { axis: 0 }), at: [0, 0], value: [0, 0] },
  "the largest of ties": { f: (x) => ag.max(x), at: [3, 3, 3, 3], value: 3, slope: [0.25, 0.25, 0.25, 0.25] },
  "the first of ties": { f: (x) => ag.maxAlong(x, 0).values, at: [1, 3, 3], value: 3, slope: [0, 1, 0] },
  "sorting ties": {
    f: (x) => mul(ag.sort(x, 0).values, tensor([1, 10, 100], { dtype: x.dtype })),
    at: [2, 1, 2],
    value: [1, 20, 200],
    slope: [10, 1, 100],
  },
  "clamping at the limit": {
    f: (x) => ag.clamp(x, 0, 1),
    at: [0, 1, -1, 2],
    value: [0, 1, 0, 1],
    slope: [1, 1, 0, 0],
  },
  "the variance of one number": { f: (x) => ag.variance(x), at: [3], value: nan },
  "layerNorm of equal numbers": {
    f: (x) => ag.layerNorm(x, [3]),
    at: [5, 5, 5],
    value: [0, 0, 0],
    slope: [0, 0, 0],
  },
  "the root at zero": { f: (x) => ag.sqrt(x), at: [0], value: [0], slope: [inf] },
  "the guarded root, twice": {
    f: (x) => ag.where(ag.gt(x, 0), ag.sqrt(ag.where(ag.gt(x, 0), x, 1)), 0),
    at: [-1, 0, 4],
    value: [0, 0, 2],
    slope: [0, 0, 0.25],
  },
  "a negative base to a whole power": { f: (x) => ag.pow(x, 3), at: [-2], value: [-8], slope: [12] },
  "ELU far out": { f: (x) => ag.elu(x), at: [-1000, 1000], value: [-1, 1000], slope: [0, 1] },
  "GELU far out": { f: (x) => ag.gelu(x), at: [-50, 50], value: [0, 50], slope: [0, 1] },
  "mish far out": { f: (x) => ag.mish(x), at: [-800, 800], value: [0, 800], slope: [0, 1] },
  "tanh far out": { f: (x) => ag.tanh(x), at: [-400, 400], value: [-1, 1], slope: [0, 0] },
  "logaddexp of equal -∞": { f: (x) => ag.logaddexp(x, -inf), at: [-inf], value: [-inf] },
  "logit at its ends": { f: (x) => ag.logit(x), at: [0, 1], value: [-inf, inf] },
  "attention that sees one key": {
    f: (x) =>
      ag.scaledDotProductAttention(
        ag.reshape(x, [1, 2]),
        tensor([[1000, 0]], { dtype: x.dtype }),
        tensor([[7, 8]], { dtype: x.dtype }),
      ).value,
    at: [1000, 1],
    value: [7, 8],
    slope: [0, 0],
  },
  "the determinant of a singular matrix": {
    f: (x) => ag.det(rows(x)),
    at: [1, 2, 2, 4],
    value: 0,
    slope: [4, -2, -2, 1],
  },
  "the inverse of a rotation": {
    f: (x) => ag.inv(rows(x)),
    at: [half, -half, half, half],
    value: [half, half, -half, half],
  },
};

describe.each(["f64", "f32"] as const)("in %s", (dtype) => {
  const near = (received: readonly number[], expected: readonly number[]): void => {
    expect(received).toHaveLength(expected.length);
    received.forEach((value, k) => {
      const aim = expected[k];
      if (!Number.isFinite(aim)) expect(value).toBe(aim);
      else
        expect(Math.abs(value - aim)).toBeLessThanOrEqual(
          (dtype === "f64" ? 1e-14 : 4e-7) * Math.max(1, Math.abs(aim)),
        );
    });
  };
  it.each(Object.entries(edges))("%s", (_, { f, at, value, slope }) => {
    const x = parameter(tensor(Float64Array.from(at), { dtype }));
    const result = f(x);
    expect(result.dtype).toBe(dtype);
    near(Array.from(result.values()), [value].flat());
    if (slope === undefined) return;
    near(Array.from(gradients(sum(result), [x])[0].values()), slope);
  });
});

describe("nothing", () => {
  const empty = (shape: readonly number[]): Tensor => tensor(new Float64Array(0), { shape });

  it("has a sum, a product and truth values, and no mean", () => {
    expect(ag.sum(empty([0])).item()).toBe(0);
    expect(ag.prod(empty([0])).item()).toBe(1);
    expect(ag.sum(empty([2, 0]), { axis: 1 }).toArray()).toEqual([0, 0]);
    expect(ag.mean(empty([0])).item()).toBeNaN();
    expect(ag.logsumexp(empty([0])).item()).toBe(-inf);
    expect(ag.all(empty([0])).item()).toBe(1);
    expect(ag.any(empty([0])).item()).toBe(0);
    expect(ag.norm(empty([0])).item()).toBe(0);
  });

  it("has no largest element", () => {
    for (const f of [ag.max, ag.min]) expect(() => f(empty([0]))).toThrow(ag.ShapeError);
    expect(ag.max(empty([0, 2]), { axis: 1 }).shape).toEqual([0]);
    expect(() => ag.argmax(empty([0]), 0)).toThrow(ag.ShapeError);
  });

  it("goes through products, convolutions and linear algebra", () => {
    expect(ag.matmul(empty([2, 0]), empty([0, 3])).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(ag.conv2d(empty([0, 1, 4, 4]), ag.ones([1, 1, 3, 3], "f64")).shape).toEqual([0, 1, 2, 2]);
    expect(ag.det(empty([0, 0])).item()).toBe(1);
    expect(ag.inv(empty([3, 0, 0])).shape).toEqual([3, 0, 0]);
  });

  it("has a gradient of its shape", () => {
    const x = parameter(empty([0, 3]));
    expect(gradients(sum(mul(x, 2)), [x])[0].shape).toEqual([0, 3]);
  });
});

describe("NaN and infinities", () => {
  it("go on, and do not hide", () => {
    const x = tensor(Float64Array.of(1, nan, -inf));
    for (const f of [
      ag.relu,
      ag.abs,
      ag.exp,
      ag.tanh,
      ag.sigmoid,
      ag.gelu,
      ag.softplus,
      ag.silu,
      ag.elu,
      ag.floor,
      ag.sign,
    ])
      expect(Array.from(f(x).values())[1], f.name).toBeNaN();
    for (const f of [ag.max, ag.min, ag.sum, ag.mean, ag.prod, ag.logsumexp]) expect(f(x).item()).toBeNaN();
    expect(ag.clamp(x, 0, 1).toArray()).toEqual([1, nan, 0]);
    expect(ag.maximum(x, 0).toArray()).toEqual([1, nan, 0]);
    expect(ag.nansum(tensor(Float64Array.of(1, nan, 2))).item()).toBe(3);
  });

  it("overflow where the type ends, not before", () => {
    expect(ag.exp(tensor([88.7, 88.8])).toArray()).toEqual([Math.fround(Math.exp(Math.fround(88.7))), inf]);
    expect(ag.exp(tensor([709, 710], { dtype: "f64" })).toArray()).toEqual([Math.exp(709), inf]);
    expect(ag.hypot(tensor([1e200], { dtype: "f64" }), tensor([1e200], { dtype: "f64" })).item()).toBeCloseTo(
      1e200 * Math.SQRT2,
      -186,
    );
    expect(ag.norm(tensor([3e30, 4e30])).item()).toBeCloseTo(5e30, -24);
    expect(ag.norm(tensor([1e-30, 0])).item()).toBe(Math.fround(1e-30));
  });
});

describe("double precision", () => {
  const places = Float64Array.from({ length: 9 }, (_, k) => 0.1234567890123 + k / 10.7);

  const weights = tensor(Float64Array.from({ length: 9 }, (_, k) => Math.sqrt(k + 2)));

  it("is never rounded to single on the way", () => {
    const functions = Object.entries(ag).filter(([name]) =>
      [
        "exp",
        "log",
        "sin",
        "cos",
        "tan",
        "tanh",
        "erf",
        "erfc",
        "sigmoid",
        "gelu",
        "softplus",
        "lgamma",
        "digamma",
        "i0",
        "ndtr",
        "erfinv",
        "expm1",
        "log1p",
        "asin",
        "sqrt",
        "rsqrt",
        "softmax",
        "cumsum",
        "logcumsumexp",
        "silu",
        "mish",
        "selu",
      ].includes(name),
    ) as [string, (x: Tensor) => Tensor][];
    expect(functions).toHaveLength(27);
    for (const [name, f] of functions) {
      const x = parameter(places);
      const double =
        f.length > 1 && ["cumsum", "logcumsumexp"].includes(name)
          ? (f as unknown as (x: Tensor, axis: number) => Tensor)(x, 0)
          : f(x);
      const slope = gradients(sum(mul(double, weights)), [x])[0];
      for (const result of [double, slope]) {
        const exact = Array.from(result.values()).filter((value) => Math.fround(value) === value);
        expect(exact.length, name).toBeLessThan(3);
      }
    }
  });

  it("meets numbers and whole numbers without loss", () => {
    const x = tensor(Float64Array.of(0.1));
    expect(add(x, 0.2).toArray()).toEqual([0.1 + 0.2]);
    expect(ag.div(x, 3).toArray()).toEqual([0.1 / 3]);
    expect(mul(x, tensor([3], { dtype: "i32" })).toArray()).toEqual([0.1 * 3]);
  });
});
