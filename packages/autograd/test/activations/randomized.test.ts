import { expect, it } from "vitest";
import { Generator, ones, rrelu, tensor, zeros } from "../../src/index.ts";

const negative = (size: number) => tensor(new Float64Array(size).fill(-1));

it("draws a slope for each element, the same for the same seed", () => {
  const draw = (seed: number): number[] =>
    Array.from(rrelu(negative(2000), { lower: 0.2, upper: 0.6, generator: new Generator(seed) }).values());
  const slopes = draw(1).map((value) => -value);
  expect(Math.min(...slopes)).toBeGreaterThanOrEqual(0.2);
  expect(Math.max(...slopes)).toBeLessThan(0.6);
  // The mean of n uniform draws has the spread width/√(12n): five of them.
  const mean = slopes.reduce((sum, slope) => sum + slope, 0) / 2000;
  expect(Math.abs(mean - 0.4)).toBeLessThan((5 * 0.4) / Math.sqrt(12 * 2000));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(2)).not.toEqual(draw(1));
});

it("takes the mean slope without a generator, and leaves what is above 0", () => {
  expect(rrelu(negative(1), { lower: 0.2, upper: 0.6 }).item()).toBeCloseTo(-0.4, 15);
  expect(rrelu(ones([2]), { generator: new Generator(1) }).toArray()).toEqual([1, 1]);
});

it("refuses bounds in the wrong order", () => {
  expect(() => rrelu(zeros([1]), { lower: 1, upper: 0 })).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: rrelu: expected a lower bound not above the upper, got [1, 0]]`,
  );
});
