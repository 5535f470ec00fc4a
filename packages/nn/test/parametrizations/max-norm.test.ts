import {
  assertGradients,
  backward,
  Generator,
  norm,
  randn,
  sum,
  type Tensor,
  tensor,
} from "@isograd/autograd";
import { Linear, type MaxNorm, maxNorm } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";

const make = () =>
  new Linear({
    inFeatures: 2,
    outFeatures: 3,
    bias: false,
    weightInit: () =>
      tensor(
        [
          [3, 4],
          [0.3, 0.4],
          [0, 0],
        ],
        { dtype: "f64" },
      ),
  });

describe("maxNorm", () => {
  it("shortens rows that are too long, and leaves the others", () => {
    const layer = maxNorm(make(), { maxNorm: 2 });
    expectNumbers(layer.weight.values(), [1.2, 1.6, 0.3, 0.4, 0, 0], 1e-15, 0);
    const columns = maxNorm(make(), { maxNorm: 1, axis: 1, normType: 1 }).weight;
    expectNumbers(norm(columns, { p: 1, axis: 0 }).values(), [1, 1], 1e-15, 0);
  });

  it("turns a row that is too long and does not lengthen it", () => {
    const layer = maxNorm(make(), { maxNorm: 2 });
    backward(sum(layer.call(randn(new Generator(1), [4, 2], "f64"))));
    const { original } = (layer as unknown as { parametrizations: { weight: MaxNorm } }).parametrizations
      .weight;
    const [x, y] = original.grad?.values() ?? [];
    expect(Math.abs(3 * x + 4 * y)).toBeLessThan(1e-13 * Math.hypot(x, y));
    expect(Math.hypot(x, y)).toBeGreaterThan(0.01);
  });

  it("has the gradients of its values", () => {
    const layer = maxNorm(
      new Linear({ inFeatures: 3, outFeatures: 4, dtype: "f64", generator: new Generator(2) }),
      {
        maxNorm: 0.6,
      },
    );
    assertGradients((x: Tensor) => layer.call(x), randn(new Generator(3), [2, 3], "f64"), {
      parameters: layer,
    });
  });

  it("refuses a norm that is not positive, and an axis that there is none of", () => {
    expect(() => maxNorm(make(), { maxNorm: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: maxNorm: expected a positive norm, got 0]`,
    );
    expect(() => maxNorm(make(), { maxNorm: 1, axis: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: maxNorm: expected an axis of a tensor of rank 2, got 2]`,
    );
  });
});
