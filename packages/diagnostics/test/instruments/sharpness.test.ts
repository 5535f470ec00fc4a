import {
  add,
  dropout,
  eigvalsh,
  Generator,
  hessian,
  matmul,
  mean,
  mul,
  parameter,
  randn,
  reshape,
  softplus,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from "@isograd/autograd";
import { sharpness, stabilityThreshold } from "@isograd/diagnostics";
import { BatchNorm1d, Dropout, Linear, Sequential } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchFor, network, own, parametersFor, squared } from "./networks.ts";

/** All eigenvalues of the Hessian, built whole, ascending. */
function denseEigenvalues(
  parameters: readonly Tensor[],
  loss: (parameters: readonly Tensor[]) => Tensor,
): number[] {
  const sizes = parameters.map(({ size }) => size);
  const size = sizes.reduce((a, b) => a + b, 0);
  const flat = tensor(
    parameters.flatMap((each) => [...each.values()]),
    { dtype: "f64" },
  );
  const split = (x: Tensor): Tensor[] => {
    let at = 0;
    return parameters.map(({ shape }, k) => {
      const from = at;
      at += sizes[k];
      const pick = tensor(
        Array.from({ length: sizes[k] }, (_, i) =>
          Array.from({ length: size }, (_, j) => Number(j === from + i)),
        ),
        { dtype: "f64" },
      );
      return reshape(matmul(pick, x), shape);
    });
  };
  const matrix = hessian((x: Tensor) => loss(split(x)))(flat) as Tensor;
  return [...eigvalsh(matrix).values()];
}

const batch = { inputs: zeros([1]), targets: zeros([1]) };

/** ½ Σ curvature · w², whose Hessian is diagonal. */
const bowl = (curvatures: readonly number[], dtype: "f32" | "f64" = "f64") => {
  const w = parameter(
    tensor(
      curvatures.map((_, k) => 0.3 * k - 1),
      { dtype },
    ),
  );
  return () => mul(0.5, sum(mul(square(w), tensor([...curvatures], { dtype }))));
};

const valuesOf = (found: readonly { readonly value: number }[]) => found.map(({ value }) => value);

function expectClose(found: readonly number[], expected: readonly number[], relative: number): void {
  const scale = Math.max(...expected.map(Math.abs), Number.MIN_VALUE);
  expect(found).toHaveLength(expected.length);
  for (const [k, value] of found.entries())
    expect(Math.abs(value - expected[k]) / scale).toBeLessThan(relative);
}

describe("sharpness", () => {
  it("finds the eigenvalues of a network's Hessian that is built whole", () => {
    for (const seed of [1, 2]) {
      const parameters = parametersFor(seed);
      const data = batchFor(seed);
      const all = denseEigenvalues(parameters, (given) => squared(network(given, data.inputs), data.targets));
      const found = sharpness((x) => network(parameters, x), data, squared, {
        largest: 3,
        smallest: 2,
        tolerance: 1e-9,
      });
      expect(all[0]).toBeLessThan(0); // there is negative curvature to find
      expectClose(valuesOf(found.largest), all.slice(-3).reverse(), 1e-9);
      expectClose(valuesOf(found.smallest), all.slice(0, 2), 1e-9);
      expect(found.value).toBe(found.largest[0].value);
      expect(found.largest.every(({ converged }) => converged)).toBe(true);
    }
  });

  it("finds what is known of a linear model: the largest eigenvalue of the covariance of its inputs", () => {
    const x = randn(new Generator(5), [40, 6], "f64");
    const w = parameter(zeros([6, 1], "f64"));
    const covariance = mul(matmul(transpose(x), x), 2 / 40);
    const found = sharpness(
      (inputs) => matmul(inputs, w),
      { inputs: x, targets: zeros([40, 1], "f64") },
      (y, t) => mean(square(sub(y, t))),
      { tolerance: 1e-10 },
    );
    const eigenvalues = eigvalsh(covariance).values();
    expect(found.value / eigenvalues[5]).toBeCloseTo(1, 10);
  });

  it("finds what is known of logistic regression: XᵀDX/n with D = p(1 - p)", () => {
    const rows = randn(new Generator(6), [12, 2], "f64").toArray() as number[][];
    const inputs = tensor(rows, { dtype: "f64" });
    const weights = [0.8, -1.3];
    const w = parameter(tensor([[weights[0]], [weights[1]]], { dtype: "f64" }));
    let [a, b, c] = [0, 0, 0];
    for (const [x, y] of rows) {
      const p = 1 / (1 + Math.exp(-(x * weights[0] + y * weights[1])));
      const slope = (p * (1 - p)) / rows.length;
      [a, b, c] = [a + slope * x * x, b + slope * x * y, c + slope * y * y];
    }
    const half = Math.hypot((a - c) / 2, b);
    // whatever the targets: they enter linearly
    const loss = (z: Tensor, t: Tensor) => mean(sub(softplus(z), mul(t, z)));
    const data = { inputs, targets: zeros([12, 1], "f64") };
    const found = sharpness((x) => matmul(x, w), data, loss, { smallest: 1 });
    expect(found.value).toBeCloseTo((a + c) / 2 + half, 13);
    expect(found.smallest[0].value).toBeCloseTo((a + c) / 2 - half, 13);
  });

  it("finds equal eigenvalues as often as they occur", () => {
    const found = sharpness(bowl([5, 1, 5, -2, 5, -2, 0]), batch, own, { largest: 4, smallest: 3 });
    expectClose(valuesOf(found.largest), [5, 5, 5, 1], 1e-6);
    expectClose(valuesOf(found.smallest), [-2, -2, 0], 1e-6);
    expect([...found.largest, ...found.smallest].every(({ converged }) => converged)).toBe(true);
    // what is left beside the one that is not zero
    const rank = sharpness(bowl([4, 0, 0, 0]), batch, own, { largest: 3, tolerance: 1e-9 });
    expect(rank.largest.every(({ converged }) => converged)).toBe(true);
    const vectors = found.largest.map(({ vector }) => [...vector[0].values()]);
    const dots = vectors.map((a) =>
      vectors.map((b) => a.reduce((total, value, i) => total + value * b[i], 0)),
    );
    for (const [i, row] of dots.entries())
      for (const [j, value] of row.entries()) expect(value).toBeCloseTo(Number(i === j), 6);
  });

  it("bounds its error by the residual, whatever the spectrum", () => {
    const curvature = fc.integer({ min: -5000, max: 5000 }).map((n) => n / 1000);
    fc.assert(
      fc.property(
        fc.array(curvature, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 3 }),
        (curvatures, count) => {
          const found = sharpness(bowl(curvatures), batch, own, { largest: count, tolerance: 1e-8 });
          const sorted = [...curvatures].sort((a, b) => b - a);
          const scale = Math.max(...curvatures.map(Math.abs));
          found.largest.forEach(({ value, residual }, k) => {
            expect(Math.min(...curvatures.map((each) => Math.abs(each - value)))).toBeLessThanOrEqual(
              residual + 1e-12 * scale,
            );
            expect(Math.abs(value - sorted[k])).toBeLessThanOrEqual(1e-6 * scale);
          });
          expect(found.largest).toHaveLength(Math.min(count, curvatures.length));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("tells small eigenvalues apart beside a large one, in double precision", () => {
    const found = sharpness(bowl([1, 3e-7, 2e-7]), batch, own, { largest: 3, tolerance: 1e-12 });
    expectClose(valuesOf(found.largest), [1, 3e-7, 2e-7], 1e-14);
    expect(found.largest.every(({ converged }) => converged)).toBe(true);
  });

  it("says what has not converged", () => {
    const curvatures = Array.from({ length: 200 }, (_, k) => 1 + k / 200);
    const found = sharpness(bowl(curvatures), batch, own, { steps: 4, tolerance: 1e-8 });
    expect(found.largest[0].converged).toBe(false);
    expect(found.value).toBeLessThan(curvatures[199] - 1e-3);
    expect(Math.min(...curvatures.map((each) => Math.abs(each - found.value)))).toBeLessThanOrEqual(
      found.largest[0].residual,
    );
    expect(found.products).toBe(5); // and one for the residual
    expect(sharpness(bowl(curvatures), batch, own, { steps: 60 }).largest[0].converged).toBe(true);
  });

  it("gives zero where there is no curvature, and the only one of a single parameter", () => {
    const w = parameter(tensor([1, 2, 3], { dtype: "f64" }));
    const flat = sharpness(() => sum(w), batch, own, { largest: 2, smallest: 1 });
    expect(valuesOf(flat.largest)).toEqual([0, 0]);
    expect(valuesOf(flat.smallest).map(Math.abs)).toEqual([0]);
    expect(sharpness(bowl([-7]), batch, own).value).toBeCloseTo(-7, 12);
  });

  it("gives the same in single precision, to its digits", () => {
    const curvatures = [0.001, 2, 30, 400];
    const found = sharpness(bowl(curvatures, "f32"), batch, own, { largest: 2, smallest: 1 });
    expectClose(valuesOf([...found.largest, ...found.smallest]), [400, 30, 0.001], 1e-6);
    expect(found.largest[0].vector[0].dtype).toBe("f32");
  });

  it("passes on what is not a number", () => {
    const w = parameter([1, 2]);
    const found = sharpness(() => sum(mul(square(w), Number.NaN)), batch, own, { largest: 2, smallest: 1 });
    expect(found.value).toBeNaN();
    expect(found.largest[0].converged).toBe(false);
    expect(found.smallest[0].value).toBeNaN();
  });

  it("differentiates by the parameters asked for", () => {
    const [a, b] = [parameter(2), parameter(3)];
    const loss = () => add(mul(5, square(a)), mul(7, square(b)));
    expect(sharpness(loss, batch, own).value).toBeCloseTo(14, 5);
    expect(sharpness(loss, batch, own, { parameters: { a } }).value).toBeCloseTo(10, 5);
  });

  it("compares with what the steps stand, and behind a preconditioner", () => {
    const steps = sharpness(bowl([3, 12]), batch, own, {
      rule: { method: "gradientDescent", learningRate: 0.1 },
    });
    expect([steps.threshold, steps.share]).toEqual([20, expect.closeTo(0.6, 10)]);
    const scaled = sharpness(bowl([3, 12]), batch, own, {
      preconditioner: [tensor([0.5, 9], { dtype: "f64" })],
    });
    expect(scaled.value).toBeCloseTo(6, 10);
    expect(scaled.threshold).toBeNull();
  });

  it("leaves parameters, gradients, statistics and generators as they are, to the bit", () => {
    const generator = new Generator(9);
    const model = new Sequential([
      new Linear({ inFeatures: 3, outFeatures: 5 }),
      new BatchNorm1d({ numFeatures: 5 }),
      new Dropout({ probability: 0.5, generator }),
      new Linear({ inFeatures: 5, outFeatures: 2 }),
    ]);
    const data = batchFor(1, 6, "f32");
    const held = [...model.namedParameters(), ...model.namedBuffers()].map(({ tensor: each }) => each);
    const before = {
      data: held.map((each) => each.data),
      bits: held.map((each) => each.values().slice()),
      state: generator.state,
    };
    const first = sharpness(model, data, squared);
    const outside = sharpness((x) => dropout(model.call(x), { generator }), data, squared);
    expect(held.map((each) => each.data)).toEqual(before.data);
    for (const [k, each] of held.entries()) expect(each.data).toBe(before.data[k]);
    expect(held.map((each) => each.values())).toEqual(before.bits);
    expect(held.every(({ grad }) => grad === null)).toBe(true);
    expect(generator.state).toEqual(before.state);
    expect(sharpness(model, data, squared).value).toBe(first.value);
    expect(outside.value).not.toBe(first.value);
  });

  it("says what it cannot take", () => {
    const w = parameter([1, 2]);
    const loss = () => sum(square(w));
    expect(() => sharpness(3 as never, batch, own)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sharpness: expected a model: a function of the inputs, or a module, got 3]`,
    );
    expect(() => sharpness(() => zeros([2]), batch, own)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sharpness: expected a loss of one element, got [2]]`,
    );
    expect(() => sharpness(() => zeros([]), batch, own)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sharpness: expected tracked parameters that the loss depends on, got 0]`,
    );
    expect(() =>
      sharpness(loss, batch, own, { parameters: [zeros([2])] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sharpness: expected parameters that are tracked leaves, got Tensor]`,
    );
    expect(() => sharpness(loss, batch, own, { largest: 200 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sharpness: expected steps to be a whole number of at least 200, got 100]`,
    );
    expect(() => sharpness(loss, batch, own, { tolerance: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sharpness: expected tolerance to be positive, got 0]`,
    );
    expect(() =>
      sharpness(loss, batch, own, { preconditioner: [zeros([3])] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sharpness: expected a preconditioner with shapes [2], got [3]]`,
    );
    expect(() =>
      sharpness(loss, batch, own, { preconditioner: [tensor([1, 0])] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sharpness: expected the preconditioner to be positive, got 0]`,
    );
  });
});

describe("stabilityThreshold", () => {
  /** Whether steps on ½ h w² end nearer to 0 than they began. */
  function settles(h: number, step: (w: number, g: number) => number): boolean {
    let w = 1;
    for (let k = 0; k < 3000; k++) w = step(w, h * w);
    return Math.abs(w) < 1;
  }

  const rules = {
    gradientDescent: [
      { method: "gradientDescent", learningRate: 0.1 },
      () => (w: number, g: number) => w - 0.1 * g,
    ],
    momentum: [
      { method: "momentum", learningRate: 0.1, momentum: 0.7 },
      () => {
        let v = 0;
        return (w: number, g: number) => {
          v = 0.7 * v + g;
          return w - 0.1 * v;
        };
      },
    ],
    nesterov: [
      { method: "nesterov", learningRate: 0.1, momentum: 0.7 },
      () => {
        let v = 0;
        return (w: number, g: number) => {
          v = 0.7 * v + g;
          return w - 0.1 * (g + 0.7 * v);
        };
      },
    ],
    adam: [
      { method: "adam", learningRate: 0.1 },
      // the first moment of Adam; the second stands still, as the preconditioner
      () => {
        let m = 0;
        return (w: number, g: number) => {
          m = 0.9 * m + 0.1 * g;
          return w - 0.1 * m;
        };
      },
    ],
  } as const;

  it.each(Object.entries(rules))("is where steps on a quadratic begin to grow: %s", (_, [rule, stepper]) => {
    const threshold = stabilityThreshold(rule);
    expect(settles(0.99 * threshold, stepper())).toBe(true);
    expect(settles(1.01 * threshold, stepper())).toBe(false);
  });

  it("says what it cannot take", () => {
    expect(() =>
      stabilityThreshold({ method: "gradientDescent", learningRate: 0 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: stabilityThreshold: expected a positive learning rate, got 0]`,
    );
    expect(() =>
      stabilityThreshold({ method: "momentum", learningRate: 1, momentum: 1 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: stabilityThreshold: expected momentum in [0, 1), got 1]`,
    );
  });
});
