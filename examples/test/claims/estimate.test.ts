import { describe, expect, it } from "vitest";
import { differences, estimate } from "../../claims/laboratory/estimate.ts";

describe("an estimate", () => {
  it("is the mean with its t interval", () => {
    const { mean, error, low, high } = estimate([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(error).toBeCloseTo(Math.sqrt(0.5), 12);
    // t of 4 degrees of freedom at 97.5 %, from tables
    expect([low, high]).toEqual([
      expect.closeTo(3 - 2.776445 * error, 5),
      expect.closeTo(3 + 2.776445 * error, 5),
    ]);
  });

  it("is a point where chance has no part, and all numbers where one value is all there is", () => {
    expect(estimate(7)).toEqual({ mean: 7, error: 0, low: 7, high: 7 });
    expect(estimate([2, 2, 2])).toEqual({ mean: 2, error: 0, low: 2, high: 2 });
    expect(estimate([7])).toMatchObject({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
  });

  it("takes differences seed by seed", () => {
    expect(differences([3, 5], [1, 4])).toEqual([2, 1]);
  });
});
