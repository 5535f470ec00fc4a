import { NonFiniteError, parameter, type Tensor, tensor } from "@isograd/autograd";
import { clipGradAdaptive } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";

function withGradient(value: number[] | number[][], gradient: number[] | number[][]): Tensor {
  const made = parameter(tensor(value, { dtype: "f64" }));
  made.grad = tensor(gradient, { dtype: "f64" });
  return made;
}

describe("clipGradAdaptive", () => {
  it("shortens the rows that are long beside their weights, a vector as a whole", () => {
    const weight = withGradient(
      [
        [3, 4],
        [0, 0],
        [0.1, 0.2],
      ],
      [
        [0.3, -0.4],
        [0.3, 0.4],
        [0.0001, 0.0002],
      ],
    );
    const bias = withGradient([0.6, 0.8], [3, 4]);
    const still = parameter(tensor([1], { dtype: "f64" }));
    const done = clipGradAdaptive([weight, bias, still], { clipping: 0.05 });
    // By the formula of the paper, in PyTorch.
    expectNumbers(weight.grad?.values() ?? [], [0.15, -0.2, 3e-5, 4e-5, 1e-4, 2e-4], 1e-14);
    expectNumbers(bias.grad?.values() ?? [], [0.03, 0.04], 1e-14);
    expect(done).toEqual([
      { units: 3, clipped: 2, largestRatio: 500 },
      { units: 1, clipped: 1, largestRatio: 5 },
      null,
    ]);
  });

  it("brings every unit to the share or leaves it as it was", () => {
    const magnitude = fc.integer({ min: -5000, max: 5000 }).map((n) => n / 1000);
    const row = fc.array(magnitude, { minLength: 3, maxLength: 3 });
    const rows = fc.array(row, { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(rows, rows, fc.integer({ min: 1, max: 2000 }), (values, gradients, thousandths) => {
        const made = withGradient(values, gradients);
        const clipping = thousandths / 1000;
        clipGradAdaptive([made], { clipping });
        const after = made.grad?.toArray() as number[][];
        for (const [k, before] of gradients.entries()) {
          const limit = clipping * Math.max(Math.hypot(...values[k]), 1e-3);
          const length = Math.hypot(...before);
          if (length <= limit) expect(after[k]).toEqual(before);
          else
            expectNumbers(
              after[k],
              before.map((g) => (g / length) * limit),
              1e-12,
            );
        }
      }),
    );
  });

  it("changes nothing where a gradient is not finite, unless told otherwise", () => {
    const [a, b] = [withGradient([1, 1], [30, 40]), withGradient([[1], [1]], [[Number.NaN], [7]])];
    expect(() => clipGradAdaptive([a, b])).toThrow(NonFiniteError);
    expect(a.grad?.toArray()).toEqual([30, 40]);
    clipGradAdaptive([a, b], { errorIfNonFinite: false });
    expectNumbers(b.grad?.values() ?? [], [Number.NaN, 0.01], 1e-14);
  });

  it("binds a new gradient, and leaves the old one to whoever holds it", () => {
    const made = withGradient([1, 1], [30, 40]);
    const held = made.grad;
    clipGradAdaptive([made]);
    expect(held?.toArray()).toEqual([30, 40]);
    expect(() => clipGradAdaptive([made], { clipping: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: clipGradAdaptive: expected a positive share, got 0]`,
    );
    expect(() => clipGradAdaptive([made], { eps: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: clipGradAdaptive: expected a positive eps, got -1]`,
    );
  });
});
