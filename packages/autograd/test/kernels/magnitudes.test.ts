import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestMagnitude, sumOfSquares } from "../../src/kernels/magnitudes.ts";

const lengths = fc.constantFrom(0, 1, 2, 3, 5, 7, 95, 96, 97, 255, 4095, 4096, 4097, 4099, 8192, 20_001);
const kinds = fc.constantFrom(Float32Array, Float64Array);

describe("sums of squares and largest magnitudes of arrays", () => {
  it("are those of plain sums, at any length", () => {
    fc.assert(
      fc.property(lengths, kinds, fc.integer({ min: 1, max: 1000 }), (length, Kind, seed) => {
        const values = new Kind(length + 1).subarray(1); // not where a vector would begin
        for (let i = 0; i < length; i++) values[i] = Math.sin(seed * (i + 1)) * (i % 7 === 3 ? 100 : 1);
        let [sum, largest] = [0, 0];
        for (const x of values) [sum, largest] = [sum + x * x, Math.max(largest, Math.abs(x))];
        expect(Math.abs(sumOfSquares(values) - sum)).toBeLessThanOrEqual(1e-12 * sum);
        expect(largestMagnitude(values)).toBe(largest);
      }),
    );
  });

  it("pass NaN and infinities on, wherever they stand", () => {
    for (const Kind of [Float32Array, Float64Array])
      for (const length of [5, 96, 4096, 5003])
        for (const place of [0, 2, length - 1])
          for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
            const values = new Kind(length).fill(2);
            values[place] = bad;
            expect(sumOfSquares(values)).toBe(Math.abs(bad));
            expect(largestMagnitude(values)).toBe(Math.abs(bad));
            values[1] = Number.NaN;
            expect([sumOfSquares(values), largestMagnitude(values)]).toEqual([Number.NaN, Number.NaN]);
          }
  });

  it("keep what is tiny and what is huge", () => {
    const values = new Float32Array(5000).fill(1e-38);
    expect(sumOfSquares(values) / (5000 * Math.fround(1e-38) ** 2)).toBeCloseTo(1, 12);
    expect(largestMagnitude(values)).toBe(Math.fround(1e-38));
    expect(sumOfSquares(values.fill(3e38))).toBeCloseTo(5000 * Math.fround(3e38) ** 2, -70);
    expect(Object.is(largestMagnitude(new Float64Array(5000).fill(-0)), 0)).toBe(true);
  });
});
