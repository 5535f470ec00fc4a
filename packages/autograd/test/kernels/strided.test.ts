import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  copyAs,
  copyInto,
  dense,
  denseData,
  isDense,
  planWalk,
  type Strided,
  stretchedStrides,
  walkRuns,
} from "../../src/kernels/strided.ts";
import { sizeOf } from "../../src/shape.ts";
import { anyView, elementsOf } from "./views.ts";

describe("views", () => {
  it("are read in row-major order, whatever their strides", () => {
    fc.assert(
      fc.property(anyView(), (x) => {
        expect(Array.from(denseData(x))).toEqual(elementsOf(x));
      }),
    );
  });

  it("are dense where the elements lie in order without gaps", () => {
    const data = new Float64Array(24);
    const view = (shape: number[], strides: number[], offset = 0): Strided => ({
      data,
      shape,
      strides,
      offset,
    });
    expect(isDense(dense(data, [2, 3, 4]))).toBe(true);
    expect(isDense(view([2, 3], [3, 1], 5))).toBe(true);
    expect(isDense(view([1, 3], [77, 1]))).toBe(true);
    expect(isDense(view([3, 2], [1, 3]))).toBe(false);
    expect(isDense(view([3], [-1], 2))).toBe(false);
    expect(isDense(view([3], [0]))).toBe(false);
    expect(isDense(view([2, 2], [3, 1]))).toBe(false);
    expect(isDense(view([0, 2], [9, 9]))).toBe(true);
    expect(isDense(view([], []))).toBe(true);
  });

  it("are not copied where they are dense", () => {
    const data = new Float32Array(6);
    expect(denseData(dense(data, [2, 3]))).toBe(data);
    const part = denseData(dense(data, [2], 3));
    expect([part.buffer === data.buffer, part.byteOffset, part.length]).toEqual([true, 12, 2]);
  });
});

describe("copies", () => {
  it("convert, truth values to 0 and 1", () => {
    fc.assert(
      fc.property(anyView(), fc.constantFrom("bool", "i32", "f32", "f64" as const), (x, dtype) => {
        const copy = copyAs(x, dtype);
        const expected = elementsOf(x).map((value) =>
          dtype === "bool"
            ? Number(value !== 0)
            : dtype === "f32"
              ? Math.fround(value)
              : dtype === "i32"
                ? Math.trunc(value)
                : value,
        );
        expect(Array.from(copy, (value) => value + 0)).toEqual(expected.map((value) => value + 0));
        expect(copy.buffer).not.toBe(x.data.buffer);
      }),
    );
  });

  it("go to any place with any strides", () => {
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
          const out = new Float64Array(offset + step + 1).fill(-77);
          copyInto(out, strides, offset, x);
          expect(elementsOf({ data: out, shape: x.shape, strides, offset })).toEqual(elementsOf(x));
          expect(out.filter((value) => value === -77)).toHaveLength(out.length - sizeOf(x.shape));
        },
      ),
    );
  });

  it("take long runs and short ones", () => {
    for (const extent of [1, 23, 24, 25, 100]) {
      const data = Float64Array.from({ length: extent + 2 }, (_, k) => k);
      const out = new Float64Array(extent);
      copyInto(out, [1], 0, { data, shape: [extent], strides: [1], offset: 2 });
      expect(Array.from(out)).toEqual(Array.from(data.subarray(2)));
    }
  });
});

describe("walks", () => {
  it("turn planes larger than a block, there and back", () => {
    const shape = [2, 37, 70];
    const x = dense(
      Float64Array.from({ length: sizeOf(shape) }, (_, k) => k),
      shape,
    );
    const turned: Strided = { ...x, shape: [2, 70, 37], strides: [37 * 70, 1, 70] };
    const there = denseData(turned);
    expect(Array.from(there)).toEqual(elementsOf(turned));
    const back = new Float64Array(x.data.length);
    copyInto(back, turned.strides, 0, dense(there, turned.shape));
    expect(back).toEqual(x.data);
  });

  it("merge axes that continue each other, for all operands at once", () => {
    expect(planWalk([2, 3, 4], [[12, 4, 1]])).toEqual({ extents: [24], steps: [[1]] });
    expect(
      planWalk(
        [2, 3, 4],
        [
          [12, 4, 1],
          [12, 4, 1],
        ],
      ),
    ).toEqual({ extents: [24], steps: [[1], [1]] });
    expect(
      planWalk(
        [2, 3],
        [
          [3, 1],
          [1, 2],
        ],
      ),
    ).toEqual({
      extents: [2, 3],
      steps: [
        [3, 1],
        [1, 2],
      ],
    });
    expect(planWalk([2, 3], [[0, 0]])).toEqual({ extents: [6], steps: [[0]] });
    expect(planWalk([1, 3, 1], [[7, 2, 9]])).toEqual({ extents: [3], steps: [[2]] });
    expect(planWalk([], [[]])).toEqual({ extents: [], steps: [[]] });
  });

  it("visit each element once, in order", () => {
    fc.assert(
      fc.property(anyView(), (x) => {
        const walk = planWalk(x.shape, [x.strides]);
        const innermost = walk.extents.length - 1;
        const [run, step] = innermost < 0 ? [1, 0] : [walk.extents[innermost], walk.steps[0][innermost]];
        const seen: number[] = [];
        walkRuns(walk, [x.offset], ([start]) => {
          for (let k = 0; k < run; k++) seen.push(x.data[start + k * step]);
        });
        expect(seen).toEqual(elementsOf(x));
      }),
    );
  });

  it("do not come where there is nothing", () => {
    for (const shape of [[0], [2, 0], [0, 3, 2]]) {
      walkRuns(planWalk(shape, [shape.map(() => 1)]), [0], () => expect.unreachable());
    }
  });
});

it("stretches axes of extent 1 with stride 0, and those in front", () => {
  expect(stretchedStrides([3], [1], [2, 3])).toEqual([0, 1]);
  expect(stretchedStrides([2, 1], [1, 1], [2, 3])).toEqual([1, 0]);
  expect(stretchedStrides([1], [5], [1])).toEqual([5]);
  expect(stretchedStrides([], [], [4, 4])).toEqual([0, 0]);
  expect(stretchedStrides([1, 3], [3, 1], [0, 3])).toEqual([0, 1]);
});
