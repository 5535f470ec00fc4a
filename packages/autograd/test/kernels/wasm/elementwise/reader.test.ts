import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Reader } from "../../../../src/kernels/wasm/elementwise/reader.ts";
import { layoutOf } from "../../../../src/shape/layout.ts";
import { broadcastShapes, sizeOf } from "../../../../src/shape.ts";
import { anyView } from "../../views.ts";

const view = (shape: readonly number[], strides: readonly number[], offset = 0) => ({
  data: Float64Array.from({ length: 400 }, (_, k) => k),
  shape,
  strides,
  offset,
});

describe("Reader", () => {
  it("reads views in the order of the result, however many elements at a time", () => {
    fc.assert(
      fc.property(
        anyView(fc.constantFrom(1, 1, 2, 3)),
        anyView(fc.constantFrom(1, 3)),
        fc.integer({ min: 1, max: 20 }),
        (x, other, step) => {
          let shape = x.shape;
          try {
            shape = broadcastShapes("test", [x.shape, other.shape]);
          } catch {
            fc.pre(false);
          }
          fc.pre(layoutOf(x, shape) === "strided");
          const reader = new Reader(x, shape);
          const count = sizeOf(shape);
          const [read, expected] = [new Float64Array(count), new Float64Array(count)];
          for (let done = 0; done < count; done += step)
            reader.read(read, done, Math.min(step, count - done));
          for (let index = 0; index < count; index++) {
            let [rest, position] = [index, x.offset];
            for (let axis = shape.length - 1; axis >= 0; axis--) {
              const own = axis - shape.length + x.shape.length;
              if (own >= 0 && x.shape[own] !== 1) position += (rest % shape[axis]) * x.strides[own];
              rest = Math.floor(rest / shape[axis]);
            }
            expected[index] = x.data[position];
          }
          expect(read).toEqual(expected);
        },
      ),
    );
  });

  it("copies long runs too", () => {
    const reader = new Reader(view([3, 60], [100, 1], 7), [3, 60]);
    const into = new Float64Array(180);
    reader.read(into, 0, 130);
    reader.read(into, 130, 50);
    expect(into).toEqual(
      Float64Array.from({ length: 180 }, (_, k) => 7 + Math.floor(k / 60) * 100 + (k % 60)),
    );
  });
});
