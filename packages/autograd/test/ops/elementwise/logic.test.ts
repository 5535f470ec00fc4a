import { describe, expect, it } from "vitest";
import {
  allclose,
  isclose,
  isfinite,
  isinf,
  isnan,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  signbit,
  type Tensor,
  tensor,
} from "../../../src/index.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });

describe("connectives", () => {
  it("take what is not zero as true, NaN included, broadcast", () => {
    const [a, b] = [f64([[0], [2], [nan]]), f64([0, -0.5])];
    expect(logicalAnd(a, b).toArray()).toEqual([
      [0, 0],
      [0, 1],
      [0, 1],
    ]);
    expect(logicalOr(a, b).toArray()).toEqual([
      [0, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(logicalXor(a, b).toArray()).toEqual([
      [0, 1],
      [1, 0],
      [1, 0],
    ]);
    expect(logicalNot(f64([0, -0, 2, nan])).toArray()).toEqual([1, 1, 0, 0]);
    expect(logicalAnd(tensor([true, false]), 1).dtype).toBe("bool");
  });
});

describe("kinds of numbers", () => {
  it("are told apart", () => {
    const x = f64([1, -0, 0, -2, nan, inf, -inf]);
    expect(isnan(x).toArray()).toEqual([0, 0, 0, 0, 1, 0, 0]);
    expect(isinf(x).toArray()).toEqual([0, 0, 0, 0, 0, 1, 1]);
    expect(isfinite(x).toArray()).toEqual([1, 1, 1, 1, 0, 0, 0]);
    expect(signbit(x).toArray()).toEqual([0, 1, 0, 1, 0, 0, 1]);
    expect(isfinite(tensor([true, false])).toArray()).toEqual([1, 1]);
  });
});

describe("closeness", () => {
  it("is relative to the second operand, beside an absolute part", () => {
    expect(isclose(f64([1, 1 + 1e-4, 0, 1e-9]), f64([1 + 1e-6, 1, 1e-7, 0])).toArray()).toEqual([1, 0, 0, 1]);
    expect(isclose(f64([100]), f64([110]), { relative: 0.095 }).toArray()).toEqual([1]);
    expect(isclose(f64([110]), f64([100]), { relative: 0.095 }).toArray()).toEqual([0]);
  });

  it("takes infinities as equal only to themselves, and NaN on demand", () => {
    const [a, b] = [f64([inf, -inf, inf, 1, nan]), f64([inf, inf, 1, inf, nan])];
    expect(isclose(a, b).toArray()).toEqual([1, 0, 0, 0, 0]);
    expect(isclose(a, b, { equalNan: true }).toArray()).toEqual([1, 0, 0, 0, 1]);
    expect([allclose(f64([1, inf]), f64([1, inf])), allclose(a, b), allclose(f64([]), f64([]))]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("refuses negative tolerances", () => {
    expect(() => isclose(1, 1, { absolute: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: isclose: expected tolerances that are not negative, got [0.00001, -1]]`,
    );
    expect(() => allclose(1, 1, { relative: nan })).toThrow("isclose");
  });
});
