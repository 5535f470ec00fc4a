import { describe, expect, it } from "vitest";
import {
  abs,
  backward,
  gradients,
  gt,
  log,
  logSigmoid,
  max,
  mul,
  norm,
  parameter,
  pow,
  prod,
  relu,
  sigmoid,
  sin,
  softplus,
  sum,
  type Tensor,
  tanh,
  tensor,
  where,
} from "../src/index.ts";

// Cases that libraries for JavaScript have been seen to get wrong.

const slopes = (f: (x: Tensor) => Tensor, values: readonly number[]): unknown => {
  const x = parameter(Float64Array.from(values));
  // Adding 0 makes 0 of -0.
  return Array.from(gradients(sum(f(x)), [x])[0].values(), (slope) => slope + 0);
};
const values = (f: (x: Tensor) => Tensor, places: readonly number[]): unknown =>
  f(tensor(Float64Array.from(places))).toArray();

describe("answers that are easily wrong", () => {
  it("the gradient of a product with a zero", () => {
    expect(slopes((x) => prod(x), [0, 2, 3])).toEqual([6, 0, 0]);
  });

  it("the slope of a saturated sigmoid", () => {
    const [left, right] = slopes(sigmoid, [-200, 200]) as number[];
    expect(left).toBeCloseTo(Math.exp(-200), 100);
    expect(right).toBeCloseTo(Math.exp(-200), 100);
    expect(slopes(sigmoid, [-800, 800])).toEqual([0, 0]);
  });

  it("softplus and the logarithm of the sigmoid far out", () => {
    expect(slopes(softplus, [200])).toEqual([1]);
    expect(values(softplus, [800, -800])).toEqual([800, 0]);
    expect(values(logSigmoid, [-200])).toEqual([-200]);
    expect(slopes(logSigmoid, [-200])).toEqual([1]);
  });

  it("powers at zero", () => {
    expect(slopes((x) => pow(x, 2), [0])).toEqual([0]);
    expect(slopes((x) => pow(x, 1), [0])).toEqual([1]);
    expect(slopes((x) => pow(x, 0), [0])).toEqual([0]);
  });

  it("kinks", () => {
    expect(slopes(relu, [0, -0])).toEqual([0, 0]);
    expect(slopes(abs, [0, -0])).toEqual([0, 0]);
  });

  it("the gradient of a maximum with ties sums to one", () => {
    expect(slopes((x) => max(x), [2, 2, 1])).toEqual([0.5, 0.5, 0]);
  });

  it("the norm at zero", () => {
    expect(slopes((x) => norm(x), [0, 0])).toEqual([0, 0]);
  });

  it("a guarded logarithm", () => {
    expect(slopes((x) => where(gt(x, 0), log(x), 0), [-1, 2])).toEqual([0, 0.5]);
  });

  it("tanh of small numbers", () => {
    for (let exponent = -6; exponent <= -2.4; exponent += 0.1) {
      const x = Math.fround(10 ** exponent);
      const single = tanh(tensor([x])).item();
      expect(Math.abs(single / Math.tanh(x) - 1)).toBeLessThan(1.2e-7);
    }
  });

  it("an operation on a parameter is tracked", () => {
    const w = parameter([0.5]);
    expect(sin(w).requiresGrad).toBe(true);
  });

  it("a long chain, and a second sweep through a freed graph", () => {
    const x = parameter(1);
    let y: Tensor = x;
    for (let k = 0; k < 10_000; k++) y = mul(y, 1);
    backward(y);
    expect(x.grad?.item()).toBe(1);
    expect(() => backward(y)).toThrow("pass retainGraph: true");
  });

  it("double precision stays double", () => {
    const x = [0.1, 1.1, 2.3];
    expect(values((v) => sin(v), x)).toEqual(x.map(Math.sin));
    expect(values((v) => log(v), x)).toEqual(x.map(Math.log));
  });

  it("a sum as loss hides nothing of a normalisation when it is weighted", () => {
    const x = parameter(Float64Array.of(1, 2, 3));
    const weighted = sum(mul(tanh(x), tensor(Float64Array.of(1, -2, 0.5))));
    gradients(weighted, [x])[0]
      .values()
      .forEach((slope, k) => {
        expect(slope).toBeCloseTo([1, -2, 0.5][k] / Math.cosh(k + 1) ** 2, 15);
      });
  });
});
