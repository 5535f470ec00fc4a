import { describe, expect, it } from "vitest";
import { quantile, summarize } from "../../running/statistics.ts";

describe("quantiles", () => {
  it("lie between neighbours in proportion, whatever the order", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([4, 1, 3, 2], 0)).toBe(1);
    expect(quantile([4, 1, 3, 2], 1)).toBe(4);
    expect(quantile([7], 0.25)).toBe(7);
  });

  it("do not follow one outlier", () => {
    expect(summarize([1, 1, 1, 1, 1000])).toEqual({ median: 1, quartiles: [1, 1] });
  });
});
