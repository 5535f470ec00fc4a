import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  argMaximum,
  maximumReduction,
  minimumReduction,
  productReduction,
  type Reduction,
  reduce,
  sumReduction,
} from "../../src/kernels/reduce.ts";
import { dense, type Strided } from "../../src/kernels/strided.ts";
import { reduceShape, sizeOf, stridesOf } from "../../src/shape.ts";
import { anyView, elementsOf } from "./views.ts";

const folds: readonly [Reduction, (values: readonly number[]) => number][] = [
  [sumReduction, (values) => values.reduce((a, b) => a + b, 0)],
  [productReduction, (values) => values.reduce((a, b) => a * b, 1)],
  [maximumReduction, (values) => Math.max(...values)],
  [minimumReduction, (values) => Math.min(...values)],
];

/** The elements that go into each element of the result. */
function groups(x: Strided, axes: readonly number[]): number[][] {
  const kept = reduceShape(x.shape, axes, true);
  const strides = stridesOf(kept);
  const result = Array.from({ length: sizeOf(kept) }, (): number[] => []);
  elementsOf(x).forEach((value, index) => {
    let [rest, position] = [index, 0];
    for (let axis = x.shape.length - 1; axis >= 0; axis--) {
      if (!axes.includes(axis)) position += (rest % x.shape[axis]) * strides[axis];
      rest = Math.floor(rest / x.shape[axis]);
    }
    result[position].push(value);
  });
  return result;
}

const viewAndAxes = anyView().chain((x) =>
  fc.tuple(fc.constant(x), fc.subarray(x.shape.map((_, axis) => axis))),
);

describe.each(folds)("$name", (reduction, fold) => {
  it("agrees with a loop over elements, for all views and axes", () => {
    fc.assert(
      fc.property(viewAndAxes, ([x, axes]) => {
        const result = reduce(x, axes, reduction, "f64");
        const expected = groups(x, axes).map(fold);
        expect(Array.from(result, (value) => value + 0)).toEqual(expected.map((value) => value + 0));
      }),
    );
  });

  it("keeps NaN wherever it stands", () => {
    for (let at = 0; at < 5; at++) {
      const data = Float64Array.of(3, -1, 4, 1, 5);
      data[at] = Number.NaN;
      expect(reduce(dense(data, [5]), [0], reduction, "f64")[0]).toBeNaN();
      const columns = Float64Array.from({ length: 10 }, (_, k) => (k % 2 === 0 ? data[k / 2] : 2));
      const result = reduce(dense(columns, [5, 2]), [0], reduction, "f64");
      expect(result[0]).toBeNaN();
      expect(result[1]).not.toBeNaN();
    }
  });

  it("gives its neutral element for nothing", () => {
    expect(Array.from(reduce(dense(new Float64Array(0), [2, 0]), [1], reduction, "f64"))).toEqual([
      reduction.identity,
      reduction.identity,
    ]);
    expect(reduce(dense(new Float64Array(0), [2, 0]), [0], reduction, "f64")).toHaveLength(0);
  });
});

describe("precision", () => {
  it("is double while adding, whatever the element type", () => {
    const ones = new Float32Array(20_000_000).fill(1);
    expect(reduce(dense(ones, [ones.length]), [0], sumReduction, "f32")[0]).toBe(20_000_000);
    const small = Float32Array.from({ length: 100_000 }, (_, k) => (k === 0 ? 1e8 : 1));
    expect(reduce(dense(small, [100_000]), [0], sumReduction, "f32")[0]).toBe(Math.fround(1e8 + 99_999));
  });

  it("holds whole numbers", () => {
    const x = dense(Int32Array.of(1, 2, 3, 4), [2, 2]);
    expect(reduce(x, [0], sumReduction, "i32")).toEqual(Int32Array.of(4, 6));
    expect(reduce(dense(Uint8Array.of(1, 1, 0), [3]), [0], sumReduction, "i32")).toEqual(Int32Array.of(2));
  });
});

describe("the position of the largest", () => {
  it("agrees with a loop over elements: the first of equals", () => {
    const views = anyView(fc.integer({ min: 1, max: 4 })).filter(({ shape }) => shape.length > 0);
    fc.assert(
      fc.property(
        views.chain((x) => fc.tuple(fc.constant(x), fc.nat({ max: x.shape.length - 1 }))),
        fc.constantFrom(1, -1 as const),
        ([x, axis], sign) => {
          const expected = groups(x, [axis]).map((values) =>
            values.indexOf(sign === 1 ? Math.max(...values) : Math.min(...values)),
          );
          expect(Array.from(argMaximum(x, axis, sign as 1 | -1))).toEqual(expected);
        },
      ),
    );
  });

  it("is that of the first NaN, if there is one", () => {
    const x = dense(Float64Array.of(1, Number.NaN, 9, Number.NaN), [4]);
    expect(argMaximum(x, 0, 1)).toEqual(Int32Array.of(1));
    expect(argMaximum(x, 0, -1)).toEqual(Int32Array.of(1));
    expect(argMaximum(dense(Float64Array.of(Number.NaN, 1), [2]), 0, 1)).toEqual(Int32Array.of(0));
  });

  it("knows infinities", () => {
    const x = dense(Float64Array.of(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY), [2]);
    expect(argMaximum(x, 0, 1)).toEqual(Int32Array.of(0));
  });
});
