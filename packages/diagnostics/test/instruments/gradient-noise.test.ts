import {
  add,
  dropout,
  Generator,
  mean,
  mul,
  parameter,
  randn,
  relu,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  zeros,
} from "@isograd/autograd";
import { gradientConfusion, gradientNoise, noiseScaleFromNorms } from "@isograd/diagnostics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchFor, network, parametersFor, squared } from "./networks.ts";

/** A loss whose gradient on an example is the example: mean of w·x. */
const linear = (dimension: number) => {
  const w = parameter(zeros([dimension], "f64"));
  return (x: Tensor): Tensor => sum(mul(w, x), { axis: 1 });
};
const average = (output: Tensor): Tensor => mean(output);
const samplesOf = (rows: readonly (readonly number[])[]) => ({
  inputs: tensor(rows as number[][], { dtype: "f64" }),
  targets: zeros([rows.length]),
});

/** Examples from N(μ, σ²) in each coordinate: |G|² = d μ², tr Σ = d σ². */
function gaussian(
  seed: number,
  { examples, dimension, mu, sigma }: Record<"examples" | "dimension" | "mu" | "sigma", number>,
) {
  const inputs = add(mul(randn(new Generator(seed), [examples, dimension], "f64"), sigma), mu);
  return { inputs, targets: zeros([examples]) };
}

describe("gradientNoise", () => {
  it("finds the noise scale of gradients whose covariance is known, within its standard error", () => {
    const setting = { examples: 40, dimension: 12, mu: 0.5, sigma: 2 };
    const found = Array.from({ length: 16 }, (_, seed) =>
      gradientNoise(linear(12), gaussian(seed, setting), average),
    );
    const averageOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    expect(Math.abs(averageOf(found.map(({ noise }) => noise)) / 48 - 1)).toBeLessThan(0.05);
    expect(Math.abs(averageOf(found.map(({ signal }) => signal)) / 3 - 1)).toBeLessThan(0.15);
    const errors = found.map(({ noiseScale, standardError }) => (noiseScale - 16) / standardError);
    expect(errors.filter((error) => Math.abs(error) < 2).length).toBeGreaterThanOrEqual(13);
    expect(Math.max(...errors.map(Math.abs))).toBeGreaterThan(0.5);
  });

  it("gives the same from groups, in examples, but for chance", () => {
    const setting = { examples: 200, dimension: 8, mu: 1, sigma: 2 };
    const batch = gaussian(3, setting);
    const single = gradientNoise(linear(8), batch, average);
    const grouped = gradientNoise(linear(8), batch, average, { groupSize: 10 });
    expect(grouped.groups).toBe(20);
    expect(Math.abs(single.noiseScale - 4)).toBeLessThan(3 * single.standardError);
    expect(Math.abs(grouped.noiseScale - 4)).toBeLessThan(3 * grouped.standardError);
    expect(grouped.standardError).toBeGreaterThan(single.standardError);
  });

  it("is unmoved by a factor on the loss, a sum for a mean and a permutation of examples", () => {
    const parameters = parametersFor(1);
    const batch = batchFor(1, 8);
    const model = (x: Tensor) => network(parameters, x);
    const plain = gradientNoise(model, batch, squared, { groupSize: 2 });
    const tiny = gradientNoise(model, batch, (y, t) => mul(squared(y, t), 1e-6), { groupSize: 2 });
    const summed = gradientNoise(model, batch, (y, t) => sum(square(sub(y, t))), { groupSize: 2 });
    for (const other of [tiny, summed]) {
      expect(other.noiseScale / plain.noiseScale).toBeCloseTo(1, 10);
      expect(other.standardError / plain.standardError).toBeCloseTo(1, 10);
      expect(other.parameters[1].signalToNoise / plain.parameters[1].signalToNoise).toBeCloseTo(1, 10);
    }
    expect(tiny.noise / plain.noise).toBeCloseTo(1e-12, 18);
  });

  it("splits signal and noise by parameter", () => {
    const parameters = parametersFor(2);
    const found = gradientNoise((x) => network(parameters, x), batchFor(2), squared);
    expect(found.parameters.map(({ parameter: each }) => each)).toEqual(parameters);
    for (const key of ["signal", "noise"] as const)
      expect(found.parameters.reduce((total, each) => total + each[key], 0) / found[key]).toBeCloseTo(1, 10);
    const only = gradientNoise((x) => network(parameters, x), batchFor(2), squared, {
      parameters: [parameters[2]],
    });
    expect(only.noiseScale).toBe(found.parameters[2].noiseScale);
  });

  it("agrees with the definition, written out", () => {
    const row = fc.array(
      fc.integer({ min: -3000, max: 3000 }).map((n) => n / 1000),
      { minLength: 2, maxLength: 2 },
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 6 }), (rows) => {
        const { signal, noise, noiseScale } = gradientNoise(linear(2), samplesOf(rows), average);
        const n = rows.length;
        const means = [0, 1].map((k) => rows.reduce((total, each) => total + each[k], 0) / n);
        const variance = [0, 1].reduce(
          (total, k) => total + rows.reduce((inner, each) => inner + (each[k] - means[k]) ** 2, 0) / (n - 1),
          0,
        );
        const square = means[0] ** 2 + means[1] ** 2 - variance / n;
        expect(noise).toBeCloseTo(variance, 10);
        expect(signal).toBeCloseTo(square, 10);
        if (square > 1e-6) expect(noiseScale * square).toBeCloseTo(variance, 8);
        else if (square < -1e-6) expect(noiseScale).toBe(Number.POSITIVE_INFINITY);
      }),
      { numRuns: 40 },
    );
  });

  it("says infinite where noise hides the gradient, 0 without noise, NaN where there is no gradient", () => {
    expect(gradientNoise(linear(1), samplesOf([[1], [-1], [1], [-1]]), average).noiseScale).toBe(
      Number.POSITIVE_INFINITY,
    );
    const calm = gradientNoise(linear(1), samplesOf([[2], [2], [2]]), average);
    expect([calm.signal, calm.noise, calm.noiseScale, calm.standardError]).toEqual([4, 0, 0, 0]);
    const dead = gradientNoise(linear(1), samplesOf([[0], [0], [0]]), average);
    expect([dead.signal, dead.noise, dead.noiseScale]).toEqual([0, 0, Number.NaN]);
    expect(gradientNoise(linear(1), samplesOf([[Number.NaN], [0], [0]]), average).noiseScale).toBeNaN();
  });

  it("takes examples that a parameter has no part in", () => {
    const w = parameter([1]);
    const model = (x: Tensor) => relu(mul(w, x));
    const found = gradientNoise(model, { inputs: tensor([[1], [-1], [1]]), targets: zeros([3]) }, average);
    expect(found.noise).toBeCloseTo(1 / 3, 6);
  });

  it("draws anew for each example, and leaves the generator where it was", () => {
    const generator = new Generator(3);
    const { state } = generator;
    const w = parameter(tensor([1], { dtype: "f64" }));
    const model = (x: Tensor) => dropout(mul(w, x), { generator });
    const batch = samplesOf(Array.from({ length: 20 }, () => [1]));
    expect(gradientNoise(model, batch, average).noise).toBeGreaterThan(0);
    expect(generator.state).toEqual(state);
    expect(w.grad).toBeNull();
  });

  it("says what it cannot take", () => {
    const model = linear(1);
    expect(() => gradientNoise(model, samplesOf([[1]]), average)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: gradientNoise: expected at least two groups of examples, got 1]`,
    );
    expect(() =>
      gradientNoise(model, samplesOf([[1], [2]]), average, { groupSize: 2 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: gradientNoise: expected at least two groups of examples, got 1]`,
    );
    expect(() =>
      gradientNoise(model, { ...samplesOf([[1], [2]]), targets: zeros([3]) }, average),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: gradientNoise: expected targets for 2 examples, got [3]]`,
    );
    expect(() => gradientNoise((x) => x, samplesOf([[1], [2]]), average)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: gradientNoise: expected tracked parameters that the loss depends on, got 0]`,
    );
  });
});

describe("noiseScaleFromNorms", () => {
  it("finds signal and noise of known gradients from the norms over two sizes", () => {
    const generator = new Generator(5);
    const [mu, sigma, dimension, sizes] = [0.3, 1.5, 20, [4, 64]];
    const squareOf = (batchSize: number): number => {
      let total = 0;
      for (let k = 0; k < dimension; k++)
        total += (mu + (sigma / Math.sqrt(batchSize)) * generator.normal()) ** 2;
      return total;
    };
    const [small, large] = sizes.map((batchSize) => ({
      batchSize,
      squares: Array.from({ length: 400 }, () => squareOf(batchSize)),
    }));
    const found = noiseScaleFromNorms(small, large);
    expect(Math.abs(found.noise / 45 - 1)).toBeLessThan(0.1);
    expect(Math.abs(found.signal / 1.8 - 1)).toBeLessThan(0.1);
    expect(Math.abs(found.noiseScale - 25)).toBeLessThan(3 * found.standardError);
    expect(found.standardError).toBeLessThan(4);
  });

  it("gives what gradientNoise gives on the same gradients", () => {
    const rows = [
      [1, 2],
      [3, -1],
      [0, 2],
      [2, 2],
    ];
    const direct = gradientNoise(linear(2), samplesOf(rows), average);
    const squares = rows.map(([a, b]) => a * a + b * b);
    const small = { batchSize: 1, squares: [squares.reduce((a, b) => a + b, 0) / 4] };
    const found = noiseScaleFromNorms(small, { batchSize: 4, squares: [1.5 ** 2 + 1.25 ** 2] });
    expect(found.noiseScale).toBeCloseTo(direct.noiseScale, 12);
    expect(found.standardError).toBeNaN();
  });

  it("says what it cannot take", () => {
    const small = { batchSize: 4, squares: [1, 2] };
    expect(() =>
      noiseScaleFromNorms(small, { batchSize: 8, squares: [1] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: noiseScaleFromNorms: expected 2 norms of large batches, and at least one, got 1]`,
    );
    expect(() =>
      noiseScaleFromNorms(small, { batchSize: 4, squares: [1, 2] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: noiseScaleFromNorms: expected a size above 4, got 4]`,
    );
  });
});

describe("gradientConfusion", () => {
  it("knows orthogonal, equal and opposed gradients", () => {
    const of = (rows: readonly (readonly number[])[]) =>
      gradientConfusion(linear(2), samplesOf(rows), average);
    expect(
      of([
        [1, 0],
        [0, 2],
      ]),
    ).toMatchObject({ smallestProduct: 0, smallestCosine: 0, conflicting: 0, diversity: 1 });
    expect(
      of([
        [1, 1],
        [1, 1],
        [1, 1],
      ]),
    ).toMatchObject({
      smallestProduct: 2,
      smallestCosine: expect.closeTo(1, 12),
      diversity: expect.closeTo(1 / 3, 12),
    });
    const opposed = of([
      [1, 0],
      [-2, 0],
      [0, 1],
    ]);
    expect(opposed).toMatchObject({
      smallestProduct: -2,
      smallestCosine: -1,
      conflicting: 1 / 3,
      diversity: 3,
    });
    expect(opposed.meanCosine).toBeCloseTo(-1 / 3, 12);
  });

  it("has no angle where gradients are zero, and passes on NaN", () => {
    const of = (rows: readonly (readonly number[])[]) =>
      gradientConfusion(linear(1), samplesOf(rows), average);
    expect(of([[0], [0]])).toMatchObject({
      smallestProduct: 0,
      smallestCosine: Number.NaN,
      diversity: Number.NaN,
    });
    expect(of([[0], [1], [3]])).toMatchObject({ smallestCosine: 1, meanCosine: 1 });
    expect(of([[Number.NaN], [1]])).toMatchObject({
      smallestProduct: Number.NaN,
      smallestCosine: Number.NaN,
    });
  });

  it("takes groups", () => {
    const found = gradientConfusion(linear(1), samplesOf([[1], [3], [-1], [-5]]), average, { groupSize: 2 });
    expect(found).toMatchObject({ smallestProduct: -6, groups: 2, groupSize: 2 });
  });
});
