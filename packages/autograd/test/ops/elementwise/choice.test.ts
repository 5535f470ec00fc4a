import { describe, expect, it } from "vitest";
import {
  abs,
  backward,
  ceil,
  clamp,
  eq,
  floor,
  ge,
  gradients,
  gt,
  le,
  log,
  logicalNot,
  lt,
  maximum,
  minimum,
  ne,
  parameter,
  pow,
  round,
  sign,
  sqrt,
  sum,
  type Tensor,
  tensor,
  where,
} from "../../../src/index.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });

describe("comparisons", () => {
  it("are truth values, false for NaN but for ≠", () => {
    const [a, b] = [f64([1, 2, 2, nan, nan]), f64([2, 2, 1, nan, 1])];
    expect(lt(a, b).toArray()).toEqual([1, 0, 0, 0, 0]);
    expect(le(a, b).toArray()).toEqual([1, 1, 0, 0, 0]);
    expect(gt(a, b).toArray()).toEqual([0, 0, 1, 0, 0]);
    expect(ge(a, b).toArray()).toEqual([0, 1, 1, 0, 0]);
    expect(eq(a, b).toArray()).toEqual([0, 1, 0, 0, 0]);
    expect(ne(a, b).toArray()).toEqual([1, 0, 1, 1, 1]);
    expect(eq(f64([0]), f64([-0])).toArray()).toEqual([1]);
    expect(logicalNot(f64([0, 2, nan])).toArray()).toEqual([1, 0, 0]);
    expect(lt(1, f64([2])).dtype).toBe("bool");
  });
});

describe("rounding", () => {
  it("follows IEEE 754, signs of zero too", () => {
    const x = f64([-2.5, -1.5, -0.5, -0, 0.5, 1.5, 2.5, 1e300, inf, nan]);
    expect(round(x).toArray()).toEqual([-2, -2, -0, -0, 0, 2, 2, 1e300, inf, nan]);
    expect(floor(x).toArray()).toEqual([-3, -2, -1, -0, 0, 1, 2, 1e300, inf, nan]);
    expect(ceil(x).toArray()).toEqual([-2, -1, -0, -0, 1, 2, 3, 1e300, inf, nan]);
    expect(round(f64([0.49999999999999994, 4503599627370495.5])).toArray()).toEqual([0, 4503599627370496]);
    expect(sign(f64([-3, -0, 0, 5, nan, -inf])).toArray()).toEqual([-1, -0, 0, 1, nan, -1]);
    expect(abs(f64([-3, -0, nan, -inf])).toArray()).toEqual([3, 0, nan, inf]);
  });
});

describe("the larger and the smaller", () => {
  it("keep NaN, know zeros, and share ties", () => {
    expect(maximum(f64([1, nan, 0, -0]), f64([2, 1, -0, -0])).toArray()).toEqual([2, nan, 0, -0]);
    expect(minimum(f64([1, nan, inf]), f64([2, 1, 3])).toArray()).toEqual([1, nan, 3]);
    const [a, b] = [parameter([1, 3, 5]), parameter([2, 3, 4])];
    backward(sum(maximum(a, b)));
    expect([a.grad?.toArray(), b.grad?.toArray()]).toEqual([
      [0, 0.5, 1],
      [1, 0.5, 0],
    ]);
  });
});

describe("where", () => {
  it("chooses, broadcast, with numbers", () => {
    expect(where(tensor([true, false]), 1, f64([5, 6])).toArray()).toEqual([1, 6]);
    expect(where(tensor([[1], [0]], { dtype: "bool" }), f64([1, 2]), -1).toArray()).toEqual([
      [1, 2],
      [-1, -1],
    ]);
    expect(where(tensor(true), nan, 1).item()).toBeNaN();
  });

  it("sends no gradient to what was not chosen", () => {
    const x = parameter([-1, 2], { dtype: "f64" });
    const positive = gt(x, 0);
    backward(sum(where(positive, log(where(positive, x, 1)), 0)));
    expect(x.grad?.toArray()).toEqual([0, 0.5]);
  });

  it("needs a guard of its own where the rule behind divides by zero", () => {
    const x = parameter([0, 4], { dtype: "f64" });
    const [unguarded] = gradients(sum(where(gt(x, 0), sqrt(x), 0)), [x]);
    expect(unguarded.toArray()).toEqual([nan, 0.25]);
    const [guarded] = gradients(sum(where(gt(x, 0), sqrt(where(gt(x, 0), x, 1)), 0)), [x]);
    expect(guarded.toArray()).toEqual([0, 0.25]);
  });
});

describe("clamp", () => {
  it("keeps numbers within limits that broadcast, the upper one last", () => {
    expect(clamp(f64([-5, 0, 5, nan]), -1, 2).toArray()).toEqual([-1, 0, 2, nan]);
    expect(clamp(f64([-5, 5]), f64([[-1], [-2]]), 1).toArray()).toEqual([
      [-1, 1],
      [-2, 1],
    ]);
    expect(clamp(f64([0]), 1, -1).toArray()).toEqual([-1]);
    expect([clamp(f64([0]), nan, 1).item(), clamp(f64([0]), 0, nan).item()]).toEqual([nan, nan]);
  });

  it("passes gradients inside and at the limits, and to the limits outside", () => {
    const [x, low, high] = [parameter([-2, -1, 0, 1, 2]), parameter(-1), parameter(1)];
    backward(sum(clamp(x, low, high)));
    expect([x.grad?.toArray(), low.grad?.item(), high.grad?.item()]).toEqual([[0, 1, 1, 1, 0], 1, 1]);
  });
});

describe("powers", () => {
  it("have the derivatives of their limits at zero", () => {
    const [x, y] = [parameter([0, 0, 0, 2], { dtype: "f64" }), parameter([2, 1, 0, 3], { dtype: "f64" })];
    backward(sum(pow(x, y)));
    expect(x.grad?.toArray()).toEqual([0, 1, 0, 12]);
    const [, , , last] = y.grad?.values() ?? [];
    expect(Array.from(y.grad?.values() ?? []).slice(0, 3)).toEqual([0, 0, 0]);
    expect(last).toBeCloseTo(8 * Math.LN2, 14);
  });

  it("follow IEEE 754", () => {
    expect(pow(f64([nan, 1, -2, 0, -8]), f64([0, nan, 3, -1, 1 / 3])).toArray()).toEqual([
      1,
      1,
      -8,
      inf,
      nan,
    ]);
  });
});
