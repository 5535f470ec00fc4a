import fc from "fast-check";
import { expect, it } from "vitest";
import { addInto } from "../../src/kernels/add-into.ts";
import { sizeOf } from "../../src/shape.ts";
import { anyView, elementsOf } from "./views.ts";

it("adds to any place with any strides, and to nothing in between", () => {
  fc.assert(
    fc.property(
      anyView(),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 0, max: 3 }),
      (x, gap, offset) => {
        const strides = new Array<number>(x.shape.length);
        let step = gap;
        for (let axis = 0; axis < x.shape.length; axis++) {
          strides[axis] = step;
          step *= x.shape[axis];
        }
        const data = new Float64Array(offset + step + 1).fill(100);
        const before = x.data.slice();
        addInto({ data, shape: x.shape, strides, offset }, x);
        expect(elementsOf({ data, shape: x.shape, strides, offset })).toEqual(
          elementsOf(x).map((value) => 100 + value),
        );
        expect(data.filter((value) => value === 100).length).toBeGreaterThanOrEqual(
          data.length - sizeOf(x.shape),
        );
        expect(x.data).toEqual(before);
      },
    ),
  );
});

it("rounds single precision once, and passes NaN", () => {
  const data = Float32Array.of(16777216, 1, 0);
  const x = {
    data: Float32Array.of(1, Number.NaN, Number.NEGATIVE_INFINITY),
    shape: [3],
    strides: [1],
    offset: 0,
  };
  addInto({ ...x, data }, x);
  expect(Array.from(data)).toEqual([16777216, Number.NaN, Number.NEGATIVE_INFINITY]);
});
