import { describe, expect, it } from "vitest";
import {
  abs,
  backward,
  clamp,
  clampMax,
  clampMin,
  copysign,
  eq,
  fmax,
  fmin,
  ge,
  gradients,
  gt,
  heaviside,
  isfinite,
  le,
  log,
  lt,
  maskedFill,
  maximum,
  minimum,
  nanToNum,
  ne,
  parameter,
  pow,
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
    expect(lt(1, f64([2])).dtype).toBe("bool");
  });
});

describe("signs", () => {
  it("know zeros, and take them from elsewhere", () => {
    expect(sign(f64([-3, -0, 0, 5, nan, -inf])).toArray()).toEqual([-1, -0, 0, 1, nan, -1]);
    expect(abs(f64([-3, -0, nan, -inf])).toArray()).toEqual([3, 0, nan, inf]);
    expect(copysign(f64([1, -2, 0, inf, nan, 1]), f64([-0, 0, -1, -2, 1, nan])).toArray()).toEqual([
      -1,
      2,
      -0,
      -inf,
      nan,
      nan,
    ]);
    const [a, b] = [parameter(f64([-2, 0, 3])), parameter(f64([1, -1, -1]))];
    backward(sum(copysign(a, b)));
    expect([a.grad?.toArray(), b.grad]).toEqual([[-1, -0, -1], null]);
  });

  it("step at zero to a value of one's own, which takes the gradient", () => {
    const middle = parameter(f64(0.25));
    const steps = heaviside(f64([-2, -0, 0, 3, nan]), middle);
    expect(steps.toArray()).toEqual([0, 0.25, 0.25, 1, nan]);
    backward(sum(heaviside(f64([-2, 0, 0, 3]), middle)));
    expect(middle.grad?.item()).toBe(2);
  });
});

describe("the larger and the smaller", () => {
  it("keep NaN, know zeros, and share ties", () => {
    expect(maximum(f64([1, nan, 0, -0]), f64([2, 1, -0, -0])).toArray()).toEqual([2, nan, 0, -0]);
    expect(minimum(f64([1, nan, inf]), f64([2, 1, 3])).toArray()).toEqual([1, nan, 3]);
    const [a, b] = [parameter([1, 3, 5, nan]), parameter([2, 3, 4, 1])];
    backward(sum(maximum(a, b)));
    expect([a.grad?.toArray(), b.grad?.toArray()]).toEqual([
      [0, 0.5, 1, 1],
      [1, 0.5, 0, 1],
    ]);
  });
});

describe("the larger and the smaller number", () => {
  it("pass over NaN, and give ties to the first", () => {
    expect(fmax(f64([1, nan, 1, nan]), f64([2, 3, nan, nan])).toArray()).toEqual([2, 3, 1, nan]);
    expect(fmin(f64([1, nan, 1, nan]), f64([2, 3, nan, nan])).toArray()).toEqual([1, 3, 1, nan]);
    for (const f of [fmax, fmin]) {
      const [a, b] = [parameter(f64([1, nan, 1, nan])), parameter(f64([1, 1, nan, nan]))];
      backward(sum(f(a, b)));
      expect([a.grad?.toArray(), b.grad?.toArray()]).toEqual([
        [1, 0, 1, 1],
        [0, 1, 0, 0],
      ]);
    }
  });
});

describe("what is not finite", () => {
  it("becomes a number that the element type holds, with no gradient", () => {
    const x = parameter(f64([nan, inf, -inf, 2]));
    expect(nanToNum(x).toArray()).toEqual([0, Number.MAX_VALUE, -Number.MAX_VALUE, 2]);
    expect(nanToNum(x, { nan: 7, above: 8, below: 9 }).toArray()).toEqual([7, 8, 9, 2]);
    const single = nanToNum(tensor([inf, -inf]));
    expect([single.dtype, isfinite(single).toArray()]).toEqual(["f32", [1, 1]]);
    expect(nanToNum(tensor([3], { dtype: "i32" })).dtype).toBe("i32");
    backward(sum(nanToNum(x)));
    expect(x.grad?.toArray()).toEqual([0, 0, 0, 1]);
  });
});

describe("masks", () => {
  it("fill, broadcast both ways, and send the gradient to what remains", () => {
    const [x, value] = [parameter(f64([1, 2])), parameter(f64(9))];
    const filled = maskedFill(x, tensor([[1], [0]], { dtype: "bool" }), value);
    expect(filled.toArray()).toEqual([
      [9, 9],
      [1, 2],
    ]);
    backward(sum(filled));
    expect([x.grad?.toArray(), value.grad?.item()]).toEqual([[1, 1], 2]);
    expect(() => maskedFill(x, f64([1, 0]), 0)).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: maskedFill: expected a mask of bool, got f64]`,
    );
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

  it("may have one limit, or none to throw at", () => {
    const x = f64([-5, 0, 5, nan]);
    expect(clamp(x, -1, null).toArray()).toEqual([-1, 0, 5, nan]);
    expect(clamp(x, null, 2).toArray()).toEqual([-5, 0, 2, nan]);
    expect([clampMin(x, nan).toArray(), clampMax(x, nan).toArray()]).toEqual([
      Array(4).fill(nan),
      Array(4).fill(nan),
    ]);
    expect(() => clamp(x, null, null)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: clamp: expected at least one limit, got [null, null]]`,
    );
    const [y, low] = [parameter(f64([0, 1, 2])), parameter(f64(1))];
    backward(sum(clampMin(y, low)));
    expect([y.grad?.toArray(), low.grad?.item()]).toEqual([[0, 1, 1], 1]);
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

  it("have the mixed derivative 1/x at exponent 0", () => {
    const [x, y] = [parameter(f64(4)), parameter(f64(0))];
    const [slope] = gradients(pow(x, y), [x], { createGraph: true });
    expect([slope.item(), gradients(slope, [y])[0].item()]).toEqual([0, 0.25]);
  });

  it("follow IEEE 754", () => {
    expect(pow(f64([nan, 1, -2, 0, -8, -1]), f64([0, nan, 3, -1, 1 / 3, -inf])).toArray()).toEqual([
      1,
      1,
      -8,
      inf,
      nan,
      1,
    ]);
  });
});
