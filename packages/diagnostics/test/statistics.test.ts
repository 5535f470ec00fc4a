import { expand, flip, Generator, slice, tensor, transpose, zeros } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import {
  deviationOf,
  holm,
  judge,
  meanOf,
  normalPrediction,
  predictionBand,
  skewedPrediction,
  slopeOf,
  sumOfSquares,
} from "../src/statistics.ts";

describe("a sum of squares", () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  it.each([
    ["a matrix", x, 91],
    ["a transposed one", transpose(x), 91],
    ["a part of one", slice(x, 1, { start: 1, end: 3 }), 4 + 9 + 25 + 36],
    ["one that was turned around", flip(x, [0]), 91],
    ["a row that was stretched over as much storage", expand(tensor([[1, 2, 3, 4, 5, 6]]), [6, 6]), 6 * 91],
    ["a number", tensor(3), 9],
    [
      "a part as large as its storage",
      expand(slice(tensor([1, 2, 3, 4]), 0, { start: 0, end: 2 }), [2, 2]),
      10,
    ],
    ["nothing", zeros([0, 3]), 0],
  ])("of %s", (_, values, total) => {
    expect(sumOfSquares(values)).toBe(total);
  });
});

describe("a prediction", () => {
  it("is Student's: the tabled t quantiles lie at their probabilities", () => {
    const values = [-1, 0, 1, 0.5, -0.5, 0.25, -0.25, 0, 0, 0.75, -0.75]; // ten degrees of freedom
    const { mean, below, freedom } = normalPrediction(values);
    expect(freedom).toBe(10);
    // Tables of t: 2.228 (5 %), 4.587 (0.1 %), two-sided, ten degrees.
    expect(judge(mean - 2.2281 * below, normalPrediction(values)).pValue).toBeCloseTo(0.05, 4);
    expect(judge(mean + 4.5869 * below, normalPrediction(values)).pValue).toBeCloseTo(0.001, 6);
    const [low, high] = predictionBand(normalPrediction(values), 0.001);
    expect(high - mean).toBeCloseTo(4.5869 * below, 3);
    expect(mean - low).toBeCloseTo(4.5869 * below, 3);
  });

  it("of a known law is normal", () => {
    const law = { mean: 1, below: 2, above: 2, freedom: Number.POSITIVE_INFINITY };
    expect(judge(1 + 2 * 3.290527, law).pValue).toBeCloseTo(0.001, 7);
    expect(judge(1 - 2 * 3.290527, law).z).toBeCloseTo(-3.290527, 9);
  });

  it("has an edge: what lies just inside its band is not significant, what lies just outside is", () => {
    for (const law of [normalPrediction([1, 2, 4, 3, 2]), skewedPrediction([1, 2, 4, 3, 2, 9, 2, 2])]) {
      const [low, high] = predictionBand(law, 0.001);
      for (const [edge, outwards] of [
        [low, -1e-6],
        [high, 1e-6],
      ] as const) {
        expect(judge(edge + outwards, law).pValue).toBeLessThan(0.001);
        expect(judge(edge - outwards, law).pValue).toBeGreaterThan(0.001);
      }
    }
  });

  it("is certain of nothing infinite, and passes NaN through", () => {
    const law = normalPrediction([1, 2, 3]);
    expect(judge(Number.NEGATIVE_INFINITY, law)).toEqual({ z: Number.NEGATIVE_INFINITY, pValue: 0 });
    expect(judge(Number.NaN, law).pValue).toBeNaN();
    expect(judge(2, { mean: 2, below: 0, above: 0, freedom: 4 })).toEqual({ z: 0, pValue: 1 });
  });

  it("misses as often as it says: normal draws exactly, skewed ones not more often", () => {
    const generator = new Generator("coverage");
    const rounds = 4000;
    /** How often a further draw has p below 1 %. */
    const misses = (draw: () => number, predict: typeof normalPrediction): number => {
      let count = 0;
      for (let round = 0; round < rounds; round++) {
        const law = predict(Array.from({ length: 32 }, draw));
        if (judge(draw(), law).pValue < 0.01) count++;
      }
      return count;
    };
    // 40 are expected; binomial bounds at a chance of 10⁻⁴ on either side.
    const normal = misses(() => generator.normal(), normalPrediction);
    expect(normal).toBeGreaterThan(18);
    expect(normal).toBeLessThan(66);
    const skewed = (): number => Math.log(generator.normal() ** 2) + Math.log(generator.normal() ** 2);
    expect(misses(skewed, skewedPrediction)).toBeLessThan(66);
    expect(misses(skewed, normalPrediction)).toBeGreaterThan(66); // what the skew costs otherwise
  });
});

describe("Holm's correction", () => {
  it("is that of the textbook", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
  });

  it("keeps one test as it is, none as none, and never exceeds 1", () => {
    expect(holm([0.2])).toEqual([0.2]);
    expect(holm([])).toEqual([]);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
  });
});

it("knows the mean, the deviation and the slope of a line", () => {
  expect(meanOf([1, 2, 6])).toBe(3);
  expect(deviationOf([1, 2, 6])).toBeCloseTo(Math.sqrt(7), 12);
  expect(slopeOf([5, 3, 1, -1])).toBeCloseTo(-2, 12);
  expect(slopeOf([0, 1, 0, 1, 0])).toBeCloseTo(0, 12);
});
