import { describe, expect, it } from "vitest";
import { lowerBound, rate, rateOf, upperBound } from "../../../zoo/measures/rate.ts";

describe("bounds of a chance", () => {
  // scipy.stats.beta.ppf: count, of, one-sided upper bound at 95 %, two-sided interval at 95 %.
  it.each([
    [0, 298, 0.010002432437677691, 0, 0.01230248805901612],
    [0, 299, 0.009969146792899267, 0, 0.012261595907535044],
    [1, 472, 0.010010788208807353, 5.3637985127363644e-5, 0.011747321091142574],
    [1, 473, 0.009989707474224693, 5.3524588616526056e-5, 0.01172260525418172],
    [2, 628, 0.00999091592989448, 0.0003859165296218625, 0.011456523730705099],
    [68, 188, 0.4233553273246601, 0.29303869052849907, 0.43480294998932445],
    [135, 200, 0.7297516170854397, 0.6053462936951923, 0.7393744852463848],
    [950, 1000, 0.9608364640744107, 0.9346095120845064, 0.9626646023953382],
    [2, 100000, 6.295658396092174e-5, 2.422101962703155e-6, 7.22449893650479e-5],
    [5, 5, 1, 0.4781762498950185, 1],
    [1, 1, 1, 0.025, 1],
  ])("%d of %d as scipy has them", (count, of, bound, low, high) => {
    const { bound: ours, interval } = rate(count, of);
    expect(ours / bound).toBeCloseTo(1, 11);
    expect(interval[0]).toBeCloseTo(low, 14);
    expect(interval[1] / high).toBeCloseTo(1, 11);
  });

  it("are 0 and 1 where nothing is known", () => {
    expect(rate(0, 0)).toEqual({ count: 0, of: 0, share: null, interval: [0, 1], bound: 1 });
    expect([lowerBound(0, 9, 0.05), upperBound(9, 9, 0.05)]).toEqual([0, 1]);
  });
});

it("counts those for which it is so", () => {
  expect(rateOf([1, 2, 3, 4], (n) => n > 3)).toMatchObject({ count: 1, of: 4, share: 0.25 });
});
