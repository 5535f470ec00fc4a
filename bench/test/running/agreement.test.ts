import { describe, expect, it } from "vitest";
import { disagreement } from "../../running/agreement.ts";

const ours = [Float64Array.of(3), Float64Array.of(1, -2, 3)];

describe("agreement", () => {
  it("allows for rounding", () => {
    expect(disagreement(ours, [Float64Array.of(3.0001), Float64Array.of(1, -2.0001, 3)])).toBeNull();
  });

  it("refuses another formula, fewer results, other sizes and NaN", () => {
    expect(disagreement(ours, [Float64Array.of(3), Float64Array.of(1, -2, 3.1)])).toBe(
      "result 1 differs by 2.7e-2",
    );
    expect(disagreement(ours, [Float64Array.of(3)])).toBe("gives 1 results, not 2");
    expect(disagreement(ours, [Float64Array.of(3), Float64Array.of(1)])).toBe(
      "result 1 has 1 elements, not 3",
    );
    expect(disagreement(ours, [Float64Array.of(NaN), Float64Array.of(1, -2, 3)])).toBe(
      "result 0 differs by NaN",
    );
  });

  it("takes a result that is zero but for rounding for zero", () => {
    const zero = [Float64Array.of(1), Float64Array.of(1e-8)];
    expect(disagreement(zero, [Float64Array.of(1), Float64Array.of(-3e-8)])).toBeNull();
    expect(disagreement(zero, [Float64Array.of(1), Float64Array.of(1e-3)])).not.toBeNull();
  });
});
