import { Generator } from "@isograd/autograd";
import { expect, it } from "vitest";
import { confidenceSequence } from "../../src/advise/confidence-sequence.ts";
import { deviationOf, meanOf } from "../../src/statistics.ts";

/** The share of sequences of draws around `mean` that, at any of many looks, are held not to lie around 0. */
function shareThatExclude(mean: number, excludes: (values: readonly number[]) => boolean): number {
  const [sequences, length] = [300, 160];
  let count = 0;
  for (let s = 0; s < sequences; s++) {
    const generator = new Generator(`sequence ${s}`);
    // Differences of two losses: with more draws far out than a normal law has.
    const values = Array.from({ length }, () => mean + generator.normal() ** 2 - generator.normal() ** 2);
    for (let n = 10; n <= length; n += 5)
      if (excludes(values.slice(0, n))) {
        count++;
        break;
      }
  }
  return count / sequences;
}

const bySequence = (values: readonly number[]): boolean => {
  const [low, high] = confidenceSequence(values, { alpha: 0.05 });
  return low > 0 || high < 0;
};

it("holds at all looks together, where an interval for one look does not", () => {
  expect(shareThatExclude(0, bySequence)).toBeLessThan(0.08);
  const once = (values: readonly number[]): boolean =>
    Math.abs(meanOf(values)) > (1.96 * deviationOf(values)) / Math.sqrt(values.length);
  expect(shareThatExclude(0, once)).toBeGreaterThan(0.2);
});

it("sees a difference of less than half a deviation", () => {
  expect(shareThatExclude(0.9, bySequence)).toBeGreaterThan(0.9);
});

it("lies around the mean, and says nothing of a few", () => {
  const values = Array.from({ length: 10 }, (_, k) => k % 2);
  const [low, high] = confidenceSequence(values, { alpha: 0.05 });
  expect((low + high) / 2).toBeCloseTo(0.5, 12);
  expect(confidenceSequence(values.slice(1), { alpha: 0.05 })).toEqual([-Infinity, Infinity]);
});

it("is narrower the more was seen, and the more it may err", () => {
  const width = (count: number, alpha: number): number => {
    const values = Array.from({ length: count }, (_, k) => k % 2);
    const [low, high] = confidenceSequence(values, { alpha });
    return high - low;
  };
  expect(width(400, 0.05)).toBeLessThan(0.6 * width(100, 0.05));
  expect(width(100, 0.2)).toBeLessThan(width(100, 0.01));
});

// √(2(nρ² + 1)/(n²ρ²) log(√(nρ² + 1)/α)) with ρ² = (-2 log α + log(-2 log α) + 1)/tightest, from another program.
it.each([
  [40, 0.05, undefined, 0.4801912231991277],
  [200, 0.01, undefined, 0.2588523998344847],
  [30, 0.05, 25, 0.554909911869313],
])("reaches as far as its formula after %i observations", (count, alpha, tightest, radius) => {
  const values = Array.from({ length: count }, (_, k) => (k % 2) * 2);
  const [low, high] = confidenceSequence(values, { alpha, ...(tightest && { tightest }) });
  expect((high - low) / 2 / deviationOf(values)).toBeCloseTo(radius, 10);
});
