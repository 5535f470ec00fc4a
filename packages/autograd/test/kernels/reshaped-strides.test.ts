import fc from "fast-check";
import { expect, it } from "vitest";
import { reshapedStrides } from "../../src/kernels/reshaped-strides.ts";
import { sizeOf } from "../../src/shape.ts";
import { anyView, elementsOf } from "./views.ts";

it("reads the same elements in the same order, where it reads them at all", () => {
  let [views, copies] = [0, 0];
  const factors = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(anyView(fc.integer({ min: 1, max: 4 })), factors, (x, wanted) => {
      // A shape of the same size: as many of the wanted extents as divide it, and the rest.
      const shape: number[] = [];
      let rest = sizeOf(x.shape);
      for (const extent of wanted) {
        if (rest % extent !== 0) continue;
        shape.push(extent);
        rest /= extent;
      }
      shape.push(rest);
      const strides = reshapedStrides(x, shape);
      if (strides === null) copies++;
      else {
        views++;
        expect(elementsOf({ ...x, shape, strides })).toEqual(elementsOf(x));
      }
    }),
  );
  expect(Math.min(views, copies)).toBeGreaterThan(10);
});

it("finds the strides of axes that split, merge, come and go", () => {
  const view = (shape: number[], strides: number[]) => ({
    data: new Float64Array(99),
    shape,
    strides,
    offset: 0,
  });
  expect(reshapedStrides(view([4, 3], [6, 2]), [12])).toEqual([2]);
  expect(reshapedStrides(view([4, 3], [6, 2]), [2, 2, 1, 3])).toEqual([12, 6, 6, 2]);
  expect(reshapedStrides(view([3, 4], [1, 3]), [1, 3, 4])).toEqual([3, 1, 3]);
  expect(reshapedStrides(view([3, 4], [1, 3]), [12])).toBeNull();
  expect(reshapedStrides(view([2, 3, 5], [3, 1, 0]), [6, 5])).toEqual([1, 0]);
  expect(reshapedStrides(view([3], [-2]), [3, 1])).toEqual([-2, -2]);
});
