import {
  add,
  concat,
  conv2d,
  Generator,
  matmul,
  mul,
  narrow,
  parameter,
  qr,
  randn,
  relu,
  reshape,
  type Tensor,
  tanh,
  tensor,
  zeros,
} from "@isograd/autograd";
import { representationMap } from "@isograd/diagnostics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  effectiveRank,
  exampleProducts,
  participationRatio,
  squaredSingularValues,
  stableRank,
} from "../../src/instruments/representation.ts";

const gaussian = (seed: number | string, shape: readonly number[]): Tensor =>
  randn(new Generator(seed), shape, "f64");
const layersFrom = (weights: readonly Tensor[], activation: (x: Tensor) => Tensor) => (x: Tensor) =>
  weights.reduce((at, w) => activation(matmul(at, w)), x);
const weight = (values: Tensor): Tensor => parameter(values.detach());

describe("representationMap", () => {
  it("counts the directions of examples whose spectrum is known", () => {
    // orthogonal rows of lengths 3, 1, 1, 1
    const inputs = mul(qr(gaussian(1, [4, 4]))[0], tensor([[3], [1], [1], [1]], { dtype: "f64" }));
    const { layers } = representationMap((x) => matmul(x, weight(qr(gaussian(2, [4, 4]))[0])), inputs);
    const [{ effectiveRank: effective, stableRank: stable, meanCosine, features, examples }] = layers;
    expect([examples, features]).toEqual([4, 4]);
    const shares = [3 / 6, 1 / 6, 1 / 6, 1 / 6];
    expect(effective).toBeCloseTo(Math.exp(-shares.reduce((sum, p) => sum + p * Math.log(p), 0)), 7);
    expect(stable).toBeCloseTo(12 / 9, 12);
    expect(meanCosine).toBeCloseTo(0, 12);
  });

  it("keeps the ranks within their bounds, unmoved by a factor and an order", () => {
    const extents = fc.tuple(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.nat(1000));
    fc.assert(
      fc.property(extents, ([n, features, seed]) => {
        const x = gaussian(seed, [n, features]);
        const ranksOf = (each: Tensor) => {
          const squares = squaredSingularValues(each);
          return [effectiveRank(squares), stableRank(squares), participationRatio(exampleProducts(each))];
        };
        const ranks = ranksOf(x);
        for (const rank of ranks) {
          expect(rank).toBeGreaterThan(1 - 1e-9);
          expect(rank).toBeLessThan(Math.min(n, features) + 1e-9);
        }
        expect(ranks[1]).toBeLessThan(ranks[0] ** 2 + 1e-9);
        const turned = concat([narrow(x, 0, 1, n - 1), narrow(x, 0, 0, 1)], 0);
        for (const [k, rank] of ranksOf(mul(turned, 1e-3)).entries()) expect(rank).toBeCloseTo(ranks[k], 8);
      }),
      { numRuns: 40 },
    );
  });

  it("sees one rank where all examples lie on a line, and one direction less in the mean", () => {
    const inputs = matmul(gaussian("a", [6, 1]), gaussian("b", [1, 4]));
    const [layer] = representationMap((x) => matmul(x, weight(gaussian("w", [4, 5]))), inputs).layers;
    expect(layer.effectiveRank).toBeCloseTo(1, 5);
    expect(layer.stableRank).toBeCloseTo(1, 12);
    expect(layer.participationRatio).toBeCloseTo(1, 12);
    expect(layer.unitCorrelation).toMatchObject({
      units: 5,
      constant: 0,
      duplicates: 4,
      largest: expect.closeTo(1, 9),
    });
  });

  it("follows the C-map of mean-field theory: ReLU with He's weights", () => {
    const [width, depth] = [256, 4];
    const weights = Array.from({ length: depth }, (_, k) =>
      weight(mul(gaussian(`w${k}`, [width, width]), Math.sqrt(2 / width))),
    );
    const { layers } = representationMap(layersFrom(weights, relu), gaussian("x", [6, width]));
    // the arc-cosine kernel of degree 1, from cosine 0
    let cosine = 0;
    for (const { meanCosine } of layers) {
      cosine = (Math.sqrt(1 - cosine * cosine) + cosine * (Math.PI - Math.acos(cosine))) / Math.PI;
      expect(Math.abs(meanCosine - cosine)).toBeLessThan(0.04);
    }
    expect(layers.map(({ place }) => place)).toEqual(["matmul 1", "matmul 2", "matmul 3", "matmul 4"]);
    expect(layers[3].meanCosine).toBeGreaterThan(layers[0].meanCosine + 0.2);
  });

  it("finds units that say the same, also with another sign, and constant ones", () => {
    const w = gaussian("w", [5, 3]);
    const column = (k: number) => narrow(w, 1, k, 1);
    const doubled = concat([w, mul(column(0), -2), mul(column(1), 0)], 1);
    const [layer] = representationMap((x) => matmul(x, weight(doubled)), gaussian("x", [30, 5])).layers;
    expect(layer.unitCorrelation).toMatchObject({
      units: 5,
      constant: 1,
      duplicates: 1,
      largest: expect.closeTo(1, 12),
    });
    const [apart] = representationMap((x) => matmul(x, weight(w)), gaussian("x", [30, 5])).layers;
    expect(apart.unitCorrelation).toMatchObject({ duplicates: 0, constant: 0 });
    expect(apart.unitCorrelation.largest).toBeLessThan(0.95);
  });

  it("aligns layers that show the same up to a rotation and a factor, not others", () => {
    const turn = mul(qr(gaussian("q", [4, 4]))[0], 3);
    const model = layersFrom(
      [weight(gaussian("w", [4, 4])), weight(turn), weight(gaussian("v", [4, 1]))],
      (x) => mul(x, 1),
    );
    const { alignment } = representationMap(model, gaussian("x", [12, 4]));
    expect(alignment[0][1]).toBeCloseTo(1, 12);
    expect(alignment[1][1]).toBeCloseTo(1, 12);
    expect(alignment[0][2]).toBeCloseTo(alignment[2][0], 14);
    expect(alignment[0][2]).toBeLessThan(0.95);
  });

  it("takes the channels of images for units", () => {
    const filters = weight(gaussian("f", [3, 1, 2, 2]));
    const [layer] = representationMap((x) => tanh(conv2d(x, filters)), gaussian("x", [4, 1, 4, 4])).layers;
    expect([layer.features, layer.unitCorrelation.units]).toEqual([27, 3]);
  });

  it("looks behind the activation, and leaves out what has no examples in front", () => {
    const w = weight(tensor([[1, -1]], { dtype: "f64" }));
    const model = (x: Tensor) => relu(matmul(x, w));
    const [layer] = representationMap(model, tensor([[1], [2], [3]], { dtype: "f64" })).layers;
    expect(layer.unitCorrelation.constant).toBe(1);
    const merged = (x: Tensor) => reshape(matmul(reshape(x, [6, 1]), w), [3, 4]);
    expect(representationMap(merged, gaussian("x", [3, 2])).layers).toEqual([]);
    expect(representationMap((x) => x, gaussian("x", [3, 2]))).toEqual({ layers: [], alignment: [] });
  });

  it("has no ratio of what does not vary, and passes on NaN", () => {
    const w = weight(gaussian("w", [2, 2]));
    const same = representationMap(
      (x) => matmul(x, w),
      tensor(
        [
          [1, 2],
          [1, 2],
        ],
        { dtype: "f64" },
      ),
    ).layers[0];
    expect(same.meanCosine).toBeCloseTo(1, 12);
    expect(same.unitCorrelation).toMatchObject({ constant: 2, largest: Number.NaN, duplicates: 0 });
    const zero = representationMap((x) => matmul(x, w), zeros([3, 2], "f64")).layers[0];
    expect([zero.effectiveRank, zero.stableRank, zero.meanCosine]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    const broken = representationMap((x) => matmul(add(x, Number.NaN), w), gaussian("x", [3, 2])).layers[0];
    expect([broken.effectiveRank, broken.meanCosine, broken.participationRatio]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(broken.unitCorrelation.largest).toBeNaN();
  });

  it("says what it cannot take", () => {
    expect(() => representationMap(1 as never, zeros([2, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: representationMap: expected a model: a function of the inputs, or a module, got 1]`,
    );
    expect(() => representationMap((x) => x, zeros([1, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: representationMap: expected inputs [batch, ...] with two examples or more, got [1, 2]]`,
    );
    expect(() =>
      representationMap((x) => x, zeros([2, 2]), { duplicateBeyond: 0 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: representationMap: expected duplicateBeyond to be positive, got 0]`,
    );
  });
});
