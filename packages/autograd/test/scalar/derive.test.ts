import { describe, expect, it } from "vitest";
import { add, div, mul, square } from "../../src/scalar/arithmetic.ts";
import { choiceOf, clampOf, gt } from "../../src/scalar/choice.ts";
import { compileFunction } from "../../src/scalar/compile.ts";
import { derive } from "../../src/scalar/derive.ts";
import { nodesOf, Scalar, type ScalarLike } from "../../src/scalar/expression.ts";
import { exp, log, pow, sin, sqrt } from "../../src/scalar/transcendental.ts";

const [x, y] = [Scalar.input(0), Scalar.input(1)];
const at = (expression: Scalar, ...values: number[]): number =>
  compileFunction(expression, values.length)(...values);
const of = Scalar.apply;
type Row = Parameters<typeof of>[0];
const call = (primitive: Row, ...inputs: ScalarLike[]): Scalar => of(primitive, inputs);

describe("derivatives", () => {
  it("follow the chain rule to each input", () => {
    const f = call(sin, call(mul, x, call(square, y)));
    expect(at(derive(f, 0), 0.3, 2)).toBeCloseTo(4 * Math.cos(1.2), 14);
    expect(at(derive(f, 1), 0.3, 2)).toBeCloseTo(1.2 * Math.cos(1.2), 14);
    expect(derive(f, 2).isConstantOf(0)).toBe(true);
    expect(derive(x, 0).isConstantOf(1)).toBe(true);
  });

  it("add over all ways", () => {
    const shared = call(exp, x);
    const f = call(add, call(mul, shared, shared), call(div, shared, x));
    const [v, e] = [0.7, Math.exp(0.7)];
    expect(at(derive(f, 0), v)).toBeCloseTo(2 * e * e + e / v - e / (v * v), 12);
  });

  it("repeat to any order", () => {
    let f: Scalar = call(sin, x);
    for (let k = 0; k < 20; k++) f = derive(f, 0);
    expect(at(f, 0.4)).toBeCloseTo(Math.sin(0.4), 14);
  });

  it("stay short: what is constant folds", () => {
    expect(nodesOf(derive(call(add, x, 5), 0))).toHaveLength(1);
    expect(nodesOf(derive(call(mul, 3, x), 0))).toHaveLength(1);
    expect(derive(derive(call(mul, 3, x), 0), 0).isConstantOf(0)).toBe(true);
  });

  it("choose between branches instead of multiplying by zero", () => {
    const f = choiceOf(call(gt, x, 0), call(log, x), call(sqrt, call(mul, -1, x)));
    expect(at(derive(f, 0), 2)).toBe(0.5);
    expect(at(derive(f, 0), -4)).toBeCloseTo(-0.25, 15);
    expect(at(derive(derive(f, 0), 0), 2)).toBe(-0.25);
  });

  it("of powers are their limits where a formula says 0 · ∞", () => {
    const f = call(pow, x, y);
    expect([
      at(derive(f, 0), 0, 2),
      at(derive(f, 0), 0, 1),
      at(derive(f, 0), 0, 0),
      at(derive(f, 0), 3, 0),
    ]).toEqual([0, 1, 0, 0]);
    expect([at(derive(f, 1), 0, 2), at(derive(f, 1), 0, 0)]).toEqual([0, 0]);
    expect(at(derive(f, 1), 2, 3)).toBeCloseTo(8 * Math.LN2, 14);
    expect(at(derive(f, 1), -2, 3)).toBeNaN();
    expect(at(f, 1, Number.NaN)).toBe(1);
    expect(at(f, Number.NaN, 0)).toBe(1);
  });

  it("of clamp pass inside and at the limits", () => {
    const f = clampOf(x, -1, 2);
    expect([-1.5, -1, 0, 2, 2.5].map((v) => at(f, v))).toEqual([-1, -1, 0, 2, 2]);
    expect([-1.5, -1, 0, 2, 2.5].map((v) => at(derive(f, 0), v))).toEqual([0, 1, 1, 1, 0]);
    const inverted = clampOf(x, 1, -1);
    expect([-2, 0, 2].map((v) => at(inverted, v))).toEqual([-1, -1, -1]);
    expect([-2, 0, 2].map((v) => at(derive(inverted, 0), v))).toEqual([0, 0, 0]);
    const general = clampOf(x, y, Scalar.input(2));
    for (const values of [
      [Number.NaN, 0, 1],
      [0, Number.NaN, 1],
      [0, 0, Number.NaN],
    ]) {
      expect(at(general, ...values)).toBeNaN();
    }
    expect([0, 1, 2].map((k) => at(derive(general, k), -3, -2, 4))).toEqual([0, 1, 0]);
    expect([0, 1, 2].map((k) => at(derive(general, k), 5, -2, 4))).toEqual([0, 0, 1]);
  });
});
