import { describe, expect, it } from "vitest";
import {
  add,
  batchNorm,
  cast,
  div,
  Generator,
  groupNorm,
  instanceNorm,
  layerNorm,
  mean,
  mul,
  normalize,
  ones,
  randn,
  reshape,
  rmsNorm,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  valueAndGrad,
  zeros,
} from "../../src/index.ts";

const draw = (seed: number, shape: readonly number[]): Tensor => randn(new Generator(seed), shape, "f64");
const f64 = (...values: number[]): Tensor => tensor(values, { dtype: "f64" });

const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const spreadOf = (values: readonly number[]): number =>
  average(values.map((x) => (x - average(values)) ** 2));

/** The elements that `belongs` puts in one group are standardized together. */
function standardized(x: Tensor, eps: number, belongs: (index: readonly number[]) => string): number[] {
  const values = Array.from(x.values());
  const keys = values.map((_, k) => {
    let rest = k;
    const index = x.shape.toReversed().map((extent) => {
      const at = rest % extent;
      rest = Math.floor(rest / extent);
      return at;
    });
    return belongs(index.toReversed());
  });
  return values.map((value, k) => {
    const group = values.filter((_, j) => keys[j] === keys[k]);
    return (value - average(group)) / Math.sqrt(spreadOf(group) + eps);
  });
}

function expectValues(actual: Tensor, expected: readonly number[]): void {
  const values = actual.values();
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, k) => {
    expect(values[k]).toBeCloseTo(value, 13);
  });
}

const x = draw(1, [3, 4, 2]);

describe("what is standardized together", () => {
  it.each<[string, Tensor, (index: readonly number[]) => string]>([
    ["batchNorm: a channel", batchNorm(x, { eps: 0.1 }).value, ([, c]) => `${c}`],
    ["instanceNorm: a channel of an example", instanceNorm(x, { eps: 0.1 }).value, ([n, c]) => `${n} ${c}`],
    ["groupNorm: half of the channels", groupNorm(x, 2, { eps: 0.1 }), ([n, c]) => `${n} ${c < 2}`],
    ["groupNorm: an example", groupNorm(x, 1, { eps: 0.1 }), ([n]) => `${n}`],
    ["layerNorm: the last axis", layerNorm(x, [2], { eps: 0.1 }), ([n, c]) => `${n} ${c}`],
    ["layerNorm: the last two", layerNorm(x, [4, 2], { eps: 0.1 }), ([n]) => `${n}`],
  ])("%s", (_, value, belongs) => {
    expectValues(value, standardized(x, 0.1, belongs));
  });

  it("weighs channels, behind", () => {
    const affine = { weight: f64(1, 2, 3, 4), bias: f64(-1, 0, 1, 2), eps: 0.1 };
    const plain = batchNorm(x, { eps: 0.1 }).value.values();
    const weighed = (_: unknown, k: number): number => {
      const channel = Math.floor(k / 2) % 4;
      return plain[k] * (channel + 1) + (channel - 1);
    };
    expectValues(batchNorm(x, affine).value, Array.from(plain, weighed));
  });

  it("rmsNorm: divides by the root of the mean square", () => {
    expectValues(rmsNorm(f64(3, 4), [2], { weight: f64(1, 10), eps: 0 }), [
      3 / Math.sqrt(12.5),
      40 / Math.sqrt(12.5),
    ]);
    expect(rmsNorm(zeros([2]), [2]).toArray()).toEqual([0, 0]);
  });

  it("normalize: to length 1, and zero stays zero", () => {
    expectValues(normalize(f64(3, 4), { axis: 0 }), [0.6, 0.8]);
    expectValues(normalize(f64(3, -1), { axis: 0, p: 1 }), [0.75, -0.25]);
    expectValues(normalize(f64(3, -4), { axis: 0, p: Number.POSITIVE_INFINITY }), [0.75, -1]);
    expect(normalize(zeros([2, 2])).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});

/** By its definition, in elementwise operations and means. */
function composed(x: Tensor, axis: readonly number[], eps: number, centred = true): Tensor {
  const centre = centred ? sub(x, mean(x, { axis, keepDims: true })) : x;
  return div(centre, sqrt(add(mean(square(centre), { axis, keepDims: true }), eps)));
}

describe("many numbers, and the gradients to them, weight and bias", () => {
  type Norm = (x: Tensor, weight: Tensor, bias: Tensor) => Tensor;
  const channels =
    (f: (x: Tensor) => Tensor): Norm =>
    (images, weight, bias) => {
      const along = (x: Tensor): Tensor => reshape(x, [x.size, ...images.shape.slice(2).map(() => 1)]);
      return add(mul(f(images), along(weight)), along(bias));
    };
  const groups = (images: Tensor, count: number): Tensor => {
    const [examples, all, ...rest] = images.shape;
    const split = reshape(images, [examples, count, all / count, ...rest]);
    return reshape(
      composed(
        split,
        split.shape.map((_, k) => k).filter((k) => k > 1),
        0.1,
      ),
      images.shape,
    );
  };
  const eps = 0.1;

  it.each<[string, readonly number[], readonly number[], Norm, Norm]>([
    [
      "layerNorm",
      [20, 33],
      [33],
      (x, weight, bias) => layerNorm(x, [33], { weight, bias, eps }),
      (x, weight, bias) => add(mul(composed(x, [1], eps), weight), bias),
    ],
    [
      "layerNorm over two axes",
      [9, 5, 13],
      [5, 13],
      (x, weight, bias) => layerNorm(x, [5, 13], { weight, bias, eps }),
      (x, weight, bias) => add(mul(composed(x, [1, 2], eps), weight), bias),
    ],
    [
      "rmsNorm",
      [21, 18],
      [18],
      (x, weight, bias) => add(rmsNorm(x, [18], { weight, eps }), bias),
      (x, weight, bias) => add(mul(composed(x, [1], eps, false), weight), bias),
    ],
    [
      "batchNorm of images",
      [3, 4, 6, 7],
      [4],
      (x, weight, bias) => batchNorm(x, { weight, bias, eps }).value,
      channels((x) => composed(x, [0, 2, 3], eps)),
    ],
    [
      "batchNorm of vectors",
      [40, 9],
      [9],
      (x, weight, bias) => batchNorm(x, { weight, bias, eps }).value,
      channels((x) => composed(x, [0], eps)),
    ],
    [
      "groupNorm of images",
      [3, 6, 6, 7],
      [6],
      (x, weight, bias) => groupNorm(x, 2, { weight, bias, eps }),
      channels((x) => groups(x, 2)),
    ],
    [
      "groupNorm of vectors",
      [30, 12],
      [12],
      (x, weight, bias) => groupNorm(x, 3, { weight, bias, eps }),
      channels((x) => groups(x, 3)),
    ],
    [
      "instanceNorm",
      [3, 4, 41],
      [4],
      (x, weight, bias) => instanceNorm(x, { weight, bias, eps }).value,
      channels((x) => composed(x, [2], eps)),
    ],
  ])("%s", (_, shape, parameterShape, fused, definition) => {
    const inputs = [draw(5, shape), draw(6, parameterShape), draw(7, parameterShape)] as const;
    const cotangent = draw(8, shape);
    const [found, expected] = [fused, definition].map((norm) =>
      valueAndGrad(([images, weight, bias]: readonly Tensor[]) =>
        sum(mul(norm(images, weight, bias), cotangent)),
      )(inputs),
    );
    expect(found[0].item()).toBeCloseTo(expected[0].item(), 11);
    found[1].forEach((gradient, k) => {
      expectNear(gradient, expected[1][k], 1e-12);
    });
    const single = inputs.map((x) => cast(x, "f32")) as [Tensor, Tensor, Tensor];
    expectNear(fused(...single), definition(...inputs), 3e-6);
  });
});

function expectNear(found: Tensor, expected: Tensor, bound: number): void {
  const values = expected.values();
  expect(found.shape).toEqual(expected.shape);
  found.values().forEach((value, k) => {
    if (!(Math.abs(value - values[k]) <= bound * (1 + Math.abs(values[k]))))
      expect.fail(`${k}: ${value}, expected ${values[k]}`);
  });
}

describe("running statistics", () => {
  const running = { mean: f64(1, 2), variance: f64(4, 9) };

  it("follow the batch, with Bessel's correction, and are the old ones outside training", () => {
    const batch = tensor([1, 2, 3, 6, 5, 4], { dtype: "f64", shape: [3, 2] });
    const { running: next } = batchNorm(batch, { running, training: true, momentum: 0.25 });
    expect(next?.mean.toArray()).toEqual([0.75 * 1 + 0.25 * 3, 0.75 * 2 + 0.25 * 4]);
    expect(next?.variance.toArray()).toEqual([0.75 * 4 + 0.25 * 4, 0.75 * 9 + 0.25 * 4]);
    expect(batchNorm(batch, { running }).running).toBe(running);
  });

  it("normalise outside training", () => {
    expectValues(batchNorm(f64(3, 8), { running, eps: 0 }).value, [1, 2]);
    const images = reshape(f64(3, 1, 8, 2), [1, 2, 2]);
    expectValues(instanceNorm(images, { running, training: false, eps: 0 }).value, [1, 0, 2, 0]);
  });

  it("follow the mean over the examples", () => {
    const images = reshape(f64(0, 2, 4, 8, 10, 14, 1, 1), [2, 2, 2]);
    const { running: next } = instanceNorm(images, { running, momentum: 1 });
    expect(next?.mean.toArray()).toEqual([(1 + 12) / 2, (6 + 1) / 2]);
    expect(next?.variance.toArray()).toEqual([(2 + 8) / 2, (8 + 0) / 2]);
  });
});

describe("extremes", () => {
  it("are told: one value a channel, no statistics, groups that do not divide", () => {
    const refused = [
      () => batchNorm(zeros([1, 3])),
      () => batchNorm(zeros([2, 3]), { training: false }),
      () => batchNorm(zeros([2, 3]), { weight: ones([2]) }),
      () => instanceNorm(zeros([2, 3, 1])),
      () => instanceNorm(zeros([2, 3])),
      () => groupNorm(zeros([2, 3]), 2),
      () => groupNorm(zeros([2]), 1),
      () => layerNorm(zeros([2, 3]), [2]),
      () => layerNorm(zeros([2, 3]), []),
      () => rmsNorm(zeros([3]), [1, 3]),
    ];
    const messages = refused.map((call) => {
      try {
        return `accepted: ${call()}`;
      } catch (error) {
        return String(error);
      }
    });
    expect(messages).toMatchInlineSnapshot(`
      [
        "ShapeError: batchNorm: expected more than one value a channel in training, got [1, 3]",
        "ArgumentError: batchNorm: expected running statistics outside training, got null",
        "ShapeError: batchNorm: expected one number for each channel, axis 1, got [2, 3] and [2]",
        "ShapeError: instanceNorm: expected [batch, channels, ...] with more than one value a channel, got [2, 3, 1]",
        "ShapeError: instanceNorm: expected [batch, channels, ...] with more than one value a channel, got [2, 3]",
        "ShapeError: groupNorm: expected [batch, channels, ...] with channels that 2 groups divide, got [2, 3]",
        "ShapeError: groupNorm: expected [batch, channels, ...] with channels that 1 groups divide, got [2]",
        "ShapeError: layerNorm: expected a tensor that ends with the normalised shape, got [2, 3] and [2]",
        "ShapeError: layerNorm: expected a tensor that ends with the normalised shape, got [2, 3] and []",
        "ShapeError: rmsNorm: expected a tensor that ends with the normalised shape, got [3] and [1, 3]",
      ]
    `);
  });

  it("are taken: nothing, and all alike", () => {
    expect(layerNorm(zeros([0, 3]), [3]).shape).toEqual([0, 3]);
    expect(batchNorm(zeros([0, 3])).value.shape).toEqual([0, 3]);
    expect(groupNorm(zeros([0, 2]), 1).shape).toEqual([0, 2]);
    expect(layerNorm(ones([2, 3]), [3]).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });
});
