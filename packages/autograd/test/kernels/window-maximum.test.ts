import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Slide } from "../../src/kernels/convolution/geometry.ts";
import { dense } from "../../src/kernels/strided.ts";
import { type Spans, windowArgMaximum } from "../../src/kernels/window-maximum.ts";
import { sizeOf } from "../../src/shape.ts";
import { integersFrom } from "./matrices.ts";

const pairs = { firsts: [0, 2], ends: [2, 4], step: 1 };

it("finds the first of equals, and the NaN", () => {
  const x = dense(Float32Array.of(1, 1, Number.NaN, 5), [4]);
  expect([...windowArgMaximum(x, [pairs])]).toEqual([0, 2]);
});

it("counts positions within the axes that windows slide along", () => {
  const x = dense(
    Float64Array.from({ length: 16 }, (_, k) => (k * 7) % 16),
    [2, 2, 4],
  );
  // Rows: 0 7 14 5 / 12 3 10 1, then 8 15 6 13 / 4 11 2 9.
  expect([...windowArgMaximum(x, [{ firsts: [0], ends: [2], step: 1 }, pairs])]).toEqual([4, 2, 1, 3]);
});

it("steps over elements between", () => {
  const x = dense(Float64Array.of(1, 9, 2), [3]);
  expect([...windowArgMaximum(x, [{ firsts: [0], ends: [3], step: 2 }])]).toEqual([2]);
});

describe("kernels and plain loops", () => {
  const side = fc
    .record({
      size: fc.integer({ min: 1, max: 4 }),
      stride: fc.integer({ min: 1, max: 4 }),
      before: fc.nat(2),
      count: fc.integer({ min: 1, max: 13 }),
      behind: fc.integer({ min: -2, max: 2 }),
    })
    .filter(({ size, before }) => before < size)
    .map(({ size, stride, before, count, behind }): Slide => {
      const reach = (count - 1) * stride + size - before;
      // The last window sees an element at least.
      return {
        size,
        stride,
        before,
        count,
        dilation: 1,
        extent: Math.max(1, reach - size + 1, reach + behind),
      };
    });
  const spansOf = (slide: Slide): Spans => {
    const starts = Array.from({ length: slide.count }, (_, k) => k * slide.stride - slide.before);
    return {
      firsts: starts.map((start) => Math.max(start, 0)),
      ends: starts.map((start) => Math.min(start + slide.size, slide.extent)),
      step: 1,
      slide,
    };
  };
  const values = [-Infinity, -1, -0, 0, 1, 2, Infinity, Number.NaN];

  it.each([
    ["f32", Float32Array],
    ["f64", Float64Array],
  ] as const)("find the same places in %s, for ties, infinities and NaN too", (_, Data) => {
    fc.assert(
      fc.property(
        fc.array(side, { minLength: 1, maxLength: 2 }),
        fc.nat(20),
        fc.nat(),
        (slides, more, seed) => {
          const extents = slides.map(({ extent }) => extent);
          const planes = Math.ceil(256 / sizeOf(extents)) + more;
          const next = integersFrom(seed, values.length / 2);
          const data = new Data(planes * sizeOf(extents)).map(
            () => values[Math.min(values.length - 1, next() + values.length / 2)],
          );
          const x = dense(data, [planes, ...extents]);
          const spans = slides.map(spansOf);
          expect(windowArgMaximum(x, spans)).toEqual(windowArgMaximum(x, spans, () => null));
        },
      ),
    );
  });
});
